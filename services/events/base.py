"""The tables of the events service."""

import sqlalchemy as sa
from sqlalchemy.orm import registry
from sqlmodel import SQLModel

from kit.db import NAMING, KitBase
from services.roster.models import RosterBase


class Base(SQLModel, registry=registry()):
    metadata = sa.MetaData(naming_convention=NAMING)


METADATA = [Base.metadata, KitBase.metadata, RosterBase.metadata]
