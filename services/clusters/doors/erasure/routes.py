from typing import Annotated, Any

from kit.db import Db, Reader
from kit.policy import allowed
from kit.problems import Forbidden, documented
from kit.routing import router
from services.clusters.directory.people.models import Person
from services.clusters.directory.people.queries import myself
from services.clusters.directory.staff.actions import LastCoordinator
from services.clusters.doors.erasure import actions, queries
from services.clusters.doors.erasure.schemas import BeforeErasureOut, ErasureIn
from services.clusters.policy import RULES
from services.clusters.policy.states import LastProgrammeCoordinator

routes = router("/v1/me/erasure", "people")
Myself = Annotated[Person, allowed(RULES, "person.erase", myself)]


@routes.get("", response_model=BeforeErasureOut, responses=documented(Forbidden))
async def show_before_erasure(person: Myself, pool: Reader, db: Db) -> Any:
    """Who has to follow me before I can leave for good."""
    return {
        "schools": await queries.schools_without_another(pool, person.id),
        "is_last_programme_coordinator": await queries.is_last_programme_coordinator(db, person.id),
    }


@routes.post(
    "",
    status_code=202,
    response_model=None,
    responses=documented(Forbidden, actions.CameByNoLink, LastCoordinator, LastProgrammeCoordinator),
)
async def leave_for_good(person: Myself, asked: ErasureIn, db: Db) -> None:
    """Leave for good: every session ends now, and within a minute nothing is kept of me but a number.

    It cannot be undone.
    """
    await actions.leave_for_good(db, person, asked.writings, asked.session)
