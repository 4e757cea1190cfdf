"""What a follower keeps of the clusters service's people, schools and memberships: ids, names, from when until when."""

from datetime import datetime
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy.orm import registry
from sqlmodel import Field

from kit.db import NAMING, Table, Timestamp


class RosterBase(Table, registry=registry()):
    metadata = sa.MetaData(naming_convention=NAMING)


class Person(RosterBase, table=True):
    id: UUID = Field(primary_key=True)
    name: str
    language: str
    zone: str


class School(RosterBase, table=True):
    id: UUID = Field(primary_key=True)
    name: str
    town: str
    country: str


class Cluster(RosterBase, table=True):
    __table_args__ = (sa.Index("ix_cluster_name_id", "name", "id"),)

    id: UUID = Field(primary_key=True)
    name: str
    country: str
    approach: str
    closed_at: datetime | None = Field(default=None, sa_type=Timestamp)


class Client(RosterBase, table=True):
    """A program that was shut out: its last tokens count no longer."""

    id: UUID = Field(primary_key=True)
    revoked_at: datetime = Field(sa_type=Timestamp)


class Membership(RosterBase, table=True):
    __table_args__ = (sa.Index("ix_membership_school_id_cluster_id", "school_id", "cluster_id"),)

    id: UUID = Field(primary_key=True)
    cluster_id: UUID = Field(index=True)
    school_id: UUID
    role: str
    begun_at: datetime | None = Field(default=None, sa_type=Timestamp)
    ended_at: datetime | None = Field(default=None, sa_type=Timestamp)


class Staff(RosterBase, table=True):
    id: UUID = Field(primary_key=True)
    person_id: UUID = Field(index=True)
    school_id: UUID = Field(index=True)
    role: str
    began_at: datetime | None = Field(default=None, sa_type=Timestamp)
    ended_at: datetime | None = Field(default=None, sa_type=Timestamp)


class Office(RosterBase, table=True):
    id: UUID = Field(primary_key=True)
    person_id: UUID = Field(index=True)
    kind: str
    country: str | None = None
    ended_at: datetime | None = Field(default=None, sa_type=Timestamp)
