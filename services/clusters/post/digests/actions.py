from datetime import timedelta
from uuid import UUID

from sqlmodel.ext.asyncio.session import AsyncSession

from kit.characters import isolated
from kit.clock import real_now
from kit.db import plain
from kit.jobs import queue_all
from kit.languages import is_right_to_left
from services.clusters.directory.people.models import Person
from services.clusters.post.digests.queries import take_items
from services.clusters.post.kinds.kinds import KINDS, Digest, DigestLine
from services.clusters.post.kinds.wording import line_of, spoken
from services.clusters.post.notices.actions import mail_to
from services.clusters.post.preferences.queries import due_digest, overdue_digests

MOST_LINES = 30
CLOCKS_DIFFER = timedelta(minutes=1)  # the job waits by the clock of the database
LATE, AT_ONCE = timedelta(minutes=10), 1_000


async def send_digest(db: AsyncSession, person_id: UUID) -> None:
    """The digest of somebody, if it is due and something of it is still news; once, however often the job runs."""
    due = await due_digest(db, person_id)
    person = await db.get(Person, person_id)
    if due is None or person is None or due.due_at > real_now() + CLOCKS_DIFFER:
        return
    await db.delete(due)
    await db.flush()
    rows = await take_items(await plain(db), person_id)
    if not rows:
        return
    right_to_left = is_right_to_left(spoken(person.language))
    # What reads alike and leads to one place is one line, as in the app.
    said = dict.fromkeys(
        (_said(row["kind"], row["params"], person.language, right_to_left), row["path"]) for row in rows
    )
    lines = [DigestLine(text=text, path=path) for text, path in said]
    await mail_to(db, person_id, Digest(lines=lines[:MOST_LINES], news=len(lines)), "/notices")


async def send_overdue(db: AsyncSession) -> None:
    """Digests whose job was lost are queued again."""
    connection = await plain(db)
    late = await overdue_digests(connection, real_now() - LATE, AT_ONCE)
    if late:
        await queue_all(connection, "digest.send", [{"person_id": person} for person in late])


def _said(kind: str, params: dict[str, object], language: str, right_to_left: bool) -> str:
    spans = line_of(KINDS.get(kind), params, language)
    return "".join(isolated(span.text, right_to_left) if span.typed else span.text for span in spans)
