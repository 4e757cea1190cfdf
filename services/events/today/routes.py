from typing import Annotated, Any

from fastapi import Query

from kit.clock import now
from kit.db import Reader
from kit.pages import After, NameKeys, keys_of, page_of
from kit.policy import allowed
from kit.problems import Forbidden, NotFound, documented
from kit.routing import router
from services.events.policy import RULES
from services.events.showing.queries import UNMARKED_SHOWN, listed, unmarked
from services.events.today import queries
from services.events.today.schemas import EventsTodayOut
from services.roster.standing import CurrentMember, Member

routes = router("/v1", "events")
FirstSteps = Annotated[bool, Query(description="Say which steps of the guide of my first weeks I have done here")]
UPCOMING_SHOWN, CLUSTERS_SHOWN = 5, 10


@routes.get(
    "/today",
    dependencies=[allowed(RULES, "events.list")],
    responses=documented(Forbidden, NotFound),
)
async def show_events_today(
    pool: Reader, actor: CurrentMember, after: After = None, first_steps: FirstSteps = False
) -> EventsTodayOut:
    """What is next in my clusters, what waits for a mark of who came, and how the year goes.

    `after` walks the clusters of an office.
    """
    at = now()
    upcoming = await listed(pool, actor.sight, actor, upcoming=True, at=at, after=None, limit=UPCOMING_SHOWN)
    to_mark = await unmarked(pool, actor, at)
    return EventsTodayOut.model_validate(
        {
            "upcoming": [dict(row) for row in upcoming[:UPCOMING_SHOWN]],
            "to_mark": [dict(row) for row in to_mark[:UNMARKED_SHOWN]],
            "more_to_mark": len(to_mark) > UNMARKED_SHOWN,
            "year": await queries.year_so_far(pool, list(actor.clusters), at) if actor.clusters else None,
            "clusters": await clusters_of(pool, actor, after) if actor.offices else None,
            "first_steps": await queries.first_steps(pool, actor.id) if first_steps and actor.id else None,
            "month": await queries.held_by_country(pool, actor, at) if actor.offices else [],
        }
    )


async def clusters_of(pool: Reader, actor: Member, after: str | None) -> dict[str, Any]:
    keys = keys_of(after, NameKeys)
    start = (keys.name, keys.id) if keys else None
    rows = await queries.clusters_of_office(pool, actor, now(), start, CLUSTERS_SHOWN)
    return page_of(rows, CLUSTERS_SHOWN, "name", "cluster_id")
