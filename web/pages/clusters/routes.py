import asyncio
from functools import partial
from typing import Annotated
from uuid import UUID

from fastapi import Depends, Response
from starlette.datastructures import FormData

from kit.paths import Router
from web.clients.clusters.clusters import Clusters
from web.clients.clusters.joining import Joining
from web.clients.diaries.entries import Entries
from web.clients.events.events import Events
from web.draft import Draft, number, text_of, typed
from web.maps.places import map_of
from web.pages.clusters.shown import EditAims, ShowCluster
from web.refilling import refilling
from web.render import done, render
from web.visit import SignedIn, Visit, if_there

routes = Router(prefix="/clusters")
Form = Annotated[FormData, Depends(typed)]


@routes.get("/{cluster_id}")
async def show(visit: SignedIn, cluster_id: UUID, asked: str | None = None) -> Response:
    """`asked`: where the list of the schools that are asked goes on."""
    return await cluster_page(visit, cluster_id, Draft(), asked_after=asked)


async def cluster_page(
    visit: Visit, cluster_id: UUID, draft: Draft, status: int = 200, *, asked_after: str | None = None
) -> Response:
    cluster, asked, events, entries = await asyncio.gather(
        visit.ask(Clusters).show(cluster_id),
        visit.ask(Joining).of_cluster(cluster_id, asked_after),
        if_there(visit.ask(Events).index("upcoming", cluster_id=cluster_id, limit=5)),
        if_there(visit.ask(Entries).index(cluster_id=cluster_id, limit=5)),
    )
    await visit.sees(f"/clusters/{cluster_id}")
    where = map_of(cluster.schools, cluster.country)
    shown = ShowCluster(cluster=cluster, draft=draft, asked=asked, where=where, events=events, entries=entries)
    return render(visit, shown, status)


@routes.post("/{cluster_id}/closure")
async def close(visit: SignedIn, cluster_id: UUID, form: Form) -> Response:
    values = text_of(form, "word")
    with refilling(partial(cluster_page, visit, cluster_id), Draft(values).refused):
        await visit.ask(Clusters).close(cluster_id, values["word"])
    visit.forget_me()
    return done(visit.request, "cluster_closed", f"/clusters/{cluster_id}")


@routes.post("/{cluster_id}/closure/end")
async def reopen(visit: SignedIn, cluster_id: UUID) -> Response:
    with refilling(partial(cluster_page, visit, cluster_id), Draft().refused):
        await visit.ask(Clusters).reopen(cluster_id)
    visit.forget_me()
    return done(visit.request, "cluster_reopened", f"/clusters/{cluster_id}")


@routes.post("/{cluster_id}/memberships/{membership_id}/end")
async def release(visit: SignedIn, cluster_id: UUID, membership_id: UUID) -> Response:
    with refilling(partial(cluster_page, visit, cluster_id), Draft({"released": str(membership_id)}).refused):
        released = await visit.ask(Clusters).end_membership(membership_id)
    visit.forget_me()
    # Whose own school left sees the cluster no more.
    own = visit.me is not None and released in {standing.school_id for standing in visit.me.led}
    there = f"/schools/{released}" if own else f"/clusters/{cluster_id}"
    return done(visit.request, "school_released", there)


@routes.get("/{cluster_id}/aims")
async def edit(visit: SignedIn, cluster_id: UUID) -> Response:
    cluster = await visit.ask(Clusters).show(cluster_id)
    draft = Draft({"priorities": cluster.priorities, "goals": cluster.goals, "version": cluster.version})
    return render(visit, EditAims(cluster=cluster, draft=draft))


async def edited_meanwhile(visit: Visit, cluster_id: UUID, draft: Draft, status: int) -> Response:
    """The refused form; where somebody else was faster, what they saved beside it."""
    cluster = await visit.ask(Clusters).show(cluster_id)
    if status == 412:
        draft = draft.but(version=cluster.version)
        return render(visit, EditAims(cluster=cluster, draft=draft, theirs=cluster), status)
    return render(visit, EditAims(cluster=cluster, draft=draft), status)


@routes.post("/{cluster_id}/aims")
async def update(visit: SignedIn, cluster_id: UUID, form: Form) -> Response:
    values = text_of(form, "priorities", "goals", "version")
    version = number(values["version"], 0)
    with refilling(partial(edited_meanwhile, visit, cluster_id), partial(Draft(values).refused, text="priorities")):
        await visit.ask(Clusters).change_aims(
            cluster_id, version, priorities=values["priorities"], goals=values["goals"]
        )
    return done(visit.request, "aims_saved", f"/clusters/{cluster_id}")
