from typing import Annotated, Any

from kit.db import Db
from kit.policy import allowed
from kit.problems import Forbidden, documented
from kit.routing import router
from services.clusters.directory.people import actions, queries
from services.clusters.directory.people.models import Person
from services.clusters.directory.people.schemas import PersonOut, ProfileIn
from services.clusters.policy import RULES

routes = router("/v1/me", "people")
refused = documented(Forbidden)
Myself = Annotated[Person, allowed(RULES, "profile.change", queries.myself)]


@routes.put("", response_model=PersonOut, responses=refused)
async def change_profile(person: Myself, profile: ProfileIn, db: Db) -> Any:
    """Change my name, language and time zone."""
    return await actions.change_profile(db, person, **profile.model_dump())
