"""A person as others see them, and their picture."""

from uuid import UUID

from fastapi import Response

from kit.paths import Router
from web.clients.clusters.colleagues import Colleagues, Person
from web.render import picture_of, render
from web.shown import Shown
from web.visit import SignedIn

routes = Router(prefix="/people/{person_id}")
# So long a browser shows a picture that was taken away meanwhile.
FOR_A_MINUTE = {"Cache-Control": "private, max-age=60"}


class ShowPerson(Shown, template="people/show.html"):
    person: Person


@routes.get("")
async def show(visit: SignedIn, person_id: UUID) -> Response:
    return render(visit, ShowPerson(person=await visit.ask(Colleagues).show(person_id)))


@routes.get("/portrait/{portrait_id}")
async def portrait(visit: SignedIn, person_id: UUID, portrait_id: UUID, size: str = "small") -> Response:
    """The one that they show now; the id lets browsers tell a new one."""
    known = visit.request.headers.get("if-none-match")
    return picture_of(await visit.ask(Colleagues).portrait(person_id, size, known), **FOR_A_MINUTE)
