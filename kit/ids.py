"""Identifiers: UUIDv7, so that newer rows sort after older ones in every index."""

from uuid import UUID

import uuid_utils.compat


def new_id() -> UUID:
    return uuid_utils.compat.uuid7()
