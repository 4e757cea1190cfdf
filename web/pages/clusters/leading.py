"""Having a cluster led otherwise: what becomes of what waits in it, first."""

import asyncio
from functools import partial
from typing import Annotated
from uuid import UUID

from fastapi import Depends, Response
from starlette.datastructures import FormData

from kit.paths import Router
from web.clients.clusters.clusters import Cluster, ClusterApproach, Clusters
from web.draft import Draft, text_of, typed
from web.pages.clusters.deciding import OTHER
from web.refilling import refilling
from web.render import done, render
from web.shown import Shown
from web.visit import SignedIn, Visit

routes = Router()
Form = Annotated[FormData, Depends(typed)]


class ChangeApproach(Shown, template="clusters/approach.html"):
    """`other` is how it would be led."""

    cluster: Cluster
    waiting: ClusterApproach
    other: str
    draft: Draft


@routes.get("/clusters/{cluster_id}/approach")
async def edit(visit: SignedIn, cluster_id: UUID) -> Response:
    return await approach_page(visit, cluster_id, Draft())


async def approach_page(visit: Visit, cluster_id: UUID, draft: Draft, status: int = 200) -> Response:
    cluster, waiting = await asyncio.gather(
        visit.ask(Clusters).show(cluster_id), visit.ask(Clusters).approach(cluster_id)
    )
    shown = ChangeApproach(cluster=cluster, waiting=waiting, other=OTHER[waiting.approach], draft=draft)
    return render(visit, shown, status)


@routes.post("/clusters/{cluster_id}/approach")
async def change(visit: SignedIn, cluster_id: UUID, form: Form) -> Response:
    values = text_of(form, "approach", "word")
    with refilling(partial(approach_page, visit, cluster_id), Draft(values).refused):
        await visit.ask(Clusters).change_approach(cluster_id, values["approach"], values["word"])
    visit.forget_me()
    return done(visit.request, "approach_changed", f"/clusters/{cluster_id}/how-we-decide")
