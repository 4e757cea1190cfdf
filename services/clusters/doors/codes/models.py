import secrets
from datetime import datetime
from uuid import UUID

import sqlalchemy as sa
from sqlmodel import Field

from kit.clock import now, real_now
from kit.db import Timestamp
from kit.ids import new_id
from services.clusters.base import Base

SIGNS = "ABCDEFGHJKMNPQRSTUVWXYZ23456789"
"""What nobody takes for another on a wall."""
LENGTH = 8


def new_code() -> str:
    return "".join(secrets.choice(SIGNS) for _ in range(LENGTH))


def as_kept(typed: str) -> str:
    """A code however it was typed: small, or with a line or spaces in it."""
    return "".join(sign for sign in typed.upper() if sign.isalnum())


class SchoolCode(Base, table=True):
    """The one code of a school that lets newcomers ask in, until a day, and so many of them.

    `waits`: who leads the school says yes to each first. `replaced`: the code before it, which may still hang there.
    """

    school_id: UUID = Field(foreign_key="school.id", primary_key=True, ondelete="CASCADE")
    code: str = Field(default_factory=new_code, unique=True)
    replaced: str | None = Field(default=None, index=True)
    waits: bool
    most: int
    used: int = 0
    made_at: datetime = Field(default_factory=now, sa_type=Timestamp)
    made_by: UUID | None = None
    ends_at: datetime = Field(sa_type=Timestamp)

    @property
    def is_live(self) -> bool:
        return self.used < self.most and self.ends_at > real_now()


class Newcomer(Base, table=True):
    """Who typed a code, or came by an account of the school (`by_account`: the name of its provider).

    `account_name`: what that account calls them; `mail_typed`: it gave no address that is believed. Kept until the
    worker has asked them in: whether the address is known takes no longer.
    """

    id: UUID = Field(default_factory=new_id, primary_key=True)
    school_id: UUID = Field(foreign_key="school.id", ondelete="CASCADE")
    waits: bool
    name: str
    mail: str
    language: str
    by_account: str = Field(default="", sa_column_kwargs={"server_default": ""})
    account_name: str = Field(default="", sa_column_kwargs={"server_default": ""})
    mail_typed: bool = Field(default=False, sa_column_kwargs={"server_default": sa.false()})
    asked_at: datetime = Field(default_factory=real_now, sa_type=Timestamp)
