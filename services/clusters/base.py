"""The tables of the clusters service."""

import sqlalchemy as sa
from sqlalchemy.orm import registry
from sqlmodel import SQLModel

from kit.db import NAMING, KitBase


class Base(SQLModel, registry=registry()):
    metadata = sa.MetaData(naming_convention=NAMING)


METADATA = [Base.metadata, KitBase.metadata]
