"""Shapes on the wire that every service means alike: names, time zones, languages, addresses of the web."""

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Annotated, Any
from zoneinfo import available_timezones

from annotated_types import GroupedMetadata
from pydantic import AfterValidator, AnyHttpUrl, Field, StringConstraints, TypeAdapter
from pydantic_core import PydanticCustomError

from kit.characters import is_visible, without_loose_turns

DEEPEST = 10
ZONES = frozenset(available_timezones())
HTTP_URL = TypeAdapter(AnyHttpUrl)
SCHEME = re.compile("https?://", re.IGNORECASE)
LABEL = r"[^\W_](?:[\w-]*[^\W_])?"
BARE_HOST = re.compile(rf"(?:{LABEL}\.)+[^\W\d_]{{2,}}(?::\d{{1,5}})?(?:[/?#]\S*)?")


def known_zone(zone: str) -> str:
    if zone not in ZONES:
        raise PydanticCustomError("zone_unknown", "not a time zone of the IANA database")
    return zone


def web_address(url: str) -> str:
    """An http or https address; accented hosts are kept as they were typed."""
    try:
        # Pydantic mends http:/ by itself, and browsers do not; what cannot be printed turns the words around it.
        if not SCHEME.match(url) or not url.isprintable():
            raise ValueError
        HTTP_URL.validate_python(url)
    except ValueError as error:
        raise PydanticCustomError("link_invalid", "not a web address") from error
    return url


def web_address_or_none(url: str) -> str:
    """As `web_address`, or empty; a host without `https://`, as people write it, gets it."""
    if not url:
        return url
    return web_address(f"https://{url}" if BARE_HOST.fullmatch(url) else url)


def not_deep(value: dict[str, Any]) -> dict[str, Any]:
    """What nests for ever can be read, and then not written again."""
    level: list[Any] = [value]
    for _ in range(DEEPEST):
        level = [inner for outer in level if isinstance(outer, dict | list)
                 for inner in (outer.values() if isinstance(outer, dict) else outer)]  # fmt: skip
    if level:
        raise PydanticCustomError("too_deep", "it nests too deep", {"most": DEEPEST})
    return value


def seen(text: str) -> str:
    if not is_visible(text):
        raise PydanticCustomError("string_too_short", "nothing that a reader would see")
    return text


def one_form(text: str) -> str:
    """Composed, so that equal words are equal, and turning no word around it."""
    return unicodedata.normalize("NFC", without_loose_turns(text)).strip()


Seen = AfterValidator(seen)
"""Words that somebody has to be able to read: spaces, and signs that nobody sees, are none."""


IN_ONE_LINE = r"^[^\x00-\x1f\x7f-\x9f\u2028\u2029]*$"


@dataclass(frozen=True)
class Line(GroupedMetadata):
    """A name or a title, of at most `most` characters: in one line everywhere, also in the head of a mail."""

    most: int

    def __iter__(self) -> Iterator[Any]:
        yield from StringConstraints(strip_whitespace=True, min_length=1, max_length=self.most, pattern=IN_ONE_LINE)
        yield AfterValidator(one_form)
        yield Seen


Params = Annotated[dict[str, Any], AfterValidator(not_deep)]
"""Named values of any kind, at most ten levels of them."""
Zone = Annotated[str, StringConstraints(max_length=60), AfterValidator(known_zone), Field(examples=["Europe/Prague"])]
Language = Annotated[
    str, StringConstraints(pattern=r"^[a-z]{2,3}(-[A-Za-z0-9]{2,8})*$", max_length=20), Field(examples=["cs"])
]
YearMonth = Annotated[str, StringConstraints(pattern=r"^[12][0-9]{3}-(0[1-9]|1[0-2])$"), Field(examples=["2026-10"])]
WebAddress = Annotated[str, StringConstraints(strip_whitespace=True, max_length=2_000), AfterValidator(web_address)]
OptionalWebAddress = Annotated[
    str, StringConstraints(strip_whitespace=True, max_length=2_000), AfterValidator(web_address_or_none)
]
