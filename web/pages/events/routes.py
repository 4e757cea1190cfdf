import asyncio
from functools import partial
from typing import Annotated, Any, Literal
from uuid import UUID

from fastapi import Depends, Response
from starlette.datastructures import FormData

from kit.client import Refused
from kit.paths import Router
from web.clients.clusters.clusters import Cluster, Clusters
from web.clients.events.changes import Changes
from web.clients.events.events import Event, Events
from web.clients.events.registration import Registration
from web.draft import Draft, id_of, number, text_of, typed
from web.flash import Flash
from web.pages.events import forms, sites
from web.pages.events.shown import (
    CancelEvent,
    ChangeEvent,
    ChooseCluster,
    EditEvent,
    ListEvents,
    NewEvent,
    PreviewChange,
    ShowEvent,
    ShowRegistered,
)
from web.refilling import refilling
from web.render import done, render, wanted_block
from web.visit import SignedIn, Visit, if_there

routes = Router(prefix="/events")
Form = Annotated[FormData, Depends(typed)]
WORDS = ("title", "description", "language", "format")


@routes.get("")
async def index(visit: SignedIn, when: Literal["upcoming", "past"] = "upcoming", after: str | None = None) -> Response:
    page = await if_there(visit.ask(Events).index(when, after))
    return render(visit, ListEvents(page=page, when=when))


@routes.get("/new")
async def new(visit: SignedIn, cluster: UUID | None = None, after: str | None = None) -> Response:
    assert visit.me
    chosen = cluster or next(iter(visit.me.scheduled_clusters), None)
    if chosen is None and (visit.me.offices or not visit.me.open_clusters):
        return render(visit, ChooseCluster(page=await visit.ask(Clusters).index(after)))
    known = await visit.ask(Clusters).show(chosen) if chosen else None
    if known is None or not known.schedules:
        who = [] if known and known.closed_at else ["mentor_coordinator"]
        raise Refused(403, {"params": {"who": who}})
    values = dict.fromkeys(forms.TERMS, "") | {"zone": known.zone, "format": "meeting", "language": visit.language}
    return await new_page(visit, known, Draft(values | forms.with_rows(sites.rows(known.schools, ()))))


async def new_page(visit: Visit, cluster: Cluster, draft: Draft, status: int = 200) -> Response:
    usual = {known.format: known.minutes for known in await if_there(visit.ask(Events).formats()) or ()}
    return render(visit, NewEvent(cluster=cluster, draft=draft, usual=usual), status)


@routes.post("")
async def create(visit: SignedIn, form: Form) -> Response:
    known = await visit.ask(Clusters).show(id_of(form, "cluster_id"))
    values = forms.values_of(form, known, *WORDS)
    if "add_site" in form:
        return await new_page(visit, known, Draft(values))
    body = {"cluster_id": str(known.id)} | text_of(form, *WORDS) | forms.terms_of(values)
    with refilling(partial(new_page, visit, known), partial(forms.refused, values, text="description")):
        event_id = await visit.ask(Events).announce(str(form.get("once", "")), body)
    return done(visit.request, "event_announced", f"/events/{event_id}")


@routes.get("/{event_id}")
async def show(visit: SignedIn, event_id: UUID) -> Response:
    return await event_page(visit, event_id, Draft())


async def event_page(visit: Visit, event_id: UUID, draft: Draft, status: int = 200) -> Response:
    event = await visit.ask(Events).show(event_id)
    await visit.sees(f"/events/{event_id}")
    writes = visit.me is not None and event.cluster_id in visit.me.open_clusters
    kept_by = (event.tag, event.phase, "writes" if writes else "reads") if draft.is_blank else None
    return render(visit, ShowEvent(event=event, draft=draft, writes=writes), status, kept_by=kept_by)


@routes.post("/{event_id}/registration")
async def register(visit: SignedIn, event_id: UUID, form: Form) -> Response:
    assert visit.me
    place_id, meanwhile = str(form.get("place_id", "")), form.get("meanwhile") == "online"
    event = await visit.ask(Events).show(event_id)
    place = next((place for place in event.places if str(place.id) == place_id), None)
    if place and event.loses_for(place) and "sure" not in form:
        return await ask_first(visit, event_id, place_id)
    with refilling(partial(event_page, visit, event_id), Draft().refused):
        mine = await visit.ask(Registration).register(event_id, visit.me.id, place_id, meanwhile)
    return await after_registration(visit, event_id, "waiting" if mine.waits_for else "registered")


@routes.post("/{event_id}/registration/end")
async def withdraw(visit: SignedIn, event_id: UUID, form: Form) -> Response:
    assert visit.me
    event = await visit.ask(Events).show(event_id)
    if event.loses and "sure" not in form:
        return await ask_first(visit, event_id, "end")
    with refilling(partial(event_page, visit, event_id), Draft().refused):
        await visit.ask(Registration).withdraw(event_id, visit.me.id)
    left = event.my_place.id if event.my_place else ""
    return await after_registration(visit, event_id, "withdrawn", place_id=str(left))


