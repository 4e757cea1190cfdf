from typing import Annotated

from fastapi import Path, Query

from kit.db import Db
from kit.policy import allowed
from kit.problems import Forbidden, NotFound, documented
from kit.routing import router
from services.clusters.doors.sessions import actions
from services.clusters.policy import RULES
from services.roster.standing import CurrentMember

routes = router("/v1/me/sessions", "sessions")
ending = allowed(RULES, "session.end_own")
Digest = Annotated[str, Path(min_length=64, max_length=64, pattern="^[0-9a-f]+$")]


@routes.delete("", status_code=204, dependencies=[ending], responses=documented(Forbidden))
async def end_open_sessions(
    db: Db,
    actor: CurrentMember,
    but: Annotated[str | None, Query(description="The one that goes on, by its digest", max_length=64)] = None,
) -> None:
    """Sign me out of every browser, or of all but one."""
    assert actor.id
    await actions.end_other_sessions(db, actor.id, but)


@routes.delete("/{session}", status_code=204, dependencies=[ending], responses=documented(Forbidden, NotFound))
async def end_open_session(session: Digest, db: Db, actor: CurrentMember) -> None:
    """Sign me out of one browser; said again, it changes nothing."""
    assert actor.id
    await actions.end_own_session(db, actor.id, session)
