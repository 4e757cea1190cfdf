from datetime import datetime
from typing import Annotated
from uuid import UUID

from pydantic import BaseModel, model_validator
from pydantic_core import PydanticCustomError

from kit.db import Db
from kit.fields import Language, Zone
from kit.policy import allowed
from kit.problems import Forbidden, NotFound, documented
from kit.routing import router
from services.clusters.offices import actions, queries
from services.clusters.offices.models import Office, OfficeKind
from services.clusters.people.schemas import Mail, Name
from services.clusters.policy import RULES
from services.clusters.schools.schemas import Country
from services.roster.standing import CurrentMember

routes = router("/v1/offices", "offices")


class OfficeIn(BaseModel):
    name: Name
    mail: Mail
    kind: OfficeKind
    country: Country | None = None
    language: Language = "en"
    zone: Zone = "UTC"

    @model_validator(mode="after")
    def country_where_it_counts(self) -> "OfficeIn":
        if (self.kind is OfficeKind.national_coordinator) != bool(self.country):
            raise PydanticCustomError(
                "country_mismatch", "a national coordinator has a country, a programme coordinator none"
            )
        return self


class OfficeOut(BaseModel):
    id: UUID
    person_id: UUID
    kind: OfficeKind
    country: str | None
    began_at: datetime
    ended_at: datetime | None


@routes.post(
    "",
    status_code=201,
    response_model=OfficeOut,
    dependencies=[allowed(RULES, "office.give")],
    responses=documented(Forbidden, actions.AlreadyInOffice),
)
async def give_office(new: OfficeIn, actor: CurrentMember, session: Db) -> Office:
    """Make somebody a national or the programme coordinator."""
    return await actions.give_office(session, new.model_dump(), actor.id)


@routes.delete("/{office_id}", response_model=OfficeOut, responses=documented(Forbidden, NotFound))
async def end_office(
    office: Annotated[Office, allowed(RULES, "office.give", queries.visible_office)],
    actor: CurrentMember,
    session: Db,
) -> Office:
    """Take an office away."""
    return await actions.end_office(session, office, actor.id)
