"""Addresses as QR codes, black on white in every scheme, as cameras want them."""

import segno
from markupsafe import Markup


def drawn(address: str) -> Markup:
    picture = segno.make(address, error="m", micro=False)
    return Markup(picture.svg_inline(scale=6, border=2, dark="#000", light="#fff", omitsize=True))  # noqa: S704
