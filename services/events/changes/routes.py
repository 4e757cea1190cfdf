from typing import Annotated

from kit.collation import in_order
from kit.db import Db, Reader
from kit.policy import allowed
from kit.problems import Changed, Forbidden, NotFound, PreconditionRequired, documented
from kit.routing import IfMatch, matched, router
from services.events.changes import actions, queries
from services.events.changes.schemas import ChangeIn, ChangeOut, EffectOut, PreviewOut
from services.events.events.actions import open_event
from services.events.events.queries import VisibleEvent, visible_event
from services.events.events.terms import is_over
from services.events.policy import RULES
from services.roster.standing import CurrentMember

routes = router("/v1/events/{event_id}/changes", "changes")
refused = documented(Forbidden, NotFound)
ChangedEvent = Annotated[VisibleEvent, allowed(RULES, "event.change", visible_event)]


@routes.post("/preview", responses=refused)
async def preview_change(
    found: ChangedEvent, wanted: ChangeIn, actor: CurrentMember, db: Db, pool: Reader
) -> PreviewOut:
    """What a change of time or places would do to whom; nothing happens yet."""
    event = await open_event(db, found.event.id)
    outcome = await actions.preview_change(db, event, wanted)
    effects, news = outcome.effects(), outcome.news()
    return PreviewOut(
        what=outcome.what,
        effects=[
            EffectOut(person_id=row["person_id"], name=row["name"], effect=effects[row["id"]], told=row["id"] in news)
            for row in in_order(await queries.names_of_registered(pool, event.id), actor.language, "name")
            if row["id"] in effects
        ],
        version=event.version,
    )


@routes.post("", status_code=201, responses=refused | documented(Changed, PreconditionRequired))
async def change_event(
    found: ChangedEvent, wanted: ChangeIn, actor: CurrentMember, db: Db, if_match: IfMatch = None
) -> ChangeOut:
    """Change time or places, in one transaction: nobody is lost, whom it concerns is told once,
    calendars follow.

    `If-Match` names the version that you saw in the preview.
    """
    assert actor.id
    event = await open_event(db, found.event.id)
    matched(event.version, if_match)
    change = await actions.change_event(db, event, wanted, actor.id)
    return ChangeOut(
        id=change.id if change else None,
        what=change.what if change else [],
        version=event.version,
        sequence=event.sequence,
        told=len(change.news) if change and not is_over(event.ends_at) else 0,
    )
