from dataclasses import asdict
from uuid import UUID

from pydantic import BaseModel

from kit.db import Reader
from kit.pages import After, Limit, Page, keys_of, page_of
from kit.policy import allowed, can
from kit.problems import Forbidden, documented
from kit.routing import router
from services.clusters.directory.offices import queries
from services.clusters.directory.offices.schemas import HeldOfficeOut
from services.clusters.policy import RULES
from services.roster.standing import CurrentMember

routes = router("/v1/offices", "offices")


class OfficeKeys(BaseModel):
    id: UUID


@routes.get("", dependencies=[allowed(RULES, "office.see")], responses=documented(Forbidden))
async def list_offices(
    pool: Reader, actor: CurrentMember, after: After = None, limit: Limit = 20
) -> Page[HeldOfficeOut]:
    """Who coordinates the programme and its countries, in the order in which they began."""
    keys = keys_of(after, OfficeKeys)
    held = await queries.held_offices(pool, keys.id if keys else None, limit)
    items = [asdict(office) | {"can": can(RULES, actor, "office", office)} for office in held]
    return Page[HeldOfficeOut].model_validate(page_of(items, limit, "id"))
