from typing import Annotated

from kit.db import Db
from kit.policy import allowed, anyone
from kit.problems import Forbidden, documented
from kit.routing import router
from services.clusters.directory.people.models import Person
from services.clusters.directory.people.queries import myself
from services.clusters.policy import RULES
from services.clusters.post.preferences import actions
from services.clusters.post.preferences.schemas import PreferencesIn, PreferencesOut, UnsubscribeIn

routes = router("/v1", "notices")
Myself = Annotated[Person, allowed(RULES, "preferences.choose", myself)]


@routes.get("/me/preferences", responses=documented(Forbidden))
async def show_preferences(person: Myself, db: Db) -> PreferencesOut:
    """What I hear of, and how."""
    return await actions.preferences_shown(db, person.id)


@routes.put("/me/preferences", responses=documented(Forbidden))
async def change_preferences(person: Myself, new: PreferencesIn, db: Db) -> PreferencesOut:
    """Choose what I hear of, and how."""
    await actions.change_preferences(db, person.id, new)
    return await actions.preferences_shown(db, person.id)


@routes.post(
    "/unsubscriptions",
    status_code=204,
    dependencies=[anyone("whoever has a mail has the key that stands in it")],
    responses=documented(actions.KeyUnknown),
)
async def stop_mails(said: UnsubscribeIn, db: Db) -> None:
    """No more mails of one kind, with the key of a mail."""
    await actions.stop_mails(db, said)
