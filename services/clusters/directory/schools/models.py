from uuid import UUID

import sqlalchemy as sa
from sqlmodel import Field

from kit.ids import new_id
from services.clusters.base import Base


class School(Base, table=True):
    id: UUID = Field(default_factory=new_id, primary_key=True)
    name: str
    town: str
    address: str = ""
    country: str
    website: str = ""
    zone: str


class Headcount(Base, table=True):
    """How many students and teachers a school has in a school year (2021 is 2021/22)."""

    __table_args__ = (sa.CheckConstraint("students >= 0 and teachers >= 0", name="not_negative"),)

    school_id: UUID = Field(foreign_key="school.id", primary_key=True, ondelete="CASCADE")
    year: int = Field(primary_key=True)
    students: int
    teachers: int
