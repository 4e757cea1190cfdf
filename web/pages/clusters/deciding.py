"""How a cluster decides: what its approach means for it, as the policies of the services say."""

import asyncio
from collections.abc import Sequence
from uuid import UUID

from fastapi import Response

from kit.paths import Router
from web.clients.approaches import Approach, Approaches
from web.clients.clusters.clusters import Cluster, Clusters
from web.render import render
from web.shared import SERVICES
from web.shown import Shown
from web.visit import SignedIn, if_there

routes = Router()
OTHER = {"top_down": "bottom_up", "bottom_up": "top_down"}


class HowWeDecide(Shown, template="clusters/deciding.html"):
    """`other` is the approach that this cluster has not; `away`: a service does not answer, and its part is missing."""

    cluster: Cluster
    actions: Sequence[Approach]
    other: str
    away: bool


@routes.get("/clusters/{cluster_id}/how-we-decide")
async def show(visit: SignedIn, cluster_id: UUID) -> Response:
    cluster = await visit.ask(Clusters).show(cluster_id)
    asked = await asyncio.gather(*(if_there(visit.ask(Approaches, service).index()) for service in SERVICES))
    actions = [action for found in asked if found for action in found.actions]
    shown = HowWeDecide(cluster=cluster, actions=actions, other=OTHER[cluster.approach], away=None in asked)
    return render(visit, shown)
