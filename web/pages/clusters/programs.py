"""The programs that a cluster has let in."""

from typing import Annotated
from uuid import UUID

from fastapi import APIRouter, Depends, Response
from starlette.datastructures import FormData

from kit.client import Refused
from web.clients.clusters.clusters import Clusters
from web.clients.clusters.programs import Programs, Secret
from web.draft import Draft, text_of, texts_of, typed
from web.flash import Flash
from web.render import done, render
from web.visit import SignedIn, Visit

routes = APIRouter(prefix="/clusters/{cluster_id}/programs")
Form = Annotated[FormData, Depends(typed)]
SCOPES = ("act_for_people", "webhooks")
NOT_KEPT = {"Cache-Control": "no-store, no-cache"}


@routes.get("")
async def programs(visit: SignedIn, cluster_id: UUID) -> Response:
    return await programs_page(visit, cluster_id, Draft({"scopes": list(SCOPES)}))


async def programs_page(
    visit: Visit, cluster_id: UUID, draft: Draft, status: int = 200, secret: Secret | None = None
) -> Response:
    """`secret` is shown this once, and the page with it is kept nowhere."""
    cluster = await visit.ask(Clusters).show(cluster_id)
    listed = await visit.ask(Programs).of_cluster(cluster_id)
    answer = render(
        visit, "clusters/programs.html", status, cluster=cluster, programs=listed, draft=draft, secret=secret,
        scopes=SCOPES, api=visit.house.settings,
    )  # fmt: skip
    answer.headers.update(NOT_KEPT)
    return answer


@routes.post("")
async def let_in(visit: SignedIn, cluster_id: UUID, form: Form) -> Response:
    values = text_of(form, "name") | {"scopes": texts_of(form, "scopes")}
    try:
        secret = await visit.ask(Programs).let_in(cluster_id, str(form.get("once", "")), values)
    except Refused as refused:
        return await programs_page(visit, cluster_id, Draft(values).refused(refused), refused.status)
    return await told(visit, cluster_id, "program_let_in", secret)


@routes.post("/{client_id}/secrets")
async def rotate(visit: SignedIn, cluster_id: UUID, client_id: UUID, form: Form) -> Response:
    try:
        secret = await visit.ask(Programs).rotate(client_id, str(form.get("once", "")))
    except Refused as refused:
        draft = Draft({"scopes": list(SCOPES)}).refused(refused)
        return await programs_page(visit, cluster_id, draft, refused.status)
    return await told(visit, cluster_id, "secret_made", secret)


@routes.post("/{client_id}/end")
async def shut_out(visit: SignedIn, cluster_id: UUID, client_id: UUID) -> Response:
    await visit.ask(Programs).shut_out(client_id)
    return done(visit.request, "program_shut_out", f"/clusters/{cluster_id}/programs")


async def told(visit: Visit, cluster_id: UUID, code: str, secret: Secret) -> Response:
    """The page with the secret at once: on another one it would have to be kept until then."""
    visit.flash = Flash(code, "", visit.request.url.path)
    return await programs_page(visit, cluster_id, Draft({"scopes": list(SCOPES)}), secret=secret)
