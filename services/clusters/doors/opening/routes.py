from datetime import datetime

from pydantic import BaseModel

from kit.db import Db
from kit.policy import allowed
from kit.problems import Forbidden, documented
from kit.routing import router
from services.clusters.doors.opening import actions
from services.clusters.doors.opening.models import HouseSetup
from services.clusters.policy import RULES
from services.roster.standing import CurrentMember

routes = router("/v1/house", "house")
refused = documented(Forbidden)


class SetupOut(BaseModel):
    """Since when the house is being set up; `opened_at` is null until it is open."""

    began_at: datetime
    opened_at: datetime | None


@routes.put("/setup", response_model=SetupOut, dependencies=[allowed(RULES, "house.set_up")], responses=refused)
async def begin_setup(db: Db) -> HouseSetup:
    """Begin to set the house up; said again, it changes nothing."""
    return await actions.begin_setup(db)


@routes.post("/opening", response_model=SetupOut, dependencies=[allowed(RULES, "house.open")], responses=refused)
async def open_house(db: Db, actor: CurrentMember) -> HouseSetup:
    """Open the house for good: from now on no program says when something happened."""
    return await actions.open_house(db, actor.client)
