from uuid import UUID

from sqlmodel.ext.asyncio.session import AsyncSession

from kit.clock import now
from kit.db import plain
from kit.facts import record
from kit.problems import Changed
from services.clusters.clusters.support.models import Support
from services.clusters.clusters.support.queries import added_support
from services.clusters.clusters.support.schemas import SupportIn
from services.clusters.facts import SupportChosen


async def choose(db: AsyncSession, country: str, said: SupportIn, known: Support | None, by: UUID) -> None:
    """Accompany the clusters of a country so, from each school year's months; `known` is locked. Raises Changed."""
    if known is None:
        months = said.light_touch_from, said.on_request_from
        if not await added_support(await plain(db), country, *months, now(), by):
            raise Changed
    elif (known.light_touch_from, known.on_request_from) != (said.light_touch_from, said.on_request_from):
        known.light_touch_from, known.on_request_from = said.light_touch_from, said.on_request_from
        known.version += 1
        known.changed_at, known.changed_by = now(), by
    else:
        return
    record(db, SupportChosen(country=country, **said.model_dump()), actor_id=by)
    await db.flush()
