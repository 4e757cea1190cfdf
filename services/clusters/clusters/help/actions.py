from datetime import datetime, timedelta
from uuid import UUID

import asyncpg
from sqlmodel.ext.asyncio.session import AsyncSession

from kit.clock import now, real_now
from kit.db import plain
from kit.facts import record
from kit.jobs import enqueue
from kit.locking import lock
from kit.policy import hold, may
from kit.problems import Changed, Forbidden, Problem
from services.clusters.clusters.clusters.models import Cluster
from services.clusters.clusters.help.models import USUAL_DAYS, HelpAnswer, HelpPromise, HelpRequest, Readers
from services.clusters.clusters.help.queries import (
    VisibleHelp,
    added_promise,
    answers_of,
    national_coordinators_of,
    readers_of,
    waiting_requests_of,
)
from services.clusters.clusters.help.schemas import HelpAnswerIn, HelpIn, HelpOfferOut, HelpPromiseIn
from services.clusters.clusters.help.working_days import due_after
from services.clusters.directory.offices.models import OfficeKind
from services.clusters.directory.people.queries import hold_those_here, name_of
from services.clusters.facts import HelpAnswered, HelpAsked, HelpClimbed, HelpFact, HelpPromised, HelpSettled
from services.clusters.policy import RULES
from services.clusters.policy.rules import national_coordinator, programme_coordinator_once_it_has_climbed
from services.clusters.post.notices.actions import tell_people
from services.clusters.post.notices.schemas import NoticeIn
from services.roster.standing import Member

MOST_WAITING, MOST_ANSWERS = 30, 200


class TooManyHelpRequests(Problem):
    status, title = 409, "Thirty requests of this cluster wait for an answer: give them some time first"


class HelpThreadFull(Problem):
    status, title = 409, "Two hundred answers stand here: ask anew"


async def offer_in(db: AsyncSession, cluster: Cluster, by: UUID | None) -> HelpOfferOut:
    """What would become of a request that this person makes now; nobody answers themselves."""
    names = await national_coordinators_of(await plain(db), cluster.country, by)
    promise = await db.get(HelpPromise, cluster.country)
    days = promise.days if promise else USUAL_DAYS
    due_at = due_after(now(), days, cluster.country, cluster.zone)
    return HelpOfferOut(to=names, to_programme=not names, days=days, due_at=due_at)


async def ask(db: AsyncSession, cluster: Cluster, new: HelpIn, actor: Member) -> HelpRequest:
    """Raises TooManyHelpRequests, ClusterClosed."""
    assert actor.id
    # Locked, so that the open ones are counted one after the other.
    cluster = await lock(db, Cluster, cluster.id)
    hold(RULES, "cluster.ask_help", cluster)
    if await waiting_requests_of(db, cluster.id) >= MOST_WAITING:
        raise TooManyHelpRequests
    offer = await offer_in(db, cluster, actor.id)
    request = HelpRequest(
        cluster_id=cluster.id,
        about=new.about,
        text=new.text,
        language=new.language or actor.language,
        readers=new.readers,
        asked_by=actor.id,
        due_at=offer.due_at,
        climbed_at=now() if offer.to_programme else None,
    )
    db.add(request)
    await db.flush()
    _record(db, request, HelpAsked, actor.id)
    await _wake_when_late(db, request)
    await _tell(db, request, cluster, "help_asked", new.text, request.language, actor.id)
    return request


async def answer(db: AsyncSession, found: VisibleHelp, said: HelpAnswerIn, actor: Member) -> HelpAnswer:
    """Write under a request. An answer of an office keeps the promise; who asked and writes on gets another.

    Raises HelpThreadFull, ClusterClosed, Forbidden where only others may settle it.
    """
    assert actor.id
    found = await _open(db, found, "help.answer")
    if said.settled and not may(RULES, actor, "help.settle", found):
        raise Forbidden(action="help.settle", who=[rule.__name__ for rule in RULES["help.settle"].who])
    request, cluster = found.request, found.cluster
    if await answers_of(db, request.id) >= MOST_ANSWERS:
        raise HelpThreadFull
    office = office_in(found, actor)
    written = HelpAnswer(
        request_id=request.id, text=said.text, language=said.language or actor.language,
        office=office, written_by=actor.id,
    )  # fmt: skip
    db.add(written)
    await db.flush()
    if office:
        request.due_at, request.answered_at = None, request.answered_at or now()
        _record(db, request, HelpAnswered, actor.id)
    by_asker = actor.id == request.asked_by and not said.settled
    asks_again = await _wait_again(db, found) if by_asker else False
    if said.settled and request.settled_at is None:
        _settle(db, request, actor.id)
    await db.flush()
    # What an office says, or is asked anew, is in a mail of its own; what others write joins what is not yet seen.
    kind = "help_asked" if asks_again else "help_answered"
    thread = None if office or asks_again else f"help {request.id}"
    await _tell(db, request, cluster, kind, said.text, written.language, actor.id, thread)
    return written


async def settle(db: AsyncSession, found: VisibleHelp, by: UUID | None) -> None:
    """Nothing more is needed; said again, it changes nothing. Raises ClusterClosed."""
    found = await _open(db, found, "help.settle")
    if found.request.settled_at is None:
        _settle(db, found.request, by)


