from typing import Annotated

from fastapi import Depends, Request
from pydantic import BaseModel

from kit.client import Client
from kit.db import Db
from kit.idempotency import UnderWay, waits
from kit.policy import allowed
from kit.problems import Changed, Forbidden, NotFound, PreconditionRequired, documented
from kit.routing import IfMatch, located, matched, router
from services.diaries.entries import actions, queries
from services.diaries.entries.models import Reach
from services.diaries.entries.queries import TakenBack, VisibleEntry, lock_entry
from services.diaries.entries.rendering import rendered
from services.diaries.entries.schemas import (
    EntryIn,
    PublicationIn,
    VersionOut,
    WordsIn,
)
from services.diaries.policy import RULES
from services.roster.sight import InCluster
from services.roster.standing import CurrentMember

routes = router("/v1", "entries")
refused = documented(Forbidden, NotFound)
of_entry = documented(Forbidden, NotFound, TakenBack)


class PublicationOut(BaseModel):
    reach: Reach


async def html_of_new(new: EntryIn) -> str:
    return await rendered(new.text)


async def html_of_words(words: WordsIn) -> str:
    return await rendered(words.text)


def asking_as(request: Request, service: str) -> Client:
    """Another service, asked as whoever asks us: what they may not see there they do not get here."""

    async def bearer() -> str:
        return request.headers["authorization"].partition(" ")[2]

    neighbours = request.app.state.neighbours
    return Client(neighbours.http, getattr(neighbours, service).base_url, bearer)


@routes.post("/entries", status_code=201, responses=refused | documented(UnderWay))
@located("/v1/entries/{id}")
@waits
async def start_entry(
    cluster: Annotated[InCluster, allowed(RULES, "diary.write", queries.cluster_of_new)],
    request: Request,
    new: EntryIn,
    html: Annotated[str, Depends(html_of_new)],
    actor: CurrentMember,
    db: Db,
) -> VersionOut:
    """Start a draft; from an event, what is known about it is filled in."""
    assert actor.id
    origin = (
        await actions.event_summary(asking_as(request, "events"), new.event_id, new.cluster_id)
        if new.event_id
        else None
    )
    entry = await actions.start_entry(db, new, html, origin, actor.id, actor.school_in(new.cluster_id))
    return VersionOut(id=entry.id, version=entry.version)


@routes.put("/entries/{entry_id}", responses=of_entry | documented(Changed, PreconditionRequired))
async def change_words(
    found: Annotated[VisibleEntry, allowed(RULES, "entry.edit", queries.visible_entry)],
    words: WordsIn,
    html: Annotated[str, Depends(html_of_words)],
    actor: CurrentMember,
    db: Db,
    if_match: IfMatch = None,
) -> VersionOut:
    """Change title, text and language. `If-Match` names the version that you read."""
    assert actor.id
    entry = await lock_entry(db, found.entry.id)
    matched(entry.version, if_match)
    entry = await actions.change_words(db, entry, words, html, actor.id)
    return VersionOut(id=entry.id, version=entry.version)


@routes.put("/entries/{entry_id}/publication", responses=of_entry | documented(actions.NothingToRead))
async def publish_entry(
    found: Annotated[VisibleEntry, allowed(RULES, "entry.publish", queries.visible_entry)],
    publication: PublicationIn,
    actor: CurrentMember,
    db: Db,
) -> PublicationOut:
    """Let the cluster read it, or everyone."""
    assert actor.id
    live = await actions.publish_entry(db, found.entry.id, publication.reach, actor.id)
    return PublicationOut(reach=live.reach)


@routes.delete(
    "/entries/{entry_id}/publication", status_code=204, responses=of_entry | documented(actions.NotPublished)
)
async def retract_entry(
    found: Annotated[VisibleEntry, allowed(RULES, "entry.retract", queries.visible_entry)],
    actor: CurrentMember,
    db: Db,
) -> None:
    """Take it back: from now on only its author finds it."""
    assert actor.id
    await actions.retract_entry(db, found.entry.id, actor.id)
