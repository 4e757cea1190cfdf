"""How a cluster comes together: formed or proposed, its schools asked, and each answering for itself."""

import asyncio
from collections.abc import Awaitable
from functools import partial
from typing import Annotated
from uuid import UUID

from fastapi import Depends, Response
from starlette.datastructures import FormData

from kit.client import Refused
from kit.paths import Router
from web import languages
from web.clients.clusters.clusters import Cluster, Clusters
from web.clients.clusters.joining import Joining, SchoolInvitation, SchoolInvitationPage
from web.clients.clusters.programme import Programmes
from web.clients.clusters.schools import School, Schools, SchoolsPage
from web.draft import Draft, id_of, text_of, typed
from web.refilling import refilling
from web.render import done, render
from web.shown import Shown
from web.visit import SignedIn, Visit

routes = Router()
Form = Annotated[FormData, Depends(typed)]
FOUND_AT_ONCE = 10


class FormCluster(Shown, template="joining/new.html"):
    """`school` proposes it, if any; else an office forms it."""

    school: School | None
    draft: Draft
    countries: list[tuple[str, str]]


class AskSchools(Shown, template="joining/schools.html"):
    """`settled`: the schools that are in it, or asked."""

    cluster: Cluster
    settled: set[UUID]
    asked: SchoolInvitationPage
    found: SchoolsPage | None
    draft: Draft
    blank: Draft


class AnswerForSchool(Shown, template="joining/answer.html"):
    invitation: SchoolInvitation
    draft: Draft


@routes.get("/clusters/new")
async def new(visit: SignedIn) -> Response:
    visit.hold_office()
    return await forming_page(
        visit, Draft({"country": visit.office_country, "zone": visit.zone or "UTC", "approach": "top_down"})
    )


async def forming_page(visit: Visit, draft: Draft, status: int = 200) -> Response:
    countries = languages.countries(visit.countries(await visit.ask(Programmes).countries()))
    return render(visit, FormCluster(school=None, draft=draft, countries=countries), status)


@routes.post("/clusters/new")
async def form_cluster(visit: SignedIn, form: Form) -> Response:
    values = text_of(form, "name", "country", "approach", "zone")
    with refilling(partial(forming_page, visit), Draft(values).refused):
        cluster_id = await visit.ask(Joining).form(str(form.get("once", "")), **values)
    return done(visit.request, "cluster_formed", f"/clusters/{cluster_id}/schools")


@routes.get("/schools/{school_id}/clusters")
async def new_proposal(visit: SignedIn, school_id: UUID) -> Response:
    return await proposing_page(visit, school_id, Draft({"zone": visit.zone or "UTC"}))


async def proposing_page(visit: Visit, school_id: UUID, draft: Draft, status: int = 200) -> Response:
    school = await visit.ask(Schools).show(school_id)
    if "propose_cluster" not in school.can:
        raise Refused(403)
    return render(visit, FormCluster(school=school, draft=draft, countries=[]), status)


@routes.post("/schools/{school_id}/clusters")
async def propose(visit: SignedIn, school_id: UUID, form: Form) -> Response:
    values = text_of(form, "name", "zone")
    with refilling(partial(proposing_page, visit, school_id), Draft(values).refused):
        cluster_id = await visit.ask(Joining).propose(school_id, str(form.get("once", "")), **values)
    visit.forget_me()
    return done(visit.request, "cluster_formed", f"/clusters/{cluster_id}/schools")


@routes.get("/clusters/{cluster_id}/schools")
async def schools(
    visit: SignedIn, cluster_id: UUID, q: str = "", after: str | None = None, asked: str | None = None
) -> Response:
    """`after` and `asked`: where the schools that are found, and those that are asked, go on."""
    return await asking_page(visit, cluster_id, Draft({"q": q}), after=after, asked_after=asked)


async def asking_page(
    visit: Visit,
    cluster_id: UUID,
    draft: Draft,
    status: int = 200,
    *,
    after: str | None = None,
    asked_after: str | None = None,
) -> Response:
    """The schools that are asked; and those that are found by what was typed, each to be asked."""
    cluster, asked = await asyncio.gather(
        visit.ask(Clusters).show(cluster_id), visit.ask(Joining).of_cluster(cluster_id, asked_after)
    )
    found = None
    if draft["q"]:
        narrowed = {"q": draft["q"], "country": cluster.country, "limit": FOUND_AT_ONCE}
        found = await visit.ask(Schools).index(after, **narrowed)
    settled = {school.school_id for school in cluster.schools} | {
        one.school_id for one in asked.items if not one.answer
    }
    return render(
        visit,
        AskSchools(cluster=cluster, settled=settled, asked=asked, found=found, draft=draft, blank=Draft()),
        status,
    )


@routes.post("/clusters/{cluster_id}/schools")
async def ask_school(visit: SignedIn, cluster_id: UUID, form: Form) -> Response:
    values = text_of(form, "q", "role", "word", "school_id")
    said = {"school_id": str(id_of(form, "school_id")), "role": values["role"], "word": values["word"]}
    with refilling(partial(asking_page, visit, cluster_id), Draft(values).refused):
        await visit.ask(Joining).ask_school(cluster_id, str(form.get("once", "")), **said)
    return done(visit.request, "school_asked", f"/clusters/{cluster_id}/schools")


@routes.post("/clusters/{cluster_id}/schools/{invitation_id}/end")
async def withdraw(visit: SignedIn, cluster_id: UUID, invitation_id: UUID) -> Response:
    with refilling(partial(asking_page, visit, cluster_id), Draft().refused):
        await visit.ask(Joining).withdraw(invitation_id)
    return done(visit.request, "school_asked_no_more", f"/clusters/{cluster_id}/schools")


@routes.post("/clusters/{cluster_id}/beginning")
async def begin(visit: SignedIn, cluster_id: UUID) -> Response:
    with refilling(partial(asking_page, visit, cluster_id), Draft().refused):
        await visit.ask(Joining).begin(cluster_id)
    return done(visit.request, "cluster_begun", f"/clusters/{cluster_id}")


@routes.get("/school-invitations/{invitation_id}")
async def show(visit: SignedIn, invitation_id: UUID) -> Response:
    return await answering_page(visit, invitation_id, Draft())


async def answering_page(visit: Visit, invitation_id: UUID, draft: Draft, status: int = 200) -> Response:
    invitation = await visit.ask(Joining).show(invitation_id)
    await visit.sees(f"/school-invitations/{invitation_id}")
    return render(visit, AnswerForSchool(invitation=invitation, draft=draft), status)


@routes.post("/school-invitations/{invitation_id}/acceptance")
async def accept(visit: SignedIn, invitation_id: UUID, form: Form) -> Response:
    """Our school joins."""
    word = text_of(form, "word")["word"]
    return await answered(visit, invitation_id, word, "school_joined", visit.ask(Joining).accept(invitation_id, word))


@routes.post("/school-invitations/{invitation_id}/refusal")
async def decline(visit: SignedIn, invitation_id: UUID, form: Form) -> Response:
    """Our school does not join."""
    word = text_of(form, "word")["word"]
    return await answered(
        visit, invitation_id, word, "school_declined", visit.ask(Joining).decline(invitation_id, word)
    )


async def answered(visit: Visit, invitation_id: UUID, word: str, code: str, asked: Awaitable[None]) -> Response:
    with refilling(partial(answering_page, visit, invitation_id), Draft({"word": word}).refused):
        await asked
    visit.forget_me()
    return done(visit.request, code, "/")
