from datetime import datetime
from uuid import UUID

import sqlalchemy as sa
from sqlmodel import Field

from kit.clock import real_now
from kit.db import Timestamp
from kit.ids import new_id
from services.clusters.base import Base


class Client(Base, table=True):
    """A program that comes with an id and a secret. It reaches one cluster, or (the house's own) everything."""

    id: UUID = Field(default_factory=new_id, primary_key=True)
    name: str
    scopes: list[str] = Field(sa_column=sa.Column(sa.ARRAY(sa.String), nullable=False))
    cluster_id: UUID | None = Field(default=None, foreign_key="cluster.id", index=True)
    service: str | None = Field(default=None, unique=True)
    made_by: UUID | None = None
    made_at: datetime = Field(default_factory=real_now, sa_type=Timestamp)
    revoked_at: datetime | None = Field(default=None, sa_type=Timestamp)

    @property
    def has_ended(self) -> bool:
        return self.revoked_at is not None


class ClientSecret(Base, table=True):
    """One of the secrets that a client may use; two at a time while it is being exchanged."""

    digest: str = Field(primary_key=True)
    client_id: UUID = Field(foreign_key="client.id", index=True, ondelete="CASCADE")
    made_at: datetime = Field(default_factory=real_now, sa_type=Timestamp)
    ends_at: datetime | None = Field(default=None, sa_type=Timestamp)
