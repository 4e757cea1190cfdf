from datetime import datetime
from uuid import UUID

import orjson
import sqlalchemy as sa
from sqlmodel import Field

from kit.clock import real_now
from kit.db import KitBase, Timestamp
from kit.ids import new_id


class Endpoint(KitBase, table=True):
    """An address that wants to hear facts, of one cluster or (for the house's own clients) of all.

    Only an `inside` one may be at an address that the internet does not route. After `failures` in a row nothing is
    sent to it before `paused_until`.
    """

    id: UUID = Field(default_factory=new_id, primary_key=True)
    owner: str = Field(index=True)
    url: str
    kinds: list[str] = Field(sa_column=sa.Column(sa.ARRAY(sa.String), nullable=False))
    cluster_id: UUID | None = None
    inside: bool = Field(default=False, sa_column_kwargs={"server_default": sa.false()})
    secret: str
    registered_at: datetime = Field(default_factory=real_now, sa_type=Timestamp)
    gone_at: datetime | None = Field(default=None, sa_type=Timestamp)
    failures: int = Field(default=0, sa_column_kwargs={"server_default": "0"})
    paused_until: datetime | None = Field(default=None, sa_type=Timestamp)


class Delivery(KitBase, table=True):
    """One fact on its way to one endpoint; `error` says in a word why the last try failed."""

    __table_args__ = (sa.UniqueConstraint("endpoint_id", "place"),)

    id: UUID = Field(default_factory=new_id, primary_key=True)
    endpoint_id: UUID = Field(foreign_key="endpoint.id", ondelete="CASCADE")
    place: int = Field(sa_type=sa.BigInteger)
    body: str
    attempts: int = 0
    last_status: int | None = None
    error: str | None = None
    tried_at: datetime | None = Field(default=None, sa_type=Timestamp)
    delivered_at: datetime | None = Field(default=None, sa_type=Timestamp)

    @property
    def kind(self) -> str:
        """Of the fact."""
        kind: str = orjson.loads(self.body)["type"]
        return kind
