"""Identifiers: UUIDv7, so that newer rows sort after older ones in every index."""

from datetime import UTC, datetime, timedelta
from uuid import UUID

import uuid_utils.compat

from kit.clock import said_now

EPOCH, MICROSECOND = datetime.fromtimestamp(0, UTC), timedelta(microseconds=1)


def new_id() -> UUID:
    """An id of this moment, be it the present one or one that is said."""
    said = said_now()
    return uuid_utils.compat.uuid7(nanoseconds=(said.at - EPOCH) // MICROSECOND * 1_000 if said else None)


def least_id(at: datetime) -> UUID:
    """Before every id of this moment and after it."""
    milliseconds = (at - EPOCH) // timedelta(milliseconds=1)
    return UUID(int=milliseconds << 80 | 0x7000 << 64 | 0x8000 << 48)
