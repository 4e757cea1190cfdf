from datetime import datetime
from enum import StrEnum
from uuid import UUID

import sqlalchemy as sa
from sqlmodel import Field

from kit.clock import real_now
from kit.db import Timestamp, choice
from kit.ids import new_id
from services.clusters.base import Base


class Reason(StrEnum):
    """Why mails do not reach somebody; `junk`: their mail program reported one of ours as junk."""

    no_such_address = "no_such_address"
    mailbox_full = "mailbox_full"
    refused = "refused"
    no_answer = "no_answer"
    junk = "junk"


class Fault(StrEnum):
    """What is no reason to call somebody unreached: it may pass, or it is the fault of this house's own mail server."""

    passing = "passing"
    ours = "ours"


FINAL = frozenset({Reason.no_such_address, Reason.junk})
"""With these nothing more is sent that somebody could do without."""


class Unreached(Base, table=True):
    """Somebody whom mails do not reach. `by_bounce`: a bounce said so, and not the mail server while it was asked."""

    person_id: UUID = Field(foreign_key="person.id", primary_key=True, ondelete="CASCADE")
    reason: Reason = Field(sa_type=choice(Reason))
    by_bounce: bool = Field(default=False, sa_column_kwargs={"server_default": sa.false()})
    since: datetime = Field(default_factory=real_now, sa_type=Timestamp)
    told_at: datetime = Field(default_factory=real_now, sa_type=Timestamp)


class Bounce(Base, table=True):
    """That a letter came back: when, and what that meant. Nothing says whose it was."""

    id: UUID = Field(default_factory=new_id, primary_key=True)
    meaning: str
    at: datetime = Field(default_factory=real_now, sa_type=Timestamp, index=True)
