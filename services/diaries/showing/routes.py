from typing import Annotated
from uuid import UUID

from fastapi import Query, Request
from pydantic import BaseModel

from kit.db import Reader
from kit.pages import After, Limit, Page, keys_of, page_of
from kit.policy import allowed, anyone
from kit.problems import Forbidden, NotFound, documented
from kit.routing import router, versioned
from services.diaries.entries.queries import TakenBack
from services.diaries.policy import RULES
from services.diaries.showing import queries
from services.diaries.showing.composing import entry_out, items
from services.diaries.showing.queries import ShownEntry
from services.diaries.showing.schemas import EntryItemOut, EntryOut
from services.roster.sight import sight_for_list
from services.roster.standing import CurrentMember

routes = router("/v1", "entries")
SeenEntry = Annotated[ShownEntry, allowed(RULES, "entry.read", queries.shown_entry)]
WITHOUT_SIGNING_IN = "what is published to everyone is for everyone"


class SinceKeys(BaseModel):
    since: UUID


class PublishedKeys(BaseModel):
    publication_id: UUID


@routes.get("/entries", dependencies=[allowed(RULES, "entries.list")], responses=documented(Forbidden, NotFound))
async def list_entries(
    pool: Reader,
    actor: CurrentMember,
    cluster_id: Annotated[UUID | None, Query(description="Only of this cluster; else of all within sight")] = None,
    school_id: Annotated[UUID | None, Query(description="Only what its people wrote and published")] = None,
    after: After = None,
    limit: Limit = 20,
) -> Page[EntryItemOut]:
    """What is published in my clusters, newest published first; my own drafts stand where they were begun."""
    sight, keys = await sight_for_list(pool, actor, cluster_id), keys_of(after, SinceKeys)
    before = keys.since if keys else None
    if school_id:
        rows = await queries.entries_of_school(pool, sight, school_id, before, limit)
    else:
        rows = await queries.entries_of(pool, sight, actor, before, limit)
    return Page[EntryItemOut].model_validate(page_of(items(rows), limit, "since"))


@routes.get("/public-entries", dependencies=[anyone(WITHOUT_SIGNING_IN)])
async def list_public_entries(
    pool: Reader, cluster_id: UUID | None = None, after: After = None, limit: Limit = 20
) -> Page[EntryItemOut]:
    """What is published to everyone, newest first."""
    keys = keys_of(after, PublishedKeys)
    rows = await queries.public_entries(pool, cluster_id, keys.publication_id if keys else None, limit)
    return Page[EntryItemOut].model_validate(page_of(items(rows), limit, "publication_id"))


@routes.get("/entries/{entry_id}", responses=documented(NotFound, TakenBack))
async def show_entry(request: Request, found: SeenEntry, pool: Reader, actor: CurrentMember) -> EntryOut:
    """An entry with its comments; without signing in, if it is published to everyone."""
    versioned(request, found.shown["version"])
    return await entry_out(pool, found, actor)