@routes.post("/{event_id}/registration/wait/end")
async def leave_line(visit: SignedIn, event_id: UUID, form: Form) -> Response:
    assert visit.me
    event = await visit.ask(Events).show(event_id)
    if "sure" not in form:
        return await ask_first(visit, event_id, "wait")
    with refilling(partial(event_page, visit, event_id), Draft().refused):
        await visit.ask(Registration).leave_line(event_id, visit.me.id)
    return await after_registration(visit, event_id, "line_left" if event.my_place else "withdrawn")


async def ask_first(visit: Visit, event_id: UUID, to: str) -> Response:
    """Somebody began to wait after the page was shown: what would be lost is said before it is."""
    refused = Refused(409, {"type": "/problems/somebody-waits"})
    return await event_page(visit, event_id, Draft({"to": to}).refused(refused), refused.status)


async def after_registration(visit: Visit, event_id: UUID, code: str, **params: str) -> Response:
    if block := wanted_block(visit.request):
        visit.flash = Flash(code, block, visit.request.url.path, params)
        return await event_page(visit, event_id, Draft())
    return done(visit.request, code, f"/events/{event_id}#registration", **params)


@routes.get("/{event_id}/calendar.ics")
async def calendar(visit: SignedIn, event_id: UUID) -> Response:
    content = await visit.ask(Events).calendar(event_id)
    return Response(
        content, media_type="text/calendar", headers={"Content-Disposition": 'attachment; filename="event.ics"'}
    )


@routes.get("/{event_id}/edit")
async def edit(visit: SignedIn, event_id: UUID) -> Response:
    event = await visit.ask(Events).show(event_id)
    values = {name: getattr(event, name) for name in (*WORDS, "version")}
    return render(visit, EditEvent(event=event, draft=Draft(values)))


async def edited_meanwhile(visit: Visit, event_id: UUID, draft: Draft, status: int) -> Response:
    event = await visit.ask(Events).show(event_id)
    return render(visit, EditEvent(event=event, draft=draft.but(version=event.version)), status)


@routes.post("/{event_id}/edit")
async def update(visit: SignedIn, event_id: UUID, form: Form) -> Response:
    values: dict[str, Any] = text_of(form, *WORDS, "version")
    version, body = number(values["version"], 0), {name: values[name] for name in WORDS}
    with refilling(partial(edited_meanwhile, visit, event_id), partial(Draft(values).refused, text="description")):
        await visit.ask(Events).describe(event_id, version, body)
    return done(visit.request, "event_described", f"/events/{event_id}")


@routes.get("/{event_id}/change")
async def change_form(visit: SignedIn, event_id: UUID, online: bool = False) -> Response:
    event = await visit.ask(Events).show(event_id)
    cluster = await visit.ask(Clusters).show(event.cluster_id)
    values = forms.values_from(event, cluster)
    draft = Draft(forms.online_only(values, cluster) if online else values)
    return render(visit, ChangeEvent(event=event, draft=draft))


@routes.post("/{event_id}/change")
async def change(visit: SignedIn, event_id: UUID, form: Form) -> Response:
    """First what it does to whom; then, with the version that was seen, it happens."""
    event = await visit.ask(Events).show(event_id)
    values = forms.values_of(form, await visit.ask(Clusters).show(event.cluster_id))
    if "add_site" in form:
        return await change_page(visit, event, Draft(values))
    terms = forms.terms_of(values, event) | {"reason": values["reason"]}
    version = number(str(form.get("version", "")), None)
    with refilling(partial(change_page, visit, event), partial(forms.refused, values, text="reason")):
        if version is not None:
            told = await visit.ask(Changes).apply(event_id, version, terms, str(form.get("once", "")))
            code = "event_changed_for_people" if told else "event_changed"
            return done(visit.request, code, f"/events/{event_id}")
        preview = await visit.ask(Changes).preview(event_id, terms)
    return render(visit, PreviewChange(event=event, draft=Draft(values), preview=preview))


async def change_page(visit: Visit, event: Event, draft: Draft, status: int = 200) -> Response:
    return render(visit, ChangeEvent(event=event, draft=draft), status)


@routes.get("/{event_id}/cancellation")
async def cancellation(visit: SignedIn, event_id: UUID) -> Response:
    return await cancellation_page(visit, event_id, Draft())


async def cancellation_page(visit: Visit, event_id: UUID, draft: Draft, status: int = 200) -> Response:
    return render(visit, CancelEvent(event=await visit.ask(Events).show(event_id), draft=draft), status)


@routes.post("/{event_id}/cancellation")
async def cancel(visit: SignedIn, event_id: UUID, form: Form) -> Response:
    values = text_of(form, "reason")
    with refilling(partial(cancellation_page, visit, event_id), partial(Draft(values).refused, text="reason")):
        await visit.ask(Events).cancel(event_id, values["reason"], str(form.get("once", "")))
    return done(visit.request, "event_cancelled", f"/events/{event_id}")


@routes.get("/{event_id}/people")
async def people(visit: SignedIn, event_id: UUID, after: str | None = None) -> Response:
    event, page = await asyncio.gather(
        visit.ask(Events).show(event_id), visit.ask(Registration).registered(event_id, after)
    )
    return render(visit, ShowRegistered(event=event, page=page))
