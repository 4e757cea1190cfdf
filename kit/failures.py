"""What went wrong below the house, and whether it passes: a database that is away, a machine without room."""

import errno

from asyncpg.exceptions import InterfaceError as ConnectionClosed
from asyncpg.exceptions import InternalClientError
from sqlalchemy.exc import DBAPIError, InterfaceError

BREAKING = (ConnectionClosed, InternalClientError)  # what asyncpg says of a connection that is just breaking
AWAY = {"08", "40", "53", "57", "58"}
"""Classes of SQLSTATE that pass: no connection, a rollback, no room or memory, an operator, the system below."""
READ_ONLY, LOCKED = "25006", "55P03"
NO_ROOM = {errno.ENOSPC, errno.EDQUOT, errno.ENOMEM, errno.EMFILE, errno.ENFILE}


def has_no_room(error: Exception) -> bool:
    """Whether the machine has no disk, memory or files left just now."""
    return isinstance(error, OSError) and error.errno in NO_ROOM


def cause_of(error: Exception) -> BaseException:
    """What the driver said; a lost connection as one, however SQLAlchemy wraps it."""
    if not isinstance(error, DBAPIError):
        return error
    if error.connection_invalidated or isinstance(error, InterfaceError) or error.orig is None:
        return ConnectionClosed("closed")
    return error.orig.__cause__ or error.orig


def is_away(error: BaseException) -> bool:
    """Whether the database cannot do it just now, and could in a moment: it is away, full, locked or read-only."""
    state = getattr(error, "sqlstate", None) or ""
    return isinstance(error, BREAKING) or state[:2] in AWAY or state in (READ_ONLY, LOCKED)
