from typing import Annotated

from kit.db import Db
from kit.policy import allowed
from kit.problems import Changed, Forbidden, NotFound, PreconditionRequired, documented
from kit.routing import IfMatch, matched, router
from services.diaries.entries.queries import TakenBack, VisibleEntry, lock_entry, visible_entry
from services.diaries.policy import RULES
from services.diaries.removal import actions
from services.roster.standing import CurrentMember

routes = router("/v1/entries/{entry_id}", "entries")


@routes.delete(
    "",
    status_code=204,
    responses=documented(Forbidden, NotFound, TakenBack, Changed, PreconditionRequired),
)
async def remove_entry(
    found: Annotated[VisibleEntry, allowed(RULES, "entry.remove", visible_entry)],
    actor: CurrentMember,
    db: Db,
    if_match: IfMatch = None,
) -> None:
    """Delete it with its comments and pictures; a draft is erased. `If-Match` names the version that you read."""
    assert actor.id
    entry = await lock_entry(db, found.entry.id)
    matched(entry.version, if_match)
    await actions.remove_entry(db, entry, actor.id)
