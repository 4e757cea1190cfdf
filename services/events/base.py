"""The tables of the events service."""

import sqlalchemy as sa
from sqlalchemy.orm import registry

from kit.db import NAMING, KitBase, Table
from services.roster.activity.models import ActivityBase
from services.roster.models import RosterBase


class Base(Table, registry=registry()):
    metadata = sa.MetaData(naming_convention=NAMING)


METADATA = [Base.metadata, KitBase.metadata, RosterBase.metadata, ActivityBase.metadata]
