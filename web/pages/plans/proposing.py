"""Asking the others before something is written into a plan."""

from functools import partial
from typing import Any
from uuid import UUID

from fastapi import Response

from kit.paths import Router
from web.clients.clusters.plans import Plans
from web.clients.clusters.proposals import Proposals
from web.draft import Draft, id_of, number, text_of
from web.pages.plans.routes import SAID, Form, part_page, said_in
from web.refilling import refilling
from web.render import done
from web.visit import SignedIn

routes = Router()
MEANT = "plan-part-"


@routes.post("/plans/{plan_id}/proposals")
async def propose_part(visit: SignedIn, plan_id: UUID, form: Form) -> Response:
    """A new part, or one written anew, as the form of a part has it."""
    values = text_of(form, *SAID, "version")
    part_id = id_of(form, "part_id") if form.get("part_id") else None
    plan = await visit.ask(Plans).show(plan_id)
    fields = {f"{MEANT}{name}": name for name in SAID}
    with refilling(partial(part_page, visit, plan_id, part_id), partial(Draft(values).refused, fields=fields)):
        part: dict[str, Any] = {"plan_id": str(plan_id), "part": said_in(values)}
        if part_id:
            part |= {"part_id": str(part_id), "version": number(values["version"], 1)}
        said = {"matter": "plan", "title": values["title"], "language": values["language"], "plan": part}
        proposal_id = await visit.ask(Proposals).propose(plan.cluster_id, str(form.get("once", "")), said)
    visit.forget_me()
    return done(visit.request, "proposal_made", f"/proposals/{proposal_id}")
