from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from sqlmodel import Field

from kit.clock import real_now
from kit.db import Json, Timestamp
from kit.ids import new_id
from services.clusters.base import Base

SIGNS_FOR = timedelta(days=30)
TRUSTED_AFTERWARDS = timedelta(hours=1)


def without_algorithm(jwk: dict[str, Any]) -> dict[str, Any]:
    """The key under no name of its algorithm: it has two, and who knows one of them takes the key for unusable."""
    return {name: value for name, value in jwk.items() if name != "alg"}


class SigningKey(Base, table=True):
    """A private Ed25519 key (JWK). It signs for thirty days, and is trusted a little longer than its last token."""

    id: UUID = Field(default_factory=new_id, primary_key=True)
    jwk: dict[str, Any] = Field(sa_type=Json)
    made_at: datetime = Field(default_factory=real_now, sa_type=Timestamp)

    @property
    def signs(self) -> bool:
        return real_now() < self.made_at + SIGNS_FOR
