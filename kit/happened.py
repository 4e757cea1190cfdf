"""`Happened-At`: a program of the house says when something happened, while the house is being set up.

It takes a scope that no other client can have. Facts keep both moments, and who said the other one.
"""

import re
from datetime import UTC, datetime

from fastapi import Request

from kit.clock import Said, real_now
from kit.identity import Actor
from kit.problems import Problem

HEADER = "happened-at"
SAY_WHEN = "say_when"
EARLIEST = datetime(1990, 1, 1, tzinfo=UTC)
RFC_3339 = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}:[0-9]{2}(\.[0-9]{1,6})?(Z|[+-][0-9]{2}:[0-9]{2})")


class NotYoursToSay(Problem):
    status, title = 403, "Only the house itself says when something happened, and only until it is open"


class MomentWrong(Problem):
    status, title = 400, "Happened-At is one moment of the past, not before 1990, as RFC 3339 writes it"


def said_by(actor: Actor, request: Request) -> Said | None:
    """What the request says about its moment; None when nothing. Raises NotYoursToSay, MomentWrong."""
    given = request.headers.getlist(HEADER)
    if not given:
        return None
    if SAY_WHEN not in actor.scopes:
        raise NotYoursToSay
    if len(given) > 1:
        raise MomentWrong
    return Said(_moment(given[0]), actor.client)


def _moment(written: str) -> datetime:
    if not RFC_3339.fullmatch(written):
        raise MomentWrong
    try:
        at = datetime.fromisoformat(written)
    except ValueError as error:
        raise MomentWrong from error
    if not EARLIEST <= at <= real_now():
        raise MomentWrong
    return at.astimezone(UTC)