async def climb(db: AsyncSession, found: VisibleHelp, by: UUID | None) -> None:
    """The programme is asked now; said again, it changes nothing. Raises ClusterClosed."""
    found = await _open(db, found, "help.climb")
    if found.request.climbed_at is None and found.request.due_at:
        await _climb(db, found.request, found.cluster, by)


async def climb_if_late(db: AsyncSession, request_id: UUID, at: datetime) -> None:
    """Ask the programme if the promise has passed, nobody answered, and the cluster is open."""
    cluster = await lock(db, Cluster, (await db.get_one(HelpRequest, request_id)).cluster_id, key_share=True)
    request = await _locked(db, cluster, request_id)
    if cluster.closed_at is None and request.climbed_at is None and request.due_at and request.due_at <= at:
        await _climb(db, request, cluster, None)


async def promise(
    db: AsyncSession, country: str, said: HelpPromiseIn, known: HelpPromise | None, by: UUID | None
) -> None:
    """What is asked from now on is answered within so many working days; `known` is locked."""
    if known is None:
        if not await added_promise(await plain(db), country, said.days, now(), by):
            raise Changed
    elif known.days != said.days:
        known.days, known.version = said.days, known.version + 1
        known.changed_at, known.changed_by = now(), by
    else:
        return
    record(db, HelpPromised(country=country, days=said.days), cluster_id=None, actor_id=by)
    await db.flush()


def office_in(found: VisibleHelp, actor: Member) -> OfficeKind | None:
    """By which office somebody answers it; nobody answers what they asked themselves."""
    if actor.id == found.asked_by:
        return None
    if national_coordinator(actor, found):
        return OfficeKind.national_coordinator
    return OfficeKind.programme_coordinator if programme_coordinator_once_it_has_climbed(actor, found) else None


async def _open(db: AsyncSession, found: VisibleHelp, action: str) -> VisibleHelp:
    """The request as it is now, locked, in a cluster that stays open meanwhile. Raises ClusterClosed."""
    cluster = await lock(db, Cluster, found.cluster.id, key_share=True)
    opened = VisibleHelp(cluster, await _locked(db, cluster, found.request.id))
    hold(RULES, action, opened)
    return opened


async def _locked(db: AsyncSession, cluster: Cluster, request_id: UUID) -> HelpRequest:
    """After its readers, as everything locks people first: whoever leaves for good takes back what they wrote."""
    request = await db.get_one(HelpRequest, request_id)
    readers = await readers_of(await plain(db), request, cluster)
    await hold_those_here(db, [reader["person_id"] for reader in readers])
    return await lock(db, HelpRequest, request_id)


async def _wait_again(db: AsyncSession, found: VisibleHelp) -> bool:
    """Who asked is not content yet; whether another answer is promised, because none was any more."""
    request = found.request
    request.settled_at = request.settled_by = None
    if request.due_at:
        return False
    offer = await offer_in(db, found.cluster, request.asked_by)
    request.due_at, request.climbed_at = offer.due_at, request.climbed_at or (now() if offer.to_programme else None)
    await _wake_when_late(db, request)
    return True


async def _wake_when_late(db: AsyncSession, request: HelpRequest) -> None:
    if request.due_at and request.climbed_at is None:
        # A job's moment is counted from the beginning of its transaction: a minute more, and its time has passed then.
        wait = max(request.due_at - real_now(), timedelta()) + timedelta(minutes=1)
        await enqueue(db, "help.climb", after=wait)


def _settle(db: AsyncSession, request: HelpRequest, by: UUID | None) -> None:
    request.settled_at, request.settled_by, request.due_at = now(), by, None
    _record(db, request, HelpSettled, by)


async def _climb(db: AsyncSession, request: HelpRequest, cluster: Cluster, by: UUID | None) -> None:
    request.climbed_at = now()
    _record(db, request, HelpClimbed, by)
    await db.flush()
    await _tell(db, request, cluster, "help_climbed", request.text, request.language, by)


def _record(db: AsyncSession, request: HelpRequest, kind: type[HelpFact], by: UUID | None) -> None:
    """What only few may read is told to nobody else, and stands in no history."""
    if request.readers == Readers.coordinators:
        record(db, kind(request_id=request.id), cluster_id=request.cluster_id, actor_id=by)


async def _tell(
    db: AsyncSession,
    request: HelpRequest,
    cluster: Cluster,
    kind: str,
    text: str,
    language: str,
    by: UUID | None,
    thread: str | None = None,
) -> None:
    """Everybody whom it concerns, but who did it."""
    connection: asyncpg.Connection = await plain(db)
    params = {"title": request.about, "language": request.language, "cluster": cluster.name}
    params |= {"by": await name_of(db, by)}
    letter = {"text": text, "text_language": language}
    if request.due_at:
        letter |= {"due_at": request.due_at.isoformat()}
    told = [
        NoticeIn(
            person_id=reader["person_id"],
            kind=kind,
            params=params,
            letter=letter,
            named={"by": by} if by else {},
            path=f"/help/{request.id}",
            thread=thread,
        )
        for reader in await readers_of(connection, request, cluster)
        if reader["person_id"] != by
    ]
    await tell_people(connection, told)
