"""What hangs on the wall of a staff room: where to come in."""

from collections.abc import Sequence
from dataclasses import dataclass
from urllib.parse import urlencode

from web import languages
from web.words.doors import ON_THE_WALL


@dataclass(frozen=True)
class Line:
    """The same sentence in one of the languages of the school."""

    language: str
    text: str


def address_of(public_url: str, code: str) -> str:
    return f"{public_url}/join?{urlencode({'code': code})}"


def lines(reader: str, of_school: Sequence[str], address: str) -> list[Line]:
    """In the reader's language first, then in those of the school that the house speaks."""
    spoken = [tag for given in (reader, *of_school) if (tag := languages.spoken(given))]
    return [
        Line(tag, languages.catalogue(tag).gettext(ON_THE_WALL) % {"address": address}) for tag in dict.fromkeys(spoken)
    ]
