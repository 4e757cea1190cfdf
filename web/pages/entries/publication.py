"""Who reads an entry: publishing it, and taking it back."""

from functools import partial
from typing import Annotated
from uuid import UUID

from fastapi import Depends, Response
from starlette.datastructures import FormData

from kit.paths import Router
from web.clients.diaries.entries import Entries
from web.draft import Draft, typed
from web.pages.entries.routes import entry_page, entry_to
from web.pages.entries.shown import PublishEntry, RetractEntry
from web.refilling import refilling
from web.render import done, render
from web.visit import SignedIn

routes = Router(prefix="/entries/{entry_id}/publication")
Form = Annotated[FormData, Depends(typed)]


@routes.get("")
async def publication(visit: SignedIn, entry_id: UUID) -> Response:
    """What becomes public with it, before it does."""
    return render(visit, PublishEntry(entry=await entry_to(visit, entry_id, "publish")))


@routes.post("")
async def publish(visit: SignedIn, entry_id: UUID, form: Form) -> Response:
    reach = str(form.get("reach", ""))
    with refilling(partial(entry_page, visit, entry_id), Draft().refused):
        await visit.ask(Entries).publish(entry_id, reach)
    return done(visit.request, f"published_for_{reach}", f"/entries/{entry_id}#status")


@routes.get("/end")
async def retraction(visit: SignedIn, entry_id: UUID) -> Response:
    """What is hidden with it, before it is."""
    return render(visit, RetractEntry(entry=await entry_to(visit, entry_id, "retract")))


@routes.post("/end")
async def retract(visit: SignedIn, entry_id: UUID) -> Response:
    """Others than the author do not find it any more: they go on to the diary."""
    entry = await visit.ask(Entries).show(entry_id)
    with refilling(partial(entry_page, visit, entry_id), Draft().refused):
        await visit.ask(Entries).retract(entry_id)
    if "edit" not in entry.can:
        return done(visit.request, "retracted", "/entries")
    return done(visit.request, "retracted", f"/entries/{entry_id}#status", reach=entry.reach or "")
