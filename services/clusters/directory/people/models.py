from datetime import datetime
from uuid import UUID, uuid4

import sqlalchemy as sa
from sqlmodel import Field

from kit.clock import now, real_now
from kit.db import Timestamp
from kit.ids import new_id
from services.clusters.base import Base


class Person(Base, table=True):
    id: UUID = Field(default_factory=new_id, primary_key=True)
    name: str
    title_before: str = Field(default="", sa_column_kwargs={"server_default": ""})
    title_after: str = Field(default="", sa_column_kwargs={"server_default": ""})
    language: str = "en"
    zone: str = "Europe/Prague"
    registered_at: datetime = Field(default_factory=now, sa_type=Timestamp)
    # Stands in each mail to them, and stops mails of its kind: nobody guesses it, and it opens nothing else.
    mail_key: UUID = Field(
        default_factory=uuid4, unique=True, sa_column_kwargs={"server_default": sa.func.gen_random_uuid()}
    )

    guide_put_away_at: datetime | None = Field(default=None, sa_type=Timestamp)
    # Left for good: nothing is kept of them but the id.
    left_at: datetime | None = Field(default=None, sa_type=Timestamp)
    # The addresses that they had, until they stand in no list any more, which a job sees to.
    left_mails: list[str] = Field(
        default_factory=list, sa_column=sa.Column(sa.ARRAY(sa.String), nullable=False, server_default="{}")
    )


class Address(Base, table=True):
    """A mail address, in the form that is compared, of one person.

    Of several, letters go to the one that was chosen last, and before any was, to the first.
    """

    mail: str = Field(primary_key=True)
    id: UUID = Field(default_factory=uuid4, unique=True, sa_column_kwargs={"server_default": sa.func.gen_random_uuid()})
    person_id: UUID = Field(foreign_key="person.id", index=True, ondelete="CASCADE")
    added_at: datetime = Field(
        default_factory=real_now, sa_type=Timestamp, sa_column_kwargs={"server_default": sa.text("now()")}
    )
    verified_at: datetime | None = Field(default=None, sa_type=Timestamp)
    chosen_at: datetime | None = Field(default=None, sa_type=Timestamp)
