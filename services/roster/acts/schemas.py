"""Acts: what somebody did, as the facts of a service tell it to who looks after a cluster, a school or a country."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from typing import Annotated, TypeAlias
from uuid import UUID

from fastapi import Query
from pydantic import AwareDatetime, BaseModel, Field

from kit.pages import FAR_AHEAD, LONG_AGO, Page

Day: TypeAlias = Annotated[date, Query(ge=date(1990, 1, 1), le=date(9998, 12, 31))]


class About(StrEnum):
    """What acts are about."""

    people = "people"
    schools = "schools"
    cluster = "cluster"
    meetings = "meetings"
    diary = "diary"
    offices = "offices"
    programs = "programs"
    programme = "programme"


@dataclass(frozen=True)
class Acts:
    """Which facts of a service are acts, and which are not, with the reason; how what they are about is called.

    `thing_id` and `thing_name` are SQL of an `act`: the id of a thing that has no other column, and its name for who
    may know of it. `all_in_clusters`: what is of no cluster is nobody's but its author's.
    """

    shown: Mapping[str, About]
    passed_over: Mapping[str, str]
    thing_id: str
    thing_name: str
    all_in_clusters: bool = False

    def kinds(self, about: About | None) -> list[str]:
        return [kind for kind, known in self.shown.items() if about in (None, known)]


class NamedOut(BaseModel):
    """`name` is null of who left for good, and of what you may not know of, or what is gone."""

    id: UUID
    name: str | None


class ActOut(BaseModel):
    """What somebody did. `country` is that of its cluster or school; `cursor` is where a list goes on after it."""

    kind: str
    at: datetime
    actor: NamedOut | None = Field(description="Who did it; null where a program did it for itself")
    office: str | None = Field(description="By which office, where it was by one")
    client_id: UUID | None = Field(description="The program that did it, for itself or for the actor")
    country: str | None
    cluster: NamedOut | None
    school: NamedOut | None
    person: NamedOut | None = Field(description="To whom it was done")
    thing: NamedOut | None = Field(description="The event, entry, tool, list or program that it is about")
    detail: str | None = Field(description="The role, office, or kind that it is about")
    cursor: str


class ActsOut(Page[ActOut]):
    """`everybodys`: these are the acts of everybody, and not only my own (with those of offices, where I read them)."""

    everybodys: bool


class ActKeys(BaseModel):
    """Where a list of acts goes on."""

    at: AwareDatetime = Field(ge=LONG_AGO, le=FAR_AHEAD)
    seq: int = Field(ge=0, lt=2**63)
