from datetime import datetime
from typing import Annotated
from uuid import UUID

from pydantic import BaseModel

from kit.db import Db
from kit.policy import allowed
from kit.problems import Forbidden, NotFound, documented
from kit.routing import router
from services.clusters.offices import actions, queries
from services.clusters.offices.models import Office, OfficeKind
from services.clusters.policy import RULES
from services.roster.standing import CurrentMember

routes = router("/v1/offices", "offices")


class OfficeOut(BaseModel):
    id: UUID
    person_id: UUID
    kind: OfficeKind
    country: str | None
    began_at: datetime
    ended_at: datetime | None


@routes.delete("/{office_id}", response_model=OfficeOut, responses=documented(Forbidden, NotFound))
async def end_office(
    office: Annotated[Office, allowed(RULES, "office.give", queries.visible_office)],
    actor: CurrentMember,
    session: Db,
) -> Office:
    """Take an office away."""
    return await actions.end_office(session, office, actor.id)
