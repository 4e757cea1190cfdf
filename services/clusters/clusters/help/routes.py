from datetime import datetime
from typing import Annotated
from uuid import UUID

import asyncpg
from fastapi import Query
from pydantic import BaseModel

from kit.collation import in_order
from kit.db import Db, Reader, plain
from kit.locking import lock_if_there
from kit.pages import After, IdKeys, Limit, Page, keys_of, page_of
from kit.policy import allowed, can
from kit.problems import Changed, Forbidden, NotFound, PreconditionRequired, documented
from kit.routing import IfMatch, located, matched, router
from services.clusters.clusters.clusters.models import Cluster
from services.clusters.clusters.clusters.queries import seen_cluster, visible_cluster
from services.clusters.clusters.help import actions, queries
from services.clusters.clusters.help.models import USUAL_DAYS, HelpPromise
from services.clusters.clusters.help.queries import PromiseOf, VisibleHelp, promise_of, seen_help, visible_help
from services.clusters.clusters.help.schemas import (
    HelpAnswerIn,
    HelpAnswerOut,
    HelpIn,
    HelpItemOut,
    HelpOfferOut,
    HelpOut,
    HelpPromiseIn,
    HelpPromiseOut,
)
from services.clusters.directory.people.queries import name_of
from services.clusters.policy import RULES
from services.roster.standing import CurrentMember, Member

routes = router("/v1", "help")
refused = documented(Forbidden, NotFound)
Seen = Annotated[VisibleHelp, allowed(RULES, "help.see", seen_help)]
Answered = Annotated[VisibleHelp, allowed(RULES, "help.answer", visible_help)]
Settled = Annotated[VisibleHelp, allowed(RULES, "help.settle", visible_help)]
Climbing = Annotated[VisibleHelp, allowed(RULES, "help.climb", visible_help)]
AskingCluster = Annotated[Cluster, allowed(RULES, "cluster.ask_help", visible_cluster)]


class DueKeys(BaseModel):
    """Where a list by urgency goes on."""

    due_at: datetime
    id: UUID


@routes.post(
    "/clusters/{cluster_id}/help-requests",
    status_code=201,
    responses=refused | documented(actions.TooManyHelpRequests),
)
@located("/v1/help-requests/{id}")
async def ask_for_help(cluster: AskingCluster, new: HelpIn, db: Db, actor: CurrentMember) -> HelpOut:
    """Ask the national coordinator, who promises an answer; where there is none, the programme."""
    request = await actions.ask(db, cluster, new, actor)
    return await one_shown(db, request.id, actor)


@routes.get("/clusters/{cluster_id}/help-offer", responses=refused)
async def show_help_offer(cluster: AskingCluster, db: Db, actor: CurrentMember) -> HelpOfferOut:
    """Whom a request would reach now, and until when an answer would be promised."""
    return await actions.offer_in(db, cluster, actor.id)


@routes.get("/clusters/{cluster_id}/help-requests", responses=refused)
async def list_help_requests(
    cluster: Annotated[Cluster, allowed(RULES, "help_requests.list", seen_cluster)],
    pool: Reader,
    actor: CurrentMember,
    after: After = None,
    limit: Limit = 20,
) -> Page[HelpItemOut]:
    """What was asked in this cluster, as far as I may read it, newest first."""
    keys = keys_of(after, IdKeys)
    rows = await queries.requests_in_cluster(pool, cluster.id, actor, keys.id if keys else None, limit)
    return Page[HelpItemOut].model_validate(page_of(rows, limit, "id"))


