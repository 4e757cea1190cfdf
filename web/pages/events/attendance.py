import asyncio
from collections.abc import Iterable
from functools import partial
from typing import Annotated, Any
from uuid import UUID

from fastapi import Depends, Response
from starlette.datastructures import FormData

from kit.paths import Router
from web.clients.clusters.clusters import Clusters
from web.clients.events.events import Events
from web.clients.events.registration import Registration
from web.draft import Draft, typed
from web.languages import by_school_and_name
from web.pages.events.marks import Marks, marks_of
from web.pages.events.shown import MarkAttendance
from web.refilling import refilling
from web.render import done, render
from web.visit import SignedIn, Visit

routes = Router(prefix="/events")
Form = Annotated[FormData, Depends(typed)]


@routes.get("/{event_id}/attendance")
async def attendance(visit: SignedIn, event_id: UUID) -> Response:
    return await attendance_page(visit, event_id, None, Draft())


async def attendance_page(
    visit: Visit, event_id: UUID, sent: Marks | None, draft: Draft, status: int = 200
) -> Response:
    """`sent` are the marks of a form that was refused: they come back; with theirs, if somebody else was faster."""
    event, known, coming = await asyncio.gather(
        visit.ask(Events).show(event_id),
        visit.ask(Registration).attendance(event_id),
        visit.ask(Registration).everybody(event_id),
    )
    members = await visit.ask(Clusters).everybody(event.cluster_id)
    registered = {str(person.person_id) for person in coming}
    placed = {str(person.person_id) for person in coming if person.placed}
    theirs = {str(person.person_id) for person in known.came} if known.version else placed
    meanwhile = status == 412
    everybody: Iterable[Any] = (*known.came, *coming, *members)
    marks = Marks(theirs, theirs, known.version)
    if sent:
        marks = sent.on_top_of(marks) if meanwhile else sent
    shown = MarkAttendance(
        event=event,
        people=by_school_and_name({one.person_id: one for one in everybody}.values()),
        registered=registered,
        marks=marks,
        meanwhile=meanwhile,
        draft=draft,
    )
    return render(visit, shown, status)


@routes.post("/{event_id}/attendance")
async def mark_attendance(visit: SignedIn, event_id: UUID, form: Form) -> Response:
    sent = marks_of(form)
    with refilling(partial(attendance_page, visit, event_id, sent), Draft().refused):
        await visit.ask(Registration).mark_attendance(event_id, sent.version, sorted(sent.came))
    return done(visit.request, "attendance_saved", f"/events/{event_id}")
