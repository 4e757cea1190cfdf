"""Where a cluster works: its coordinator names the tools, each school says when it cannot get in."""

from collections.abc import Sequence
from functools import partial
from typing import Annotated
from uuid import UUID

from fastapi import Depends, Response
from starlette.datastructures import FormData

from kit.client import Refused
from kit.paths import Router
from web.clients.clusters.clusters import Cluster, Clusters
from web.clients.clusters.tools import Tool, Tools
from web.draft import Draft, field_of, number, text_of, typed
from web.pages.clusters.routes import cluster_page
from web.refilling import refilling
from web.render import done, render
from web.shown import Shown
from web.visit import SignedIn, Visit

routes = Router(prefix="/clusters/{cluster_id}/tools")
Form = Annotated[FormData, Depends(typed)]
SAID = ("kind", "name", "address", "note")
CHANGED = 412
USUAL = (
    "BigBlueButton", "Canvas", "Dropbox", "Google Classroom", "Google Drive", "Google Meet", "ILIAS", "itslearning",
    "Jitsi Meet", "Microsoft OneDrive", "Microsoft SharePoint", "Microsoft Teams", "Moodle", "Nextcloud", "Webex",
    "Zoom",
)  # fmt: skip


class EditTool(Shown, template="tools/edit.html"):
    """`tool` is None for a new one; `usual` are names that are offered."""

    cluster: Cluster
    tool: Tool | None
    draft: Draft
    usual: Sequence[str]


@routes.get("/new")
async def new(visit: SignedIn, cluster_id: UUID) -> Response:
    if "add_tool" not in (await visit.ask(Clusters).show(cluster_id)).can:
        raise Refused(403)
    return await form_page(visit, cluster_id, None, Draft())


@routes.post("")
async def add(visit: SignedIn, cluster_id: UUID, form: Form) -> Response:
    values = text_of(form, *SAID)
    with refilling(partial(form_page, visit, cluster_id, None), Draft(values).refused):
        await visit.ask(Tools).add(cluster_id, str(form.get("once", "")), said_in(values))
    return done(visit.request, "tool_added", f"/clusters/{cluster_id}#tools")


@routes.get("/{tool_id}/edit")
async def edit(visit: SignedIn, cluster_id: UUID, tool_id: UUID) -> Response:
    tool = await visit.ask(Tools).show(tool_id)
    draft = Draft({name: getattr(tool, name) for name in (*SAID, "version")})
    return await form_page(visit, cluster_id, tool_id, draft)


@routes.post("/{tool_id}/edit")
async def change(visit: SignedIn, cluster_id: UUID, tool_id: UUID, form: Form) -> Response:
    values = text_of(form, *SAID, "version")
    with refilling(partial(form_page, visit, cluster_id, tool_id), Draft(values).refused):
        await visit.ask(Tools).change(tool_id, number(values["version"], 0), said_in(values))
    return done(visit.request, "tool_changed", f"/clusters/{cluster_id}#tools")


def said_in(values: dict[str, str]) -> dict[str, str]:
    return {name: values[name] for name in SAID}


async def form_page(visit: Visit, cluster_id: UUID, tool_id: UUID | None, draft: Draft, status: int = 200) -> Response:
    """Where somebody else was faster, the form says so, and sends their version along."""
    cluster = await visit.ask(Clusters).show(cluster_id)
    tool = await visit.ask(Tools).show(tool_id) if tool_id else None
    if tool and status == CHANGED:
        draft = draft.but(version=tool.version)
    return render(visit, EditTool(cluster=cluster, tool=tool, draft=draft, usual=USUAL), status)


@routes.post("/{tool_id}/end")
async def remove(visit: SignedIn, cluster_id: UUID, tool_id: UUID) -> Response:
    with refilling(partial(cluster_page, visit, cluster_id), Draft().refused):
        await visit.ask(Tools).remove(tool_id)
    return done(visit.request, "tool_removed", f"/clusters/{cluster_id}#tools")


@routes.post("/{tool_id}/lockouts/{school_id}")
async def lock_out(visit: SignedIn, cluster_id: UUID, tool_id: UUID, school_id: UUID, form: Form) -> Response:
    name = field_of("lockout", f"{tool_id}-{school_id}", "word")
    values = text_of(form, name)
    with refilling(partial(cluster_page, visit, cluster_id), partial(Draft(values).refused, fields={"word": name})):
        await visit.ask(Tools).lock_out(tool_id, school_id, values[name])
    return done(visit.request, "locked_out", f"/clusters/{cluster_id}#tools")


@routes.post("/{tool_id}/lockouts/{school_id}/end")
async def let_in(visit: SignedIn, cluster_id: UUID, tool_id: UUID, school_id: UUID) -> Response:
    with refilling(partial(cluster_page, visit, cluster_id), Draft().refused):
        await visit.ask(Tools).let_in(tool_id, school_id)
    return done(visit.request, "let_in", f"/clusters/{cluster_id}#tools")
