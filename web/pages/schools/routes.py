"""The directory of schools, and the page of each."""

import asyncio
from collections.abc import Awaitable
from dataclasses import asdict
from functools import partial
from typing import Annotated
from uuid import UUID

from fastapi import Depends, Response
from starlette.datastructures import FormData

from kit.client import Refused
from kit.paths import Router
from web import languages
from web.clients.clusters.invitations import InvitationPage, Invitations
from web.clients.clusters.programme import Programmes
from web.clients.clusters.schools import DevelopmentPlan, School, SchoolItem, Schools, StaffPage
from web.clients.diaries.entries import Entries, EntryPage
from web.clients.events.events import EventPage, Events
from web.draft import Draft, number, text_of, typed
from web.maps.places import LEAST_OF_ONE, Map, map_of
from web.pages.invitations.correcting import INSTEAD, correcting, end_before
from web.pages.schools.finding import Wanted, found_page
from web.pages.schools.form import Said, blank, draft_of, said_in
from web.refilling import refilling
from web.render import done, render
from web.shown import Shown
from web.visit import SignedIn, Visit, if_there

routes = Router(prefix="/schools")
Form = Annotated[FormData, Depends(typed)]
CHANGED, NOT_FOUND = 412, 404


class ShowSchool(Shown, template="schools/show.html"):
    """`draft` is of somebody who is invited; `invitations` for who may invite."""

    school: School
    draft: Draft
    where: Map[School]
    people: StaffPage | None
    development_plan: DevelopmentPlan | None
    invitations: InvitationPage | None
    events: EventPage | None
    entries: EntryPage | None


class EditSchool(Shown, template="schools/edit.html"):
    """Before it is saved it may be asked whether it is one of those `alike`, and whether it is so `far` away."""

    school: School | None
    draft: Draft
    countries: list[tuple[str, str]]
    alike: list[SchoolItem]
    far: str


@routes.get("")
async def index(visit: SignedIn, wanted: Annotated[Wanted, Depends()], after: str | None = None) -> Response:
    return await found_page(visit, wanted, Draft(asdict(wanted)), after=after)


@routes.get("/new")
async def new(visit: SignedIn) -> Response:
    visit.hold_office()
    return await form_page(visit, None, blank(country=visit.office_country, zone=visit.zone or "UTC"))


async def form_page(
    visit: Visit,
    school: School | None,
    draft: Draft,
    status: int = 200,
    *,
    alike: list[SchoolItem] | None = None,
) -> Response:
    if school and status == CHANGED:
        draft = draft.but(version=school.version)
    led = bool(school and visit.me and school.id in {standing.school_id for standing in visit.me.led})
    countries = languages.countries([] if led else visit.countries(await visit.ask(Programmes).countries()))
    far = {"place_far", "place_swapped"}.intersection(error["code"] for error in draft.errors.get("latitude", []))
    shown = EditSchool(school=school, draft=draft, countries=countries, alike=alike or [], far="".join(far))
    return render(visit, shown, status)


@routes.post("")
async def register(visit: SignedIn, form: Form) -> Response:
    """Where a school of the town is called alike, it is asked first whether it is the same.

    Of a place far from its country it is asked whether it is right.
    """
    said: Said = said_in(form)
    place = {name: said.body[name] for name in ("name", "town", "country")}
    if "another" not in form and all(place.values()):
        with refilling(partial(form_page, visit, None), said.refused):
            alike = await visit.ask(Schools).alike(**place)
        if alike:
            return await form_page(visit, None, Draft(said.values), 409, alike=alike)
    with refilling(partial(form_page, visit, None), said.refused):
        school_id = await visit.ask(Schools).register(str(form.get("once", "")), said.body)
    return done(visit.request, "school_registered", f"/schools/{school_id}")


