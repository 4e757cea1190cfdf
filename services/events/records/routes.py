from typing import Any

from kit.db import Reader
from kit.policy import allowed
from kit.problems import Forbidden, documented
from kit.records import record_of
from kit.routing import router
from services.events.policy import RULES
from services.events.records.queries import SECTIONS
from services.roster.standing import CurrentMember

routes = router("/v1/me/record", "events")


@routes.get("", dependencies=[allowed(RULES, "record.see")], responses=documented(Forbidden))
async def show_record_of_meetings(actor: CurrentMember, pool: Reader) -> dict[str, list[dict[str, Any]]]:
    """All that events keeps about me, by the table that it stands in; 10,000 rows of each at most."""
    assert actor.id
    return await record_of(pool, SECTIONS, actor.id)
