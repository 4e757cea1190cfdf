from typing import Annotated, Any
from uuid import UUID

from fastapi import Depends, Query, Request
from pydantic import BaseModel

from kit.client import Client
from kit.db import Db, Reader
from kit.idempotency import UnderWay, waits
from kit.pages import After, Limit, Page, keys_of, page_of
from kit.policy import allowed, anyone, can
from kit.problems import Changed, Forbidden, NotFound, PreconditionRequired, documented
from kit.routing import IfMatch, located, matched, router, versioned
from services.diaries.comments.queries import comments_shown, number_of_comments
from services.diaries.entries import actions, queries
from services.diaries.entries.models import Reach
from services.diaries.entries.queries import TakenBack, VisibleEntry, lock_entry
from services.diaries.entries.rendering import excerpt, rendered
from services.diaries.entries.schemas import (
    EntryIn,
    EntryItemOut,
    EntryOut,
    PublicationIn,
    VersionOut,
    WordsIn,
)
from services.diaries.policy import RULES
from services.roster.sight import InCluster, sight_of
from services.roster.standing import CurrentMember, Member

routes = router("/v1", "entries")
refused = documented(Forbidden, NotFound)
of_entry = documented(Forbidden, NotFound, TakenBack)
SeenEntry = Annotated[VisibleEntry, allowed(RULES, "entry.read", queries.visible_entry)]
COMMENTS_SHOWN = 100
WITHOUT_SIGNING_IN = "what is published to everyone is for everyone"


class SinceKeys(BaseModel):
    since: UUID


class PublishedKeys(BaseModel):
    publication_id: UUID


class PublicationOut(BaseModel):
    reach: Reach


async def html_of_new(new: EntryIn) -> str:
    return await rendered(new.text)


async def html_of_words(words: WordsIn) -> str:
    return await rendered(words.text)


def items(rows: list[dict[str, Any]]) -> list[dict[str, Any]]:
    return [row | {"excerpt": excerpt(row["html"])} for row in rows]


def as_asker(request: Request) -> Client:
    """The events service, asked as whoever asks us: what they may not see there they do not get here."""

    async def bearer() -> str:
        return request.headers["authorization"].partition(" ")[2]

    neighbours = request.app.state.neighbours
    return Client(neighbours.http, neighbours.events.base_url, bearer)


@routes.post("/entries", status_code=201, responses=refused | documented(UnderWay))
@located("/v1/entries/{id}")
@waits
async def start_entry(
    cluster: Annotated[InCluster, allowed(RULES, "diary.write", queries.cluster_of_new)],
    request: Request,
    new: EntryIn,
    html: Annotated[str, Depends(html_of_new)],
    actor: CurrentMember,
    session: Db,
) -> VersionOut:
    """Start a draft; from an event, what is known about it is filled in."""
    assert actor.id
    origin = await actions.event_summary(as_asker(request), new.event_id, new.cluster_id) if new.event_id else None
    entry = await actions.start_entry(session, new, html, origin, actor.id, actor.school_in(new.cluster_id))
    return VersionOut(id=entry.id, version=entry.version)


@routes.get("/entries", dependencies=[allowed(RULES, "entries.list")], responses=refused)
async def list_entries(
    pool: Reader,
    actor: CurrentMember,
    cluster_id: Annotated[UUID | None, Query(description="Only of this cluster; else of all within sight")] = None,
    after: After = None,
    limit: Limit = 20,
) -> Page[EntryItemOut]:
    """What is published in my clusters, newest published first; my own drafts stand where they were begun."""
    sight, keys = await sight_of(pool, actor, cluster_id), keys_of(after, SinceKeys)
    rows = await queries.entries_of(pool, sight, actor, keys.since if keys else None, limit)
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


@routes.put("/entries/{entry_id}", responses=of_entry | documented(Changed, PreconditionRequired))
async def change_words(
    found: Annotated[VisibleEntry, allowed(RULES, "entry.edit", queries.visible_entry)],
    words: WordsIn,
    html: Annotated[str, Depends(html_of_words)],
    actor: CurrentMember,
    session: Db,
    if_match: IfMatch = None,
) -> VersionOut:
    """Change title, text and language. `If-Match` names the version that you read."""
    assert actor.id
    entry = await lock_entry(session, found.entry.id)
    matched(entry.version, if_match)
    entry = await actions.change_words(session, entry, words, html, actor.id)
    return VersionOut(id=entry.id, version=entry.version)


@routes.put("/entries/{entry_id}/publication", responses=of_entry | documented(actions.NothingToRead))
async def publish_entry(
    found: Annotated[VisibleEntry, allowed(RULES, "entry.publish", queries.visible_entry)],
    publication: PublicationIn,
    actor: CurrentMember,
    session: Db,
) -> PublicationOut:
    """Let the cluster read it, or everyone."""
    assert actor.id
    live = await actions.publish_entry(session, found.entry.id, publication.reach, actor.id)
    return PublicationOut(reach=live.reach)


@routes.delete(
    "/entries/{entry_id}/publication", status_code=204, responses=of_entry | documented(actions.NotPublished)
)
async def retract_entry(
    found: Annotated[VisibleEntry, allowed(RULES, "entry.publish", queries.visible_entry)],
    actor: CurrentMember,
    session: Db,
) -> None:
    """Take it back: from now on only its author finds it."""
    assert actor.id
    await actions.retract_entry(session, found.entry.id, actor.id)


async def entry_out(pool: Reader, found: VisibleEntry, actor: Member) -> EntryOut:
    rows = await comments_shown(pool, found, actor, None, COMMENTS_SHOWN)
    comments = page_of(rows, COMMENTS_SHOWN, "thread", "id")
    answers = sum(comment["removed_at"] is None for comment in comments["items"])
    shown = {
        "answers": await number_of_comments(pool, found.entry.id) if comments["next"] else answers,
        "comments": comments["items"],
        "more_comments": comments["next"],
        "can": can(RULES, actor, "entry", found),
    }
    return EntryOut.model_validate(found.shown | shown)
