"""The tables of the clusters service."""

import sqlalchemy as sa
from sqlalchemy.orm import registry

from kit.db import NAMING, KitBase, Table
from services.roster.activity.models import ActivityBase


class Base(Table, registry=registry()):
    metadata = sa.MetaData(naming_convention=NAMING)


METADATA = [Base.metadata, KitBase.metadata, ActivityBase.metadata]
