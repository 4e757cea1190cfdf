from kit.db import Reader
from kit.pages import After, IdKeys, Limit, Page, keys_of, page_of
from kit.policy import allowed
from kit.problems import Forbidden, documented
from kit.routing import router
from services.clusters.directory.offices import queries
from services.clusters.directory.offices.schemas import HeldOfficeOut
from services.clusters.policy import RULES
from services.roster.standing import CurrentMember

routes = router("/v1/offices", "offices")


@routes.get("", dependencies=[allowed(RULES, "office.see")], responses=documented(Forbidden))
async def list_offices(
    pool: Reader, actor: CurrentMember, after: After = None, limit: Limit = 20
) -> Page[HeldOfficeOut]:
    """Who coordinates the programme and its countries, in the order in which they began."""
    keys = keys_of(after, IdKeys)
    rows = await queries.held_offices(pool, actor, keys.id if keys else None, limit)
    return Page[HeldOfficeOut].model_validate(page_of(rows, limit, "id"))
