"""Asking the national coordinator for help, and answering."""

import asyncio
from functools import partial
from typing import Annotated
from uuid import UUID

from fastapi import Depends, Response
from starlette.datastructures import FormData

from kit.paths import Router
from web.clients.clusters.clusters import Cluster, Clusters
from web.clients.clusters.help import Helping, HelpOffer, HelpPage, HelpPromise, HelpRequest
from web.draft import Draft, field_of, number, text_of, typed
from web.refilling import refilling
from web.render import done, render
from web.shown import Shown
from web.visit import SignedIn, Visit, if_there

routes = Router()
Form = Annotated[FormData, Depends(typed)]
ASKED = ("about", "text", "readers")
DAYS, NOT_FOUND = "days", 404


class AskForHelp(Shown, template="help/ask.html"):
    """`offer` is None where nothing can be asked."""

    cluster: Cluster
    offer: HelpOffer | None
    asked: HelpPage
    draft: Draft


class ShowHelp(Shown, template="help/show.html"):
    request_for: HelpRequest
    draft: Draft


class ListHelp(Shown, template="help/index.html"):
    """`waiting`: what waits for the reader's office; `promises` of the countries that they look after."""

    waiting: HelpPage
    page: HelpPage
    promises: list[HelpPromise]
    draft: Draft


@routes.get("/clusters/{cluster_id}/help")
async def of_cluster(visit: SignedIn, cluster_id: UUID, after: str | None = None) -> Response:
    return await asking_page(visit, cluster_id, Draft({"readers": "coordinators"}), after=after)


async def asking_page(
    visit: Visit, cluster_id: UUID, draft: Draft, status: int = 200, *, after: str | None = None
) -> Response:
    cluster = await visit.ask(Clusters).show(cluster_id)
    asked = await visit.ask(Helping).of_cluster(cluster_id, after)
    offer = await visit.ask(Helping).offer(cluster_id) if "ask_help" in cluster.can else None
    return render(visit, AskForHelp(cluster=cluster, offer=offer, asked=asked, draft=draft), status)


@routes.post("/clusters/{cluster_id}/help")
async def ask(visit: SignedIn, cluster_id: UUID, form: Form) -> Response:
    values = text_of(form, *ASKED)
    with refilling(partial(asking_page, visit, cluster_id), Draft(values).refused):
        request_id = await visit.ask(Helping).ask_for(cluster_id, str(form.get("once", "")), **values)
    return done(visit.request, "help_asked", f"/help/{request_id}")


@routes.get("/help")
async def index(visit: SignedIn, after: str | None = None, waiting: str | None = None) -> Response:
    visit.hold_office()
    return await help_page(visit, Draft(), after=after, waiting=waiting)


async def help_page(
    visit: Visit, draft: Draft, status: int = 200, *, after: str | None = None, waiting: str | None = None
) -> Response:
    assert visit.me
    countries = [office.country for office in visit.me.offices if office.country]
    late, page, known = await asyncio.gather(
        visit.ask(Helping).index(waiting, waiting=True),
        visit.ask(Helping).index(after),
        # Not found where a country takes no part any more.
        asyncio.gather(*(if_there(visit.ask(Helping).promise(country), NOT_FOUND) for country in countries)),
    )
    promises = [promise for promise in known if promise and "change" in promise.can]
    promised = {field_of(DAYS, one.country, "days"): one.days for one in promises}
    draft = draft.but(**promised | dict(draft.values))
    return render(visit, ListHelp(waiting=late, page=page, promises=promises, draft=draft), status)


@routes.post("/help/promises/{country}")
async def promise(visit: SignedIn, country: str, form: Form) -> Response:
    field = field_of(DAYS, country, "days")
    values = text_of(form, "version", field)
    draft = Draft({field: values[field]})
    with refilling(partial(help_page, visit), partial(draft.refused, fields={"days": field})):
        days = number(values[field], values[field])
        await visit.ask(Helping).change_promise(country, number(values["version"], 0), days)
    return done(visit.request, "help_promised", "/help#promises")


@routes.get("/help/{request_id}")
async def show(visit: SignedIn, request_id: UUID) -> Response:
    return await request_page(visit, request_id, Draft())


async def request_page(visit: Visit, request_id: UUID, draft: Draft, status: int = 200) -> Response:
    found = await visit.ask(Helping).show(request_id)
    await visit.sees(f"/help/{request_id}")
    return render(visit, ShowHelp(request_for=found, draft=draft), status)


@routes.post("/help/{request_id}/answers")
async def answer(visit: SignedIn, request_id: UUID, form: Form) -> Response:
    values, settled = text_of(form, "text"), "settled" in form
    with refilling(partial(request_page, visit, request_id), Draft(values).refused):
        if settled and not values["text"].strip():
            await visit.ask(Helping).settle(request_id)
        else:
            await visit.ask(Helping).answer(request_id, str(form.get("once", "")), values["text"], settled=settled)
    return done(visit.request, "help_settled" if settled else "help_answered", f"/help/{request_id}#written")


@routes.post("/help/{request_id}/climb")
async def climb(visit: SignedIn, request_id: UUID) -> Response:
    with refilling(partial(request_page, visit, request_id), Draft().refused):
        await visit.ask(Helping).climb(request_id)
    return done(visit.request, "help_climbed", f"/help/{request_id}#written")
