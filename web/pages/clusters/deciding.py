"""How a cluster decides: what its approach means for it, as the policies of the services say."""

import asyncio
from collections.abc import Sequence
from functools import partial
from typing import Annotated
from uuid import UUID

from fastapi import Depends, Response
from starlette.datastructures import FormData

from kit.paths import Router
from web.clients.approaches import Approach, Approaches
from web.clients.clusters.clusters import Cluster, Clusters
from web.clients.clusters.proposals import DecisionRule, Proposals
from web.draft import Draft, number, text_of, typed
from web.pages.proposals.routes import RULE, rule_in
from web.refilling import refilling
from web.render import done, render
from web.shared import SERVICES
from web.shown import Shown
from web.visit import SignedIn, Visit, if_there

routes = Router()
NOT_FOUND = 404
Form = Annotated[FormData, Depends(typed)]
OTHER = {"top_down": "bottom_up", "bottom_up": "top_down"}


class HowWeDecide(Shown, template="clusters/deciding.html"):
    """`other` is the approach that this cluster has not; `away`: a service does not answer, and its part is missing.

    `rule` is None where the version of clusters before this one answers.
    """

    cluster: Cluster
    actions: Sequence[Approach]
    other: str
    away: bool
    rule: DecisionRule | None
    draft: Draft


@routes.get("/clusters/{cluster_id}/how-we-decide")
async def show(visit: SignedIn, cluster_id: UUID) -> Response:
    return await deciding_page(visit, cluster_id, Draft())


async def deciding_page(visit: Visit, cluster_id: UUID, draft: Draft, status: int = 200) -> Response:
    """Where somebody else was faster, the rule as they left it stands above what was chosen."""
    cluster, rule = await asyncio.gather(
        visit.ask(Clusters).show(cluster_id), if_there(visit.ask(Proposals).rule(cluster_id), NOT_FOUND)
    )
    if rule and draft.is_blank:
        draft = draft.but(process=rule.process, counted=rule.counted, days=rule.days, each=rule.needs_each_school)
    if rule:
        draft = draft.but(version=rule.version)
    asked = await asyncio.gather(*(if_there(visit.ask(Approaches, service).index()) for service in SERVICES))
    actions = [action for found in asked if found for action in found.actions]
    shown = HowWeDecide(
        cluster=cluster,
        actions=actions,
        other=OTHER[cluster.approach],
        away=None in asked,
        rule=rule,
        draft=draft,
    )
    return render(visit, shown, status)


@routes.post("/clusters/{cluster_id}/decision-rule")
async def change_rule(visit: SignedIn, cluster_id: UUID, form: Form) -> Response:
    values = {**text_of(form, *RULE, "version"), "each": "each" in form}
    with refilling(partial(deciding_page, visit, cluster_id), Draft(values).refused):
        version = number(str(values["version"]), 0)
        await visit.ask(Proposals).change_rule(cluster_id, version, rule_in(values))
    return done(visit.request, "decision_rule_changed", f"/clusters/{cluster_id}/how-we-decide")
