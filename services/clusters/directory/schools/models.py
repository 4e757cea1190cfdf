from enum import StrEnum
from typing import TypeAlias
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy.dialects.postgresql import ARRAY
from sqlmodel import Field

from kit.db import choice
from kit.ids import new_id
from services.clusters.base import Base

Counted: TypeAlias = tuple[int | None, int | None]
"""Students and teachers, as far as they are known: at least one of the two."""
HOST = "left(split_part(regexp_replace(lower(website), '^[^/]*//(www[.])?', ''), '/', 1), 255)"
"""The host of a school's website, without the `www` before it."""


class SchoolKind(StrEnum):
    kindergarten = "kindergarten"
    primary = "primary"
    primary_and_lower_secondary = "primary_and_lower_secondary"
    lower_secondary = "lower_secondary"
    upper_secondary = "upper_secondary"
    secondary = "secondary"
    vocational = "vocational"
    all_ages = "all_ages"
    special = "special"
    other = "other"


def texts() -> sa.Column[list[str]]:
    return sa.Column(ARRAY(sa.String), nullable=False, server_default="{}")


class School(Base, table=True):
    """`name` is the short one, by which people call it; `official_name` may be empty where it is the same.

    `found_by` holds what the directory finds it by, folded (see `names.py`); None until it was worked out.
    """

    __table_args__ = (
        sa.CheckConstraint("(latitude IS NULL) = (longitude IS NULL)", name="whole_place"),
        sa.CheckConstraint("branch_of <> id", name="branch_of_another"),
        sa.Index("ix_school_country_id", "country", "id"),
        sa.Index("ix_school_branch_of", "branch_of"),
        sa.Index("ix_school_host", sa.text(HOST)),
        sa.Index("ix_school_found_by", "found_by", postgresql_using="gin", postgresql_ops={"found_by": "gin_trgm_ops"}),
    )

    id: UUID = Field(default_factory=new_id, primary_key=True)
    name: str
    official_name: str = Field(default="", sa_column_kwargs={"server_default": ""})
    kind: SchoolKind | None = Field(default=None, sa_type=choice(SchoolKind))
    town: str
    address: str = ""
    country: str
    website: str = ""
    zone: str
    latitude: float | None = None
    longitude: float | None = None
    branch_of: UUID | None = Field(default=None, foreign_key="school.id")
    subjects: list[str] = Field(default_factory=list, sa_column=texts())
    languages: list[str] = Field(default_factory=list, sa_column=texts())
    offers: str = Field(default="", sa_column_kwargs={"server_default": ""})
    looks_for: str = Field(default="", sa_column_kwargs={"server_default": ""})
    found_by: str | None = None
    version: int = Field(default=1, sa_column_kwargs={"server_default": "1"})


class OfficialId(Base, table=True):
    """The number of a school in a register of a country (CZ, RED-IZO, 600082733): by it the school is found again."""

    country: str = Field(primary_key=True)
    scheme: str = Field(primary_key=True)
    number: str = Field(primary_key=True)
    school_id: UUID = Field(foreign_key="school.id", ondelete="CASCADE", index=True)


class SchoolOrder(Base, table=True):
    """Where the name of a school stands in the order of a language, by the bytes of `key`."""

    __table_args__ = (
        sa.Index("ix_school_order_language_key", "language", "key", "school_id"),
        sa.Index("ix_school_order_language_country_key", "language", "country", "key", "school_id"),
    )

    school_id: UUID = Field(foreign_key="school.id", primary_key=True, ondelete="CASCADE")
    language: str = Field(primary_key=True)
    country: str
    key: bytes


class Headcount(Base, table=True):
    """How many students and teachers a school has in a school year (2021 is 2021/22).

    `unknown` names the one of the two that nobody said: it stands as 0, as code of before reads it.
    """

    __table_args__ = (sa.CheckConstraint("students >= 0 and teachers >= 0", name="not_negative"),)

    school_id: UUID = Field(foreign_key="school.id", primary_key=True, ondelete="CASCADE")
    year: int = Field(primary_key=True)
    students: int
    teachers: int
    unknown: str | None = None

    @classmethod
    def of(cls, school_id: UUID, year: int, counted: Counted) -> "Headcount":
        students, teachers = counted
        unknown = "students" if students is None else "teachers" if teachers is None else None
        return cls(school_id=school_id, year=year, students=students or 0, teachers=teachers or 0, unknown=unknown)

    @property
    def counted(self) -> Counted:
        return (
            None if self.unknown == "students" else self.students,
            None if self.unknown == "teachers" else self.teachers,
        )
