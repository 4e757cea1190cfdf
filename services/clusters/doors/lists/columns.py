"""Which column of a list is what, by the headings that registers and people give them."""

import re
from collections.abc import Mapping, Sequence

from kit.collation import folded

HEADING_WITHIN = 60
SCHEMES = {
    "redizo": "RED-IZO",
    "izo": "IZO",
    "omazonosito": "OM",
    "om": "OM",
    "codicescuola": "MIM",
    "mim": "MIM",
    "codigodgeecescola": "DGEEC",
    "dgeec": "DGEEC",
    "sifraustanove": "šifra ustanove",
    "סמלמוסד": "סמל מוסד",
}


def plain(heading: str) -> str:
    return re.sub(r"[\W_]+", "", folded(heading))


def known_as(headings: Mapping[str, str]) -> dict[str, str]:
    """The field of each heading, of those that a field may have."""
    return {word: field for field, words in headings.items() for word in words.split()}


def heading_row(rows: Sequence[Sequence[str]], known_fields: Mapping[str, str]) -> int:
    """The row with the most headings that are known; the first one where none is."""
    known = [sum(plain(cell) in known_fields for cell in row) for row in rows[:HEADING_WITHIN]]
    return known.index(max(known)) if known else 0


def says_headings(row: Sequence[str], known_fields: Mapping[str, str]) -> bool:
    """Whether this is a row of headings at all; in a list that has none, the first row is somebody's."""
    return any(plain(cell) in known_fields for cell in row)


def guessed(headings: Sequence[str], known_fields: Mapping[str, str]) -> list[str | None]:
    """The field of each column; the first that fits has it."""
    fields: list[str | None] = []
    for heading in headings:
        field = known_fields.get(plain(heading))
        fields.append(field if field not in fields else None)
    if "name" not in fields and "official_name" in fields:
        fields[fields.index("official_name")] = "name"
    return fields


def scheme_of(headings: Sequence[str], fields: Sequence[str | None]) -> str:
    """Of which register the numbers are, as far as the heading of their column says it."""
    if "number" not in fields:
        return ""
    return SCHEMES.get(plain(headings[fields.index("number")]), "")