@routes.get("/{school_id}")
async def show(
    visit: SignedIn,
    school_id: UUID,
    instead: UUID | None = None,
    after: str | None = None,
    invited: str | None = None,
) -> Response:
    """`instead`: an invitation that is to be sent to another address.

    `after` and `invited`: where the lists of people and of invitations go on.
    """
    draft = await correcting(visit, nobody_yet(visit), instead)
    await visit.sees(f"/schools/{school_id}")
    return await school_page(visit, school_id, draft, after=after, invited=invited)


def nobody_yet(visit: Visit) -> Draft:
    return Draft({"language": visit.language})


async def school_page(
    visit: Visit,
    school_id: UUID,
    draft: Draft,
    status: int = 200,
    *,
    after: str | None = None,
    invited: str | None = None,
) -> Response:
    school = await visit.ask(Schools).show(school_id)
    cluster_id = school.clusters[0].id if school.clusters else None
    people, development_plan, invitations, events, entries = await asyncio.gather(
        visit.ask(Schools).people(school_id, after) if school.shows_people else nothing(),
        if_there(visit.ask(Schools).development_plan(school_id), NOT_FOUND) if school.shows_people else nothing(),
        visit.ask(Invitations).of_school(school_id, invited) if "invite" in school.can else nothing(),
        if_there(visit.ask(Events).index("upcoming", cluster_id=cluster_id, limit=5)) if cluster_id else nothing(),
        if_there(visit.ask(Entries).index(school_id=school_id, limit=5)) if cluster_id else nothing(),
    )
    where = map_of([school], school.country, LEAST_OF_ONE)
    shown = ShowSchool(
        school=school,
        draft=draft,
        where=where,
        people=people,
        development_plan=development_plan,
        invitations=invitations,
        events=events,
        entries=entries,
    )
    return render(visit, shown, status)


@routes.post("/{school_id}/people")
async def invite(visit: SignedIn, school_id: UUID, form: Form) -> Response:
    """A colleague, or the first who leads the school."""
    values = text_of(form, "name", "mail", "role", "language", "works_at_both")
    instead = text_of(form, INSTEAD)
    with refilling(partial(school_page, visit, school_id), Draft(values | instead).refused):
        invited = await visit.ask(Invitations).invite(school_id, str(form.get("once", "")), **values)
    await end_before(visit, instead[INSTEAD])
    code = "invitation_proposed" if invited.state == "proposed" else "invited"
    return done(visit.request, code, f"/schools/{school_id}")


@routes.post("/{school_id}/invitations/{invitation_id}/sending")
async def send_again(visit: SignedIn, school_id: UUID, invitation_id: UUID) -> Response:
    return await acted(visit, school_id, "invited", visit.ask(Invitations).send_again(invitation_id))


@routes.post("/{school_id}/invitations/{invitation_id}/end")
async def withdraw(visit: SignedIn, school_id: UUID, invitation_id: UUID) -> Response:
    return await acted(visit, school_id, "invitation_withdrawn", visit.ask(Invitations).withdraw(invitation_id))


async def acted(visit: Visit, school_id: UUID, code: str, asked: Awaitable[None]) -> Response:
    with refilling(partial(school_page, visit, school_id), nobody_yet(visit).refused):
        await asked
    return done(visit.request, code, f"/schools/{school_id}")


async def nothing() -> None:
    return None


@routes.get("/{school_id}/edit")
async def edit(visit: SignedIn, school_id: UUID) -> Response:
    school = await visit.ask(Schools).show(school_id)
    if "change" not in school.can:
        raise Refused(403)
    return await form_page(visit, school, draft_of(school))


@routes.post("/{school_id}/edit")
async def change(visit: SignedIn, school_id: UUID, form: Form) -> Response:
    said: Said = said_in(form)
    school = await visit.ask(Schools).show(school_id)
    with refilling(partial(form_page, visit, school), said.refused):
        await visit.ask(Schools).change(school_id, number(said.values["version"], None), said.body)
    return done(visit.request, "school_saved", f"/schools/{school_id}")
