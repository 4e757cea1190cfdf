from datetime import date, datetime
from enum import StrEnum
from uuid import UUID

import sqlalchemy as sa
from sqlmodel import Field

from kit.clock import now
from kit.db import Timestamp, choice
from kit.ids import new_id
from services.clusters.base import Base


class Licence(StrEnum):
    """Under which published reports may be reused: the identifier that SPDX gives it, or none of them."""

    by = "CC-BY-4.0"
    by_sa = "CC-BY-SA-4.0"
    by_nc = "CC-BY-NC-4.0"
    zero = "CC0-1.0"
    none = "all-rights-reserved"


class Programme(Base, table=True):
    """What all clusters of this house take part in, in its school year; one row at most."""

    __table_args__ = (
        sa.CheckConstraint("number = 1", name="one_row"),
        sa.CheckConstraint("begins < ends", name="begins_before_it_ends"),
    )

    number: int = Field(default=1, primary_key=True)
    name: str
    begins: date
    ends: date
    licence: Licence = Field(sa_type=choice(Licence))
    funding: str = ""
    disclaimer: str = ""
    contact: str = ""
    hashtag: str = ""
    asks_second_factor: bool = Field(default=False, sa_column_kwargs={"server_default": sa.false()})
    version: int = 1


class LogoSize(StrEnum):
    small = "small"
    large = "large"


EDGES = {LogoSize.small: 320, LogoSize.large: 1200}
"""The longest edge of each size, in pixels."""


class Logo(Base, table=True):
    """The logo of the programme, as WebP in each size; `width` and `height` are those of the large one, in pixels."""

    number: int = Field(default=1, foreign_key="programme.number", primary_key=True, ondelete="CASCADE")
    id: UUID = Field(default_factory=new_id)
    width: int
    height: int
    small: bytes
    large: bytes
    added_at: datetime = Field(default_factory=now, sa_type=Timestamp)


class Phase(Base, table=True):
    """A part of the school year with a name: it lasts until the next begins."""

    id: UUID = Field(default_factory=new_id, primary_key=True)
    name: str
    begins: date


class CountryTakingPart(Base, table=True):
    """A country that takes part in the programme, since when."""

    country: str = Field(primary_key=True)
    began_at: datetime = Field(default_factory=now, sa_type=Timestamp)
