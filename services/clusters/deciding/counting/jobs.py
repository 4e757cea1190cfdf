from datetime import datetime
from uuid import UUID

from kit.clock import happening, real_now
from kit.db import Database
from kit.jobs import Context, Jobs
from services.clusters.deciding.counting.actions import announce, count, tell_members
from services.clusters.deciding.counting.queries import rounds_begun, rounds_due

jobs = Jobs()


@jobs.job("proposal.turn")
async def turn(context: Context, proposal_id: str, number: int) -> None:
    with happening(None):
        await turn_round(context.database, UUID(proposal_id), number)


@jobs.job("proposal.turn_all")
async def turn_all(context: Context) -> None:
    await turn_rounds(context)


@jobs.hourly()
async def turn_rounds(context: Context) -> None:
    """Also those whose job came while their cluster was closed."""
    failures: list[Exception] = []
    with happening(None):
        for look in (rounds_due, rounds_begun):
            for proposal_id, number in await look(context.database.pool, real_now()):
                # One that cannot be turned keeps no other waiting, and is tried again in an hour.
                try:
                    await turn_round(context.database, proposal_id, number)
                except Exception as error:
                    failures.append(error)
    if failures:
        raise ExceptionGroup("rounds that could not be turned", failures)


async def turn_round(database: Database, proposal_id: UUID, number: int) -> None:
    """Those before it first: one may have waited for its cluster to be opened again."""
    for each in range(1, number + 1):
        await count(database, proposal_id, each)
    await announce(database, proposal_id, number)


@jobs.job("proposal.tell")
async def tell(
    context: Context,
    proposal_id: str,
    kind: str,
    by: str | None,
    people: list[str] | None,
    said_id: str | None,
    at: str,
) -> None:
    whom = None if people is None else [UUID(each) for each in people]
    told_by, said = UUID(by) if by else None, UUID(said_id) if said_id else None
    await tell_members(context.database, UUID(proposal_id), kind, told_by, whom, said, datetime.fromisoformat(at))
