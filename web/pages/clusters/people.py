"""The people of a cluster, and the invitations into its schools."""

import asyncio
from collections.abc import Awaitable
from functools import partial
from typing import Annotated
from uuid import UUID

from fastapi import Depends, Response
from starlette.datastructures import FormData

from kit.client import Refused
from kit.paths import Router
from web.clients.clusters.clusters import Clusters
from web.clients.clusters.invitations import Invitations
from web.clients.clusters.staff import Staff
from web.draft import Draft, id_of, text_of, typed
from web.pages.clusters.shown import ShowPeople
from web.refilling import refilling
from web.render import done, render
from web.visit import SignedIn, Visit

routes = Router(prefix="/clusters/{cluster_id}")
Form = Annotated[FormData, Depends(typed)]
BY_SUBJECT = "subject"
INVITED = ("name", "mail", "role", "language", "works_at_both", "school_id")


@routes.get("/people")
async def people(
    visit: SignedIn,
    cluster_id: UUID,
    after: str | None = None,
    invited: str | None = None,
    by: str = "",
    q: str = "",
) -> Response:
    asked = Draft({"by": by if by == BY_SUBJECT else "", "q": q})
    return await people_page(visit, cluster_id, blank(visit), after=after, invited=invited, asked=asked)


def blank(visit: Visit) -> Draft:
    return Draft({"language": visit.language, "role": "teacher"})


async def people_page(
    visit: Visit,
    cluster_id: UUID,
    draft: Draft,
    status: int = 200,
    *,
    after: str | None = None,
    invited: str | None = None,
    asked: Draft | None = None,
) -> Response:
    asked = asked or Draft()
    cluster, page, invitations = await asyncio.gather(
        visit.ask(Clusters).show(cluster_id),
        visit.ask(Clusters).people(cluster_id, after, by=asked["by"] or None, q=asked["q"] or None),
        visit.ask(Invitations).of_cluster(cluster_id, invited),
    )
    shown = ShowPeople(cluster=cluster, page=page, invitations=invitations, draft=draft, asked=asked)
    return render(visit, shown, status)


def not_invited(values: dict[str, str], refused: Refused) -> Draft:
    if refused.status == 403:
        return Draft(values, {"role": [{"code": "role_not_yours"}]})
    return Draft(values).refused(refused)


@routes.post("/people")
async def invite(visit: SignedIn, cluster_id: UUID, form: Form) -> Response:
    values = text_of(form, *INVITED)
    who = {name: values[name] for name in INVITED if name != "school_id"}
    with refilling(partial(people_page, visit, cluster_id), partial(not_invited, values)):
        invited = await visit.ask(Invitations).invite(id_of(form, "school_id"), str(form.get("once", "")), **who)
    code = "invitation_proposed" if invited.state == "proposed" else "invited"
    return done(visit.request, code, f"/clusters/{cluster_id}/people")


@routes.post("/people/{staff_id}/end")
async def end_staff(visit: SignedIn, cluster_id: UUID, staff_id: UUID) -> Response:
    return await acted(visit, cluster_id, "staff_ended", visit.ask(Staff).end(staff_id))


@routes.post("/invitations/{invitation_id}/sending")
async def send_again(visit: SignedIn, cluster_id: UUID, invitation_id: UUID) -> Response:
    return await acted(visit, cluster_id, "invited", visit.ask(Invitations).send_again(invitation_id))


@routes.post("/invitations/{invitation_id}/end")
async def withdraw(visit: SignedIn, cluster_id: UUID, invitation_id: UUID) -> Response:
    return await acted(visit, cluster_id, "invitation_withdrawn", visit.ask(Invitations).withdraw(invitation_id))


async def acted(visit: Visit, cluster_id: UUID, code: str, asked: Awaitable[None]) -> Response:
    with refilling(partial(people_page, visit, cluster_id), blank(visit).refused):
        await asked
    return done(visit.request, code, f"/clusters/{cluster_id}/people")
