"""What a kind of notices and letters is."""

from collections.abc import Mapping
from datetime import timedelta
from typing import Annotated, Any, ClassVar, Literal, NamedTuple, TypeAlias

from pydantic import BaseModel
from pydantic_core import PydanticUndefined

TRIED_FOR = timedelta(days=3)  # mail servers that are away for longer come back late

Family: TypeAlias = Literal[
    "meetings", "diaries", "plans", "proposals", "help", "belonging", "signing in", "the post itself"
]


class Said(NamedTuple):
    """Marks what somebody typed: it turns no word around it; `language` names the parameter with its language."""

    language: str | None = None


class SaidName(Said):
    """Marks the name of a person: it is erased with them."""

    __slots__ = ()


Title = Annotated[str, Said("language")]
Name = Annotated[str, SaidName()]
Text = Annotated[str, Said()]


class Kind(BaseModel):
    """One kind of news. A letter says all of its parameters, its line in the app those that are kept.

    Parameters that came later have a default: the version before may have queued a letter without.
    """

    name: ClassVar[str]
    family: ClassVar[Family]
    in_app: ClassVar[bool]
    is_awaited: ClassVar[bool]
    for_leaders: ClassVar[bool]
    """Whether it comes to nobody but who holds an office or leads a school."""
    ways: ClassVar[tuple[str, ...]]
    """How it may come to somebody; none where it is no news, but an act of somebody that waits for this one."""
    tried_for: ClassVar[timedelta]
    """For how long its letter is tried with a mail server that asks for patience."""
    is_sent_by_hand: ClassVar[bool]
    """Whether somebody sends its letter themselves: it goes out whatever was heard of earlier ones."""
    is_nameless: ClassVar[bool]
    """Whether its letter names nobody, not even whom it goes to: the address may be somebody else's."""

    def __init_subclass__(
        cls,
        *,
        kind: str = "",
        family: Family = "meetings",
        in_app: bool = True,
        is_awaited: bool = False,
        for_leaders: bool = False,
        chosen: bool = True,
        tried_for: timedelta = TRIED_FOR,
        is_sent_by_hand: bool = False,
        is_nameless: bool = False,
        **more: Any,
    ) -> None:
        super().__init_subclass__(**more)
        cls.name, cls.family, cls.in_app, cls.is_awaited, cls.tried_for = kind, family, in_app, is_awaited, tried_for
        cls.is_sent_by_hand, cls.is_nameless, cls.for_leaders = is_sent_by_hand, is_nameless, for_leaders
        cls.ways = () if is_awaited or not chosen else ("at_once", "digest", "app") if in_app else ("at_once", "app")

    @classmethod
    def filled(cls, params: Mapping[str, Any]) -> dict[str, Any]:
        """With what was not said: its default, or nothing."""
        fields = ((field.alias or name, field.default) for name, field in cls.model_fields.items())
        return {name: "" if default is PydanticUndefined else default for name, default in fields} | dict(params)

    @classmethod
    def typed(cls) -> dict[str, str | None]:
        """The parameters that somebody typed, with the parameter that names their language."""
        marks = {name: field.metadata for name, field in cls.model_fields.items()}
        return {name: mark.language for name, found in marks.items() for mark in found if isinstance(mark, Said)}

    @classmethod
    def named(cls) -> list[str]:
        """The parameters that are names of people."""
        fields = cls.model_fields.items()
        return [name for name, field in fields if any(isinstance(mark, SaidName) for mark in field.metadata)]
