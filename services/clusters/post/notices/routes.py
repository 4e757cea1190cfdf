from typing import Annotated

from fastapi import Depends, Query
from pydantic import BaseModel

from kit.clock import Said, happening
from kit.db import Db, Reader, Writer
from kit.fields import Language
from kit.pages import After, IdKeys, Limit, Page, keys_of, page_of
from kit.policy import allowed, anyone
from kit.problems import Forbidden, NotFound, documented
from kit.routing import router
from services.clusters.directory.people.queries import myself
from services.clusters.policy import RULES
from services.clusters.post.kinds.kinds import KINDS
from services.clusters.post.kinds.wording import line_of
from services.clusters.post.notices import actions, queries
from services.clusters.post.notices.calendars import with_addresses
from services.clusters.post.notices.schemas import CalendarIn, MailboxMailOut, NoticeOut, NoticesIn, SeenIn
from services.roster.standing import CurrentMember

routes = router("/v1", "notices")
mine = allowed(RULES, "notice.see", myself)


class Reached(BaseModel):
    reached: int


@routes.post("/notices", status_code=202, dependencies=[allowed(RULES, "notice.send")], responses=documented(Forbidden))
async def tell_people(told: NoticesIn, connection: Writer, actor: CurrentMember) -> Reached:
    """Tell people something, in the app and by mail; for the other services. How many of them exist."""
    with happening(Said(told.happened_at, actor.client) if told.happened_at else None):
        return Reached(reached=await actions.tell_people(connection, told.notices))


@routes.post("/calendars", dependencies=[allowed(RULES, "calendar.address")], responses=documented(Forbidden))
async def address_calendar(told: CalendarIn, pool: Reader) -> CalendarIn:
    """A calendar file with names and mail addresses for persons by id; for the other services."""
    return CalendarIn(calendar=await with_addresses(pool, told.calendar))


@routes.get("/notices", dependencies=[mine], responses=documented(Forbidden))
async def list_notices(
    pool: Reader,
    actor: CurrentMember,
    language: Annotated[Language | None, Query(description="Of the lines; else mine")] = None,
    after: After = None,
    limit: Limit = 20,
) -> Page[NoticeOut]:
    """What I was told, newest first."""
    assert actor.id
    keys = keys_of(after, IdKeys)
    rows = await queries.notices_of(pool, actor.id, keys.id if keys else None, limit)
    for row in rows:
        row["line"] = line_of(KINDS.get(row["kind"]), row["params"], language or actor.language)
    return Page[NoticeOut].model_validate(page_of(rows, limit, "id"))


@routes.post("/notices/seen", status_code=204, dependencies=[mine], responses=documented(Forbidden))
async def see_notices(seen: SeenIn, db: Db, actor: CurrentMember) -> None:
    """I have looked at this page; what was told about it is no news any more."""
    assert actor.id
    await actions.see_notices(db, actor.id, seen.path)


@routes.get(
    "/mailbox",
    dependencies=[anyone("only where no mail server is set, on one's own machine"), Depends(queries.mailbox)],
    responses=documented(NotFound),
)
async def list_mailbox(
    db: Db, mail: Annotated[str, Query(max_length=320)] = "", after: After = None, limit: Limit = 50
) -> Page[MailboxMailOut]:
    """The mails, to one address or to all, of a house that is being tried out, newest first; nowhere else."""
    keys = keys_of(after, IdKeys)
    rows = await queries.mailbox_mails(db, mail, keys.id if keys else None, limit)
    items = [row.model_dump() for row in rows]
    return Page[MailboxMailOut].model_validate(page_of(items, limit, "id"))
