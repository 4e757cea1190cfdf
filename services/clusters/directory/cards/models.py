from datetime import datetime
from enum import StrEnum
from typing import Any
from uuid import UUID

from sqlmodel import Field

from kit.clock import now
from kit.db import Timestamp, choice
from kit.ids import new_id
from services.clusters.base import Base
from services.clusters.directory.schools.models import texts


class Circle(StrEnum):
    """Who sees something of an card, from the narrowest to the widest: each holds those before it."""

    coordinators = "coordinators"
    school = "school"
    clusters = "clusters"
    everyone = "everyone"


def a_circle(name: str) -> Any:
    """The circle that sees something; where somebody says nothing, their clusters do."""
    return Field(default=Circle.clusters, sa_type=choice(Circle, name))


class Card(Base, table=True):
    """What somebody says of themselves. `subjects_for` holds for the languages as well."""

    person_id: UUID = Field(foreign_key="person.id", primary_key=True, ondelete="CASCADE")
    subjects: list[str] = Field(default_factory=list, sa_column=texts())
    languages: list[str] = Field(default_factory=list, sa_column=texts())
    shows: str = ""
    subjects_for: Circle = a_circle("subjects_for")
    shows_for: Circle = a_circle("shows_for")
    portrait_for: Circle = a_circle("portrait_for")


class PortraitSize(StrEnum):
    small = "small"
    large = "large"


EDGES = {PortraitSize.small: 96, PortraitSize.large: 384}
"""In pixels, of a square."""


class Portrait(Base, table=True):
    """The picture of a person, as WebP in each size; a new one has a new id."""

    person_id: UUID = Field(foreign_key="card.person_id", primary_key=True, ondelete="CASCADE")
    id: UUID = Field(default_factory=new_id)
    small: bytes
    large: bytes
    added_at: datetime = Field(default_factory=now, sa_type=Timestamp)
