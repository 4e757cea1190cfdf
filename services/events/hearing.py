"""What events does about what clusters told, besides keeping it."""

from collections.abc import Iterator, Sequence

from sqlmodel.ext.asyncio.session import AsyncSession

from kit.feed import FactOut
from kit.jobs import enqueue_all
from services.roster import hearing

PERSON_LEFT, SCHOOL_LEFT = ("staff.ended", "office.ended"), "membership.ended"
CLOSED = "cluster.closed"


async def hear_from_clusters(db: AsyncSession, facts: Sequence[FactOut]) -> None:
    """Keep it; who left is withdrawn from what they do not see any more, and what a closed cluster planned is off."""
    await hearing.hear_from_clusters(db, facts)
    if left := dict.fromkeys(_left(facts)):
        await enqueue_all(db, "registration.end_of_sight", [{whom: whose} for whom, whose in left])
    if closed := [{"cluster_id": fact.cluster_id, "by": fact.actor_id} for fact in facts if fact.kind == CLOSED]:
        await enqueue_all(db, "events.end_with_cluster", closed)


def _left(facts: Sequence[FactOut]) -> Iterator[tuple[str, str]]:
    for fact in facts:
        if fact.kind in PERSON_LEFT:
            yield "person_id", fact.data["person_id"]
        elif fact.kind == SCHOOL_LEFT:
            yield "cluster_id", str(fact.cluster_id)
