"""Addresses in plain text: where they begin and end, so that readers can follow them."""

import re
from collections.abc import Iterator

from markupsafe import Markup, escape

CONTROLS = r"\x00-\x1f\x7f-\x9f\u200b-\u200f\u2028-\u202e\u2066-\u2069\ufeff"
WEB = rf"(?<![a-z0-9])(?:https?://|(?P<bare>www\.))(?=[^\W_])[^\s<>\"“”„«»`。、，！？（）「」{CONTROLS}]++"
MAIL = r"(?<![\w.+-])[\w.+-]{1,64}+@(?:[^\W_][\w-]{0,62}\.){1,8}[^\W\d_]{2,63}(?![\w@-])"
ADDRESS = re.compile(rf"(?P<web>{WEB})|{MAIL}", re.IGNORECASE)
ENDS = frozenset(".,;:!?…'’‘*_~|\\،؛؟")
FOLLOWED = Markup('<a href="{0}{1}" rel="noopener nofollow ugc"><bdi>{1}</bdi></a>')
PAIRS = {")": "(", "]": "[", "}": "{"}


def linked(text: str) -> Markup:
    """The text as HTML, with its web and mail addresses to follow."""
    return Markup("").join(_parts(text))


def _parts(text: str) -> Iterator[Markup]:
    done = 0
    for found in ADDRESS.finditer(text):
        words = _without_ends(found[0]) if found["web"] else found[0]
        yield escape(text[done : found.start()])
        scheme = "mailto:" if not found["web"] else "https://" if found["bare"] else ""
        yield FOLLOWED.format(scheme, words)
        done = found.start() + len(words)
    yield escape(text[done:])


def _without_ends(address: str) -> str:
    """Without the marks of the sentence around it; a bracket that the address itself opens stays."""
    lacking = {close: address.count(close) - address.count(begin) for close, begin in PAIRS.items()}
    end = len(address)
    while (last := address[end - 1]) in ENDS or lacking.get(last, 0) > 0:
        if last in lacking:
            lacking[last] -= 1
        end -= 1
    return address[:end]
