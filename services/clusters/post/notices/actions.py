import json
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

import asyncpg
from sqlmodel import col, delete
from sqlmodel.ext.asyncio.session import AsyncSession

from kit.clock import is_news, now, real_now
from kit.db import columns, plain
from kit.facts import record, record_all
from kit.ids import new_id
from kit.jobs import queue_all
from services.clusters.facts import NoticesSeen, NoticeTold
from services.clusters.post.kinds.kind import TRIED_FOR, Kind
from services.clusters.post.kinds.kinds import KINDS
from services.clusters.post.notices.messages import Letter
from services.clusters.post.notices.models import Mail, MailboxMail, Told
from services.clusters.post.notices.queries import (
    JOINED,
    POSTED,
    SENT,
    TOLD,
    Known,
    drop_mails,
    not_told_yet,
    people_with_mail,
    unseen_notices,
    unseen_of_threads,
    who_left,
)
from services.clusters.post.notices.schemas import NoticeIn
from services.clusters.post.notices.trying import again_in
from services.clusters.post.preferences.actions import keep_for_digest
from services.clusters.post.preferences.models import Way
from services.clusters.post.unreached.actions import mark_unreached
from services.clusters.post.unreached.judging import Verdict
from services.clusters.post.unreached.models import Fault, Reason

MAILS_KEPT = timedelta(days=30)
TOLD_KEPT = timedelta(days=7)


@dataclass(frozen=True)
class Post:
    """What somebody is to be told by mail."""

    person_id: UUID
    kind: str
    params: dict[str, Any]
    calendar: str | None = None
    notice_id: UUID | None = None
    address: str | None = None


async def tell_people(connection: asyncpg.Connection, told: Sequence[NoticeIn]) -> int:
    """Put notices into the app and letters into the post, in sets; how many of these people exist.

    Who was told the same `once` before is not told again.
    """
    new = await not_told_yet(connection, [notice.once for notice in told if notice.once])
    known = await people_with_mail(connection, [notice.person_id for notice in told])
    reached = [notice for notice in told if notice.person_id in known]
    first = [notice for notice in reached if not notice.once or _taken(new, notice.once)]
    await _name_nobody_who_left(connection, first)
    in_app = [notice for notice in first if notice.in_app]
    news = await _put_into_the_app(connection, known, in_app)
    letters = [
        Post(n.person_id, n.kind, n.params | n.letter | {"path": n.path}, n.calendar, news.get(id(n)))
        for n in first
        if not n.in_app or id(n) in news
    ]
    await _post(connection, await _at_once(connection, known, letters))
    return len(reached)


async def _name_nobody_who_left(connection: asyncpg.Connection, told: Sequence[NoticeIn]) -> None:
    """Who tells it may not have heard yet that somebody left for good."""
    left = await who_left(connection, {whose for notice in told for whose in notice.named.values()})
    for notice in told:
        notice.params |= {name: "" for name, whose in notice.named.items() if whose in left}


def _taken(new: set[str], once: str) -> bool:
    """Whether this is the first of its name; the next one is not."""
    is_first = once in new
    new.discard(once)
    return is_first


async def _put_into_the_app(
    connection: asyncpg.Connection, known: Collection[UUID], told: Sequence[NoticeIn]
) -> dict[int, UUID]:
    """The notices of those (by `id()`) that are the first news of their thread; the others have joined what is not yet
    seen."""
    if not told:
        return {}
    facts = [NoticeTold(person_id=notice.person_id) for notice in told]
    await record_all(connection, facts, cluster_id=None, actor_id=None)
    unseen = await unseen_of_threads(connection, known, {notice.thread for notice in told if notice.thread})
    seen_at = None if is_news() else now()
    first: dict[UUID, NoticeIn] = {}
    joined: dict[UUID, list[NoticeIn]] = {}
    for notice in told:
        before = unseen.get((notice.person_id, notice.thread)) if notice.thread else None
        if before:
            joined.setdefault(before, []).append(notice)
            continue
        first[new := new_id()] = notice
        if notice.thread and seen_at is None:
            unseen[notice.person_id, notice.thread] = new
    await _write(connection, first, joined, seen_at)
    return {id(notice): new for new, notice in first.items()}


async def _write(
    connection: asyncpg.Connection,
    first: dict[UUID, NoticeIn],
    joined: dict[UUID, list[NoticeIn]],
    seen_at: datetime | None,
) -> None:
    if first:
        rows = [
            (
                new,
                notice.person_id,
                notice.kind,
                json.dumps(notice.params),
                notice.path,
                notice.thread,
                1,
            )
            for new, notice in first.items()
        ]
        await connection.execute(TOLD, *columns(rows), now(), seen_at)
    if joined:
        more = [(before, len(told), json.dumps(told[-1].params)) for before, told in joined.items()]
        await connection.execute(JOINED, *columns(more), now())


