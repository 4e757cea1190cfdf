from datetime import datetime, timedelta
from typing import Annotated, Any

from fastapi import Query

from kit.clock import now
from kit.db import Reader
from kit.pages import After, NameKeys, keys_of, page_of
from kit.policy import allowed
from kit.problems import Forbidden, NotFound, documented
from kit.routing import router
from services.diaries.policy import RULES
from services.diaries.showing.composing import items
from services.diaries.showing.queries import drafts_of, newest_of
from services.diaries.today import queries
from services.diaries.today.schemas import DiariesTodayOut
from services.roster.standing import CurrentMember, Member

routes = router("/v1", "entries")
FirstSteps = Annotated[bool, Query(description="Say which steps of the guide of my first weeks I have done here")]
NEW_FOR = timedelta(days=14)
NEWEST_SHOWN, DRAFTS_SHOWN, CLUSTERS_SHOWN, SCHOOLS_SHOWN = 5, 5, 10, 100


@routes.get(
    "/today",
    dependencies=[allowed(RULES, "entries.list")],
    responses=documented(Forbidden, NotFound),
)
async def show_entries_today(
    pool: Reader, actor: CurrentMember, after: After = None, first_steps: FirstSteps = False
) -> DiariesTodayOut:
    """The newest entries of my clusters, my drafts, and which schools have written this school year.

    `after` walks the clusters of an office.
    """
    at, clusters = now(), list(actor.clusters)
    newest = items(await newest_of(pool, clusters, NEWEST_SHOWN)) if clusters else []
    drafts = await drafts_of(pool, actor, DRAFTS_SHOWN)
    written = await queries.written_this_year(pool, clusters, at, actor.language) if clusters else []
    return DiariesTodayOut.model_validate(
        {
            "entries": newest,
            "drafts": items(drafts[:DRAFTS_SHOWN]),
            "more_drafts": len(drafts) > DRAFTS_SHOWN,
            "written": written[:SCHOOLS_SHOWN],
            "entries_this_year": sum(school["entries"] for school in written),
            "clusters": await clusters_of(pool, actor, after) if actor.offices else None,
            "first_share": await first_share_of(pool, actor, newest, at),
            "first_steps": await queries.first_steps(pool, actor.id) if first_steps and actor.id else None,
            "month": await queries.published_by_country(pool, actor, at) if actor.offices else [],
        }
    )


async def first_share_of(
    pool: Reader, actor: Member, newest: list[dict[str, Any]], at: datetime
) -> dict[str, Any] | None:
    """Asked only while something is new, so that who shares nothing is not asked every day of the year."""
    new = [entry for entry in newest if entry["published_at"] > at - NEW_FOR]
    if not new or not actor.id:
        return None
    open_to_me = await queries.first_share_in(pool, actor.id, [entry["cluster_id"] for entry in new])
    return next((entry for entry in new if entry["cluster_id"] in open_to_me), None)


async def clusters_of(pool: Reader, actor: Member, after: str | None) -> dict[str, Any]:
    keys = keys_of(after, NameKeys)
    start = (keys.name, keys.id) if keys else None
    rows = await queries.clusters_of_office(pool, actor, now(), start, CLUSTERS_SHOWN)
    return page_of(rows, CLUSTERS_SHOWN, "name", "cluster_id")
