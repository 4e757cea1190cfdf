"""What diaries does about what clusters told, besides keeping it."""

from collections.abc import Sequence

from sqlmodel.ext.asyncio.session import AsyncSession

from kit.feed import FactOut
from kit.jobs import enqueue_all
from services.roster import hearing
from services.roster.facts import PersonErased, Writings


async def hear_from_clusters(db: AsyncSession, facts: Sequence[FactOut]) -> None:
    """Keep it; who left for good takes their drafts along, or all that they wrote."""
    await hearing.hear_from_clusters(db, facts)
    erased = [PersonErased.heard(fact.data) for fact in facts if fact.kind == PersonErased.told_as]
    gone = [{"author_id": each.person_id, "everything": each.writings == Writings.go} for each in erased]
    if gone:
        await enqueue_all(db, "writings.forget", gone)
        await enqueue_all(db, "archive.forget", [{"person_id": each.person_id} for each in erased])
