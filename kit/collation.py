"""The order of names, as a language sorts them (in Czech, ch comes after h and č after c), and how they are found."""

from collections.abc import Iterable
from functools import cache, lru_cache
from typing import Any, Protocol, TypeVar

from icu import Collator, Locale, Transliterator


@lru_cache(maxsize=65_536)
def sort_key(name: str, language: str) -> bytes:
    """By these bytes, names are in the order of the language."""
    key: bytes = _collator(language).getSortKey(name)
    return key


class Named(Protocol):
    """A row of names: a dict, or a record of the database."""

    def __getitem__(self, name: str, /) -> Any: ...


Row = TypeVar("Row", bound=Named)


def in_order(rows: Iterable[Row], language: str, *names: str) -> list[Row]:
    """The rows by these names of theirs; what the language does not tell apart stays as it stood."""
    return sorted(rows, key=lambda row: [sort_key(row[name] or "", language) for name in names])


def folded(text: str) -> str:
    """Without case, accents and the marks of a script: `Lenešice` as `lenesice`, `Łódź` as `lodz`."""
    plain: str = _folding().transliterate(text)
    return " ".join(plain.split())


@cache
def _folding() -> Transliterator:
    return Transliterator.createInstance("NFKD; [:Nonspacing Mark:] Remove; Latin-ASCII; Lower; NFC")


@cache
def _collator(language: str) -> Collator:
    return Collator.createInstance(Locale.forLanguageTag(language))