@routes.get("/help-requests", dependencies=[allowed(RULES, "help_requests.list_all")], responses=documented(Forbidden))
async def list_all_help_requests(
    pool: Reader,
    actor: CurrentMember,
    waiting: Annotated[bool, Query(description="Only what waits for an answer, most urgent first")] = False,
    after: After = None,
    limit: Limit = 20,
) -> Page[HelpItemOut]:
    """What my office may read: the requests of my country, or those that climbed to the programme; newest first."""
    if waiting:
        due = keys_of(after, DueKeys)
        rows = await queries.waiting_requests(pool, actor, (due.due_at, due.id) if due else None, limit)
        return Page[HelpItemOut].model_validate(page_of(rows, limit, "due_at", "id"))
    keys = keys_of(after, IdKeys)
    rows = await queries.newest_requests(pool, actor, keys.id if keys else None, limit)
    return Page[HelpItemOut].model_validate(page_of(rows, limit, "id"))


@routes.get("/help-requests/{request_id}", responses=refused)
async def show_help_request(found: Seen, pool: Reader, actor: CurrentMember) -> HelpOut:
    """A request with all that was written under it, for those whom it concerns."""
    return await shown(pool, found, actor)


@routes.post(
    "/help-requests/{request_id}/answers", status_code=201, responses=refused | documented(actions.HelpThreadFull)
)
async def answer_help_request(found: Answered, said: HelpAnswerIn, db: Db, actor: CurrentMember) -> HelpAnswerOut:
    """Write under it. An answer of an office keeps the promise; who asked and writes on is promised another."""
    answer = await actions.answer(db, found, said, actor)
    return HelpAnswerOut(**answer.model_dump(), name=await name_of(db, actor.id))


@routes.put("/help-requests/{request_id}/settlement", status_code=204, responses=refused)
async def settle_help_request(found: Settled, db: Db, actor: CurrentMember) -> None:
    """Nothing more is needed; who asked can write on all the same."""
    await actions.settle(db, found, actor.id)


@routes.put("/help-requests/{request_id}/climb", status_code=204, responses=refused)
async def let_help_request_climb(found: Climbing, db: Db, actor: CurrentMember) -> None:
    """Ask the programme now, before the promise has passed; it reads all of it from then on."""
    await actions.climb(db, found, actor.id)


@routes.get("/countries/{country}/help-promise", responses=refused)
async def show_help_promise(
    found: Annotated[PromiseOf, allowed(RULES, "promise.see", promise_of)], actor: CurrentMember
) -> HelpPromiseOut:
    """Within how many working days this country answers."""
    return promised(found, actor)


@routes.put("/countries/{country}/help-promise", responses=refused | documented(Changed, PreconditionRequired))
async def change_help_promise(
    found: Annotated[PromiseOf, allowed(RULES, "promise.change", promise_of)],
    said: HelpPromiseIn,
    db: Db,
    actor: CurrentMember,
    if_match: IfMatch = None,
) -> HelpPromiseOut:
    """Promise another time for what is asked from now on. `If-Match` names the version that you read."""
    known = await lock_if_there(db, HelpPromise, found.country)
    matched(known.version if known else 0, if_match)
    await actions.promise(db, found.country, said, known, actor.id)
    return promised(await promise_of(found.country, db), actor)


def promised(found: PromiseOf, actor: Member) -> HelpPromiseOut:
    known = found.promise
    return HelpPromiseOut(
        country=found.country,
        days=known.days if known else USUAL_DAYS,
        version=known.version if known else 0,
        can=can(RULES, actor, "promise", found),
    )


async def one_shown(db: Db, request_id: UUID, actor: Member) -> HelpOut:
    """As it stands in this transaction."""
    await db.flush()
    connection = await plain(db)
    return await shown(connection, await queries.help_seen(connection, request_id, actor), actor)


async def shown(connection: asyncpg.Pool | asyncpg.Connection, found: VisibleHelp, actor: Member) -> HelpOut:
    assert found.page
    readers = await queries.readers_of(connection, found.request, found.cluster)
    page = found.page | {"settled_by": found.page["settler"], "can": can(RULES, actor, "help", found)}
    return HelpOut.model_validate(page | {"read_by": in_order([dict(one) for one in readers], actor.language, "name")})
