import asyncio
from collections.abc import AsyncIterator, Mapping
from contextlib import AbstractContextManager
from functools import partial
from typing import Annotated
from uuid import UUID

from fastapi import Depends, Request, Response
from fastapi.responses import StreamingResponse
from starlette.datastructures import FormData

from kit.paths import Router
from web.clients.diaries.comments import Comments
from web.clients.diaries.entries import Entries
from web.draft import Draft, number, text_of, typed
from web.flash import Flash
from web.pages.entries.routes import entry_page
from web.refilling import refilling
from web.render import done, wanted_block
from web.shared import Shared
from web.templates import query
from web.visit import AnyVisit, SignedIn, Visit

routes = Router(prefix="/entries")
Form = Annotated[FormData, Depends(typed)]
HEARTBEAT = 20


def answering(visit: Visit, entry_id: UUID, values: Mapping[str, str], **to: str) -> AbstractContextManager[None]:
    """Where it is refused, the page of the entry comes back, with what was typed in the form that it was sent `to`."""
    return refilling(partial(entry_page, visit, entry_id), partial(Draft({**values, **to}).refused, text="text"))


@routes.post("/{entry_id}/comments")
async def comment(visit: SignedIn, entry_id: UUID, form: Form) -> Response:
    values = text_of(form, "kind", "text")
    with answering(visit, entry_id, values):
        await visit.ask(Comments).comment(entry_id, str(form.get("once", "")), kind=values["kind"], text=values["text"])
    return await conversation(visit, entry_id, "comment_posted")


@routes.post("/{entry_id}/comments/{comment_id}/replies")
async def reply(visit: SignedIn, entry_id: UUID, comment_id: UUID, form: Form) -> Response:
    values = text_of(form, "text")
    with answering(visit, entry_id, values, to=str(comment_id)):
        await visit.ask(Comments).reply(entry_id, comment_id, str(form.get("once", "")), text=values["text"])
    return await conversation(visit, entry_id, "reply_posted")


@routes.post("/{entry_id}/comments/{comment_id}/resolution")
async def resolve(visit: SignedIn, entry_id: UUID, comment_id: UUID) -> Response:
    with answering(visit, entry_id, {}):
        await visit.ask(Comments).resolve(entry_id, comment_id)
    return await conversation(visit, entry_id, "question_resolved")


@routes.post("/{entry_id}/comments/{comment_id}/edit")
async def update(visit: SignedIn, entry_id: UUID, comment_id: UUID, form: Form) -> Response:
    values = text_of(form, "text", "version")
    with answering(visit, entry_id, values, to=f"edit-{comment_id}"):
        await visit.ask(Comments).change(entry_id, comment_id, number(values["version"], 0), text=values["text"])
    return await conversation(visit, entry_id, "comment_changed")


@routes.post("/{entry_id}/comments/{comment_id}/removal")
async def remove(visit: SignedIn, entry_id: UUID, comment_id: UUID, form: Form) -> Response:
    values = text_of(form, "version")
    with answering(visit, entry_id, {}, to=f"removal-{comment_id}"):
        await visit.ask(Comments).remove(entry_id, comment_id, number(values["version"], 0))
    return await conversation(visit, entry_id, "comment_removed")


async def conversation(visit: Visit, entry_id: UUID, code: str) -> Response:
    if block := wanted_block(visit.request):
        visit.flash = Flash(code, block, visit.request.url.path)
        return await entry_page(visit, entry_id, Draft())
    here = query(after=visit.request.query_params.get("after"))
    return done(visit.request, code, f"/entries/{entry_id}{here}#conversation")


@routes.get("/{entry_id}/live")
async def live(request: Request, visit: AnyVisit, entry_id: UUID) -> Response:
    """An event whenever something under this entry changes; for who may see the entry."""
    await visit.ask(Entries).show(entry_id)
    headers = {"Cache-Control": "no-store", "X-Accel-Buffering": "no"}
    return StreamingResponse(
        news(request, visit.shared, str(entry_id)), media_type="text/event-stream", headers=headers
    )


async def news(request: Request, shared: Shared, entry_id: str) -> AsyncIterator[str]:
    """Until the reader leaves, or others may read the entry than before: who still may asks anew."""
    with shared.live.watcher(entry_id) as watcher:
        yield "retry: 2000\n\n"
        waited = 0
        while not getattr(request.app.state, "stopping", False) and not await request.is_disconnected():
            try:
                await asyncio.wait_for(watcher.changed.wait(), 1)
                watcher.changed.clear()
                yield "event: changed\ndata: \n\n"
                if watcher.readers_changed:
                    return
            except TimeoutError:
                waited += 1
                if waited % HEARTBEAT == 0:
                    yield ": still here\n\n"
