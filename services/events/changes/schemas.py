from typing import Annotated, Literal
from uuid import UUID

from pydantic import BaseModel, Field, StringConstraints

from services.events.events.terms import TermsIn

Effect = Literal["stays", "moves_online", "moves_site", "gets_seat", "waits", "no_place"]


class ChangeIn(TermsIn):
    """The event as it shall be from now on, and a word to those who come. Without an end it stays as long as it was."""

    reason: Annotated[str, StringConstraints(strip_whitespace=True, max_length=1_000)] = ""


class EffectOut(BaseModel):
    """What a change does to one person, and whether they are told of it: it concerns them."""

    person_id: UUID
    name: str
    effect: Effect
    told: bool


class PreviewOut(BaseModel):
    """`what` changes (time, places, link, capacity, moved_online; empty: nothing), and what it does to whom."""

    what: list[str]
    effects: list[EffectOut]
    version: int


class ChangeOut(BaseModel):
    id: UUID | None = Field(description="null when nothing was to change")
    what: list[str]
    version: int
    sequence: int
    told: int = Field(description="How many registered people get a mail: whom it concerns, unless the event is over")