def _written(person_id: UUID, letter: Kind, path: str, address: str | None) -> Post:
    return Post(person_id, letter.name, letter.model_dump(mode="json", by_alias=True) | {"path": path}, address=address)


async def mail_to(db: AsyncSession, person_id: UUID, letter: Kind, path: str, address: str | None = None) -> None:
    """A letter to this person, in their language, sent after the commit; it leads to `path`.

    It goes to this `address`, be it theirs or not; without one, where their letters go.
    """
    await db.flush()
    post = _written(person_id, letter, path, address)
    await _post(await plain(db), [post], urgent=letter.is_awaited)


async def mail_to_all(db: AsyncSession, letters: Sequence[tuple[UUID, Kind, str, str]]) -> None:
    """Letters as a set, each to a person with where it leads and the address that it goes to, after urgent ones."""
    await db.flush()
    posts = [_written(person_id, letter, path, address) for person_id, letter, path, address in letters]
    await _post(await plain(db), posts)


async def _post(connection: asyncpg.Connection, letters: Sequence[Post], urgent: bool = False) -> None:
    if not letters or not is_news():
        return
    rows = [
        (new_id(), each.person_id, each.kind, json.dumps(each.params, default=str), each.calendar, each.address)
        for each in letters
    ]
    await connection.execute(POSTED, *columns(rows), now())
    await queue_all(connection, "mail.send", [{"mail_id": row[0]} for row in rows], urgent=urgent)


async def _at_once(
    connection: asyncpg.Connection, known: Mapping[UUID, Known], letters: Sequence[Post]
) -> Sequence[Post]:
    """Those that go out now; of the others, some wait for a digest, and some stand in the app alone."""
    ways = {person_id: person.ways for person_id, person in known.items() if person.chosen}
    if not ways or not is_news():
        return letters
    at_once, waiting = [], []
    for each in letters:
        way = ways.get(each.person_id, {}).get(each.kind, Way.at_once)
        if way is Way.digest and each.notice_id:
            waiting.append((each.notice_id, each.person_id))
        elif way is not Way.app:
            at_once.append(each)  # what stands in no app (one's own act, with its calendar file) is in no digest either
    await keep_for_digest(connection, waiting)
    return at_once


async def see_notices(db: AsyncSession, person_id: UUID, path: str | None) -> int:
    """Mark what was told about `path` (or everything) as seen; how many notices that were."""
    unseen = await unseen_notices(db, person_id, path)
    for notice in unseen:
        notice.seen_at = now()
    if unseen:
        record(db, NoticesSeen(person_id=person_id))
    return len(unseen)


async def mark_sent(connection: asyncpg.Connection, sent: list[UUID], into_mailbox: Sequence[Letter]) -> None:
    """These are sent: what they say is forgotten, but for what lies in the mailbox of this machine."""
    rows = [(x.id, new_id(), x.mail, x.subject, x.language, x.text, x.calendar) for x in into_mailbox]
    await connection.execute(SENT, real_now(), sent, now(), *(columns(rows) if rows else [[]] * 7))


async def settle(
    connection: asyncpg.Connection,
    mails: Sequence[asyncpg.Record],
    verdicts: Mapping[UUID, Verdict],
    aside: Collection[UUID],
) -> None:
    """What becomes of letters that no server takes: tried again later, or forgotten, and their people unreached.

    Of those in `mails` that have no verdict, nobody could do with one; those `aside` make nobody unreached.
    """
    again: dict[timedelta, list[UUID]] = {}
    reasons, dropped = {}, []
    for mail in mails:
        verdict = verdicts.get(mail["id"])
        if verdict is Fault.passing and (pause := again_in(real_now() - mail["queued_at"], _tried_for(mail["kind"]))):
            again.setdefault(pause, []).append(mail["id"])
            continue
        dropped.append(mail["id"])
        if mail["id"] in aside:
            continue
        if isinstance(verdict, Reason):
            reasons[mail["person_id"]] = verdict
        elif verdict and _tried_for(mail["kind"]) == TRIED_FOR:
            reasons[mail["person_id"]] = Reason.no_answer
    for pause, waiting in again.items():
        await queue_all(connection, "mail.send", [{"mail_id": each} for each in waiting], after=pause)
    await drop_mails(connection, dropped)
    await mark_unreached(connection, reasons)


def _tried_for(kind: str) -> timedelta:
    return KINDS[kind].tried_for


async def forget_old_mails(db: AsyncSession) -> None:
    """That a mail was sent is kept for thirty days; so are the mails of a house that is being tried out."""
    before = real_now() - MAILS_KEPT
    await db.exec(delete(Mail).where(col(Mail.sent_at) < before))
    await db.exec(delete(MailboxMail).where(col(MailboxMail.at) < before))
    await db.exec(delete(Told).where(col(Told.at) < real_now() - TOLD_KEPT))
