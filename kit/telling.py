"""Facts as classes: what is told of each kind of thing that happens, for who tells it and for who hears it."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any, ClassVar, Self, TypeAlias, get_args, get_type_hints
from uuid import UUID

from pydantic import BaseModel, ConfigDict

WORDS: Mapping[Any, str] = {UUID: "id", datetime: "moment", str: "text", int: "number", list[str]: "texts"}


class Fact(BaseModel):
    """What happened. Holds ids and what followers need, never an address.

    A follower may know an older or a smaller shape of it: what it does not name is passed over.
    """

    model_config = ConfigDict(frozen=True)
    told_as: ClassVar[str] = ""

    def __init_subclass__(cls, told_as: str = "", **more: Any) -> None:
        super().__init_subclass__(**more)
        cls.told_as = told_as

    @classmethod
    def heard(cls, data: Mapping[str, Any]) -> Self:
        """From what the feed or an endpoint got."""
        return cls.model_validate(data)


Facts: TypeAlias = Mapping[str, type[Fact]]


def facts_in(namespace: Mapping[str, Any]) -> Facts:
    """The facts that a module announces, by what they are told as, in its order."""
    classes = [named for named in namespace.values() if isinstance(named, type) and issubclass(named, Fact)]
    return {fact.told_as: fact for fact in classes if fact.told_as}


def kinds_of(*facts: type[Fact]) -> frozenset[str]:
    return frozenset(fact.told_as for fact in facts)


def data_of(fact: Fact) -> dict[str, Any]:
    """As it stands in JSON: moments as RFC 3339 has them."""
    return {name: _plain(getattr(fact, name)) for name in type(fact).model_fields}


PLAIN = (str, int, float, bool, list, dict, type(None))


def _plain(value: Any) -> Any:
    if isinstance(value, datetime):
        return value.isoformat()
    return value if isinstance(value, PLAIN) else str(value)


def shape_of(fact: type[Fact]) -> dict[str, str]:
    """The type of each of its data, in words."""
    hints = get_type_hints(fact)
    return {name: _in_words(hints[name]) for name in fact.model_fields}


def _in_words(hint: Any) -> str:
    if hint in WORDS:
        return WORDS[hint]
    return " or ".join("null" if part is type(None) else _in_words(part) for part in get_args(hint))
