from typing import Annotated
from uuid import UUID

from pydantic import BaseModel

from kit.db import Reader, Writer
from kit.pages import After, NamesLimit, Page, keys_of, page_by_name
from kit.policy import allowed
from kit.problems import Forbidden, NotFound, documented
from kit.routing import router
from services.events.events.queries import VisibleEvent, visible_event
from services.events.policy import RULES
from services.events.registration import actions
from services.events.registration.queries import Candidate, candidate, registered, registrant
from services.events.registration.schemas import RegisteredOut, RegistrationIn, RegistrationOut
from services.roster.standing import CurrentMember

routes = router("/v1/events/{event_id}/registrations", "registration")
refused = documented(Forbidden, NotFound)
Newcomer = Annotated[Candidate, allowed(RULES, "event.register", candidate)]
Registrant = Annotated[Candidate, allowed(RULES, "event.register", registrant)]


class InTheList(BaseModel):
    school: str
    name: str
    registration_id: UUID


@routes.get("", responses=documented(Forbidden, NotFound))
async def list_registrations(
    found: Annotated[VisibleEvent, allowed(RULES, "event.see", visible_event)],
    pool: Reader,
    actor: CurrentMember,
    after: After = None,
    limit: NamesLimit = 100,
) -> Page[RegisteredOut]:
    """Who comes, by school and name, as my language sorts them."""
    keys, people = keys_of(after, InTheList), await registered(pool, found.event.id)
    page = page_by_name(people, limit, actor.language, keys, "school", "name", "registration_id")
    return Page[RegisteredOut].model_validate(page)


@routes.put("/{person_id}", responses=refused)
async def register(who: Newcomer, asked: RegistrationIn, actor: CurrentMember, connection: Writer) -> RegistrationOut:
    """Ask for a place: oneself, or a colleague. Asking again changes nothing; for another place, it moves."""
    assert actor.id
    seat, position = await actions.register(
        connection,
        who.event.id,
        person_id=who.person_id,
        school_id=who.school_id,
        place_id=asked.place_id,
        meanwhile_online=asked.meanwhile_online,
        by=actor.id,
    )
    return RegistrationOut(
        registration_id=seat.registration_id,
        person_id=who.person_id,
        placed=seat.placed,
        waits_for=seat.waits_for,
        position=position,
    )


@routes.delete("/{person_id}/wait", status_code=204, responses=refused | documented(actions.NotWaiting))
async def leave_line(who: Registrant, actor: CurrentMember, connection: Writer) -> None:
    """Leave the line and keep the place that one has meanwhile; who has none gives up the registration with it."""
    assert actor.id
    await actions.leave_line(connection, who.event.id, who.person_id, actor.id)


@routes.delete("/{person_id}", status_code=204, responses=refused | documented(actions.NotRegistered))
async def withdraw(who: Registrant, actor: CurrentMember, connection: Writer) -> None:
    """Give up a place or a turn in the line; the first who waits moves up."""
    assert actor.id
    await actions.withdraw(connection, who.event.id, who.person_id, actor.id)
