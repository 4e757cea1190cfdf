"""The programs that a cluster has let in."""

from functools import partial
from typing import Annotated
from uuid import UUID

from fastapi import Depends, Response
from starlette.datastructures import FormData

from kit.paths import Router
from web.clients.clusters.clusters import Clusters
from web.clients.clusters.programs import Programs, Secret
from web.draft import Draft, text_of, texts_of, typed
from web.flash import Flash
from web.pages.clusters.shown import ShowPrograms
from web.refilling import refilling
from web.render import done, render
from web.shown import NOT_KEPT
from web.visit import SignedIn, Visit

routes = Router(prefix="/clusters/{cluster_id}/programs")
Form = Annotated[FormData, Depends(typed)]
SCOPES = ("act_for_people", "webhooks")


@routes.get("")
async def programs(visit: SignedIn, cluster_id: UUID) -> Response:
    return await programs_page(visit, cluster_id, Draft({"scopes": list(SCOPES)}))


async def programs_page(
    visit: Visit, cluster_id: UUID, draft: Draft, status: int = 200, secret: Secret | None = None
) -> Response:
    """`secret` is shown this once, and the page with it is kept nowhere."""
    cluster = await visit.ask(Clusters).show(cluster_id)
    listed = await visit.ask(Programs).of_cluster(cluster_id)
    shown = ShowPrograms(
        cluster=cluster, programs=listed, draft=draft, secret=secret, scopes=SCOPES, api=visit.shared.settings
    )
    answer = render(visit, shown, status)
    answer.headers.update(NOT_KEPT)
    return answer


@routes.post("")
async def let_in(visit: SignedIn, cluster_id: UUID, form: Form) -> Response:
    values = text_of(form, "name") | {"scopes": texts_of(form, "scopes")}
    with refilling(partial(programs_page, visit, cluster_id), Draft(values).refused):
        secret = await visit.ask(Programs).let_in(cluster_id, str(form.get("once", "")), values)
    return await told(visit, cluster_id, "program_let_in", secret)


@routes.post("/{client_id}/secrets")
async def rotate(visit: SignedIn, cluster_id: UUID, client_id: UUID, form: Form) -> Response:
    with refilling(partial(programs_page, visit, cluster_id), Draft({"scopes": list(SCOPES)}).refused):
        secret = await visit.ask(Programs).rotate(client_id, str(form.get("once", "")))
    return await told(visit, cluster_id, "secret_made", secret)


@routes.post("/{client_id}/end")
async def shut_out(visit: SignedIn, cluster_id: UUID, client_id: UUID) -> Response:
    await visit.ask(Programs).shut_out(client_id)
    return done(visit.request, "program_shut_out", f"/clusters/{cluster_id}/programs")


async def told(visit: Visit, cluster_id: UUID, code: str, secret: Secret) -> Response:
    """The page with the secret at once: on another one it would have to be kept until then."""
    visit.flash = Flash(code, "", visit.request.url.path)
    return await programs_page(visit, cluster_id, Draft({"scopes": list(SCOPES)}), secret=secret)
