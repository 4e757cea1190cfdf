from typing import Annotated, Any

from kit.db import Reader
from kit.policy import allowed
from kit.problems import Forbidden, documented
from kit.records import record_of
from kit.routing import router
from services.clusters.directory.people.models import Person
from services.clusters.directory.people.queries import myself
from services.clusters.doors.records.queries import SECTIONS
from services.clusters.policy import RULES

routes = router("/v1/me/record", "people")
Myself = Annotated[Person, allowed(RULES, "record.see", myself)]


@routes.get("", responses=documented(Forbidden))
async def show_record(person: Myself, pool: Reader) -> dict[str, list[dict[str, Any]]]:
    """All that clusters keeps about me, by the table that it stands in; 10,000 rows of each at most."""
    return await record_of(pool, SECTIONS, person.id)
