from functools import partial
from typing import Annotated, Any, Literal
from uuid import UUID

from fastapi import Depends, Response
from fastapi.responses import HTMLResponse
from starlette.datastructures import FormData

from kit.client import Refused
from kit.paths import Router
from web.clients.diaries.comments import Comments
from web.clients.diaries.entries import Entries, Entry
from web.clients.diaries.pictures import Pictures
from web.clients.events.events import Events
from web.draft import Draft, file_of, number, text_of, typed, typed_with_file
from web.guests import same_for_guests
from web.pages.entries.shown import EditEntry, ListEntries, NewEntry, RemoveEntry, ShowEntry
from web.refilling import refilling
from web.render import done, picture_of, render
from web.templates import query
from web.visit import AnyVisit, SignedIn, Visit, if_there

routes = Router(prefix="/entries")
Form = Annotated[FormData, Depends(typed)]
WORDS = ("title", "text", "language")


@routes.get("")
async def index(
    visit: SignedIn, of: Literal["clusters", "everyone"] = "clusters", after: str | None = None
) -> Response:
    page = await if_there(visit.ask(Entries).public(after) if of == "everyone" else visit.ask(Entries).index(after))
    return render(visit, ListEntries(page=page, of=of))


@routes.get("/new")
async def new(visit: SignedIn, event: UUID | None = None) -> Response:
    assert visit.me
    values: dict[str, Any] = {"language": visit.language, "cluster_id": next(iter(visit.me.open_clusters), "")}
    origin = await visit.ask(Events).show(event) if event else None
    if origin:
        values |= {"title": origin.title, "event_id": origin.id, "cluster_id": origin.cluster_id}
    return render(visit, NewEntry(draft=Draft(values), origin=origin))


async def new_page(visit: Visit, draft: Draft, status: int) -> Response:
    return render(visit, NewEntry(draft=draft, origin=None), status)


@routes.post("")
async def create(visit: SignedIn, form: Form) -> Response:
    values = text_of(form, *WORDS, "cluster_id", "event_id")
    body = values | {"event_id": values["event_id"] or None}
    with refilling(partial(new_page, visit), partial(Draft(values).refused, text="text")):
        entry_id = await visit.ask(Entries).start(str(form.get("once", "")), body)
    return done(visit.request, "entry_started", f"/entries/{entry_id}#status")


@routes.get("/{entry_id}")
@same_for_guests
async def show(visit: AnyVisit, entry_id: UUID) -> Response:
    return await entry_page(visit, entry_id, Draft())


async def entry_page(visit: Visit, entry_id: UUID, draft: Draft, status: int = 200) -> HTMLResponse:
    entry, after = await visit.ask(Entries).show(entry_id), visit.request.query_params.get("after", "")
    comments = await visit.ask(Comments).page(entry_id, after) if after else entry.first_comments
    await visit.sees(f"/entries/{entry_id}")
    kept_by = (entry.tag,) if draft.is_blank and not after else None
    shown = ShowEntry(entry=entry, comments=comments, draft=draft, here=query(after=after))
    return render(visit, shown, status, kept_by=kept_by)


@routes.get("/{entry_id}/edit")
async def edit(visit: SignedIn, entry_id: UUID) -> Response:
    entry = await visit.ask(Entries).show(entry_id)
    return render(visit, EditEntry(entry=entry, draft=Draft(entry.model_dump())))


@routes.post("/{entry_id}/edit")
async def update(visit: SignedIn, entry_id: UUID, form: Form) -> Response:
    values = text_of(form, *WORDS, "version")
    version = number(values["version"], 0)
    with refilling(partial(edited_meanwhile, visit, entry_id), partial(Draft(values).refused, text="text")):
        await visit.ask(Entries).change(entry_id, version, **{name: values[name] for name in WORDS})
    return done(visit.request, "entry_saved", f"/entries/{entry_id}#status")


async def edited_meanwhile(visit: Visit, entry_id: UUID, draft: Draft, status: int) -> Response:
    """The refused form; where somebody else was faster, their text beside mine."""
    entry = await visit.ask(Entries).show(entry_id)
    if status == 412:
        return render(visit, EditEntry(entry=entry, draft=draft.but(version=str(entry.version)), theirs=entry), status)
    return render(visit, EditEntry(entry=entry, draft=draft), status)


@routes.get("/{entry_id}/removal")
async def removal(visit: SignedIn, entry_id: UUID) -> Response:
    """What is lost with it, before it is deleted."""
    return render(visit, RemoveEntry(entry=await entry_to(visit, entry_id, "remove"), draft=Draft()))


async def entry_to(visit: Visit, entry_id: UUID, verb: str) -> Entry:
    """An entry for a form that only who may do it gets to see."""
    entry = await visit.ask(Entries).show(entry_id)
    if verb not in entry.can:
        raise Refused(403)
    return entry


async def removal_page(visit: Visit, entry_id: UUID, draft: Draft, status: int) -> Response:
    entry = await visit.ask(Entries).show(entry_id)
    return render(visit, RemoveEntry(entry=entry, draft=draft), status)


@routes.post("/{entry_id}/removal")
async def remove(visit: SignedIn, entry_id: UUID, form: Form) -> Response:
    with refilling(partial(removal_page, visit, entry_id), Draft().refused):
        await visit.ask(Entries).remove(entry_id, number(str(form.get("version", "")), 0))
    return done(visit.request, "entry_removed", "/entries")


@routes.post("/{entry_id}/pictures")
async def add_picture(visit: SignedIn, entry_id: UUID, form: Annotated[FormData, Depends(typed_with_file)]) -> Response:
    values = text_of(form, "description")
    file = await file_of(form)
    draft = Draft(values | {"to": "pictures"})
    with refilling(partial(entry_page, visit, entry_id), partial(draft.refused, text="file")):
        await visit.ask(Pictures).add(entry_id, str(form.get("once", "")), values["description"], file)
    return done(visit.request, "picture_added", f"/entries/{entry_id}#pictures")


@routes.get("/{entry_id}/pictures/{picture_id}")
async def picture(visit: AnyVisit, entry_id: UUID, picture_id: UUID, size: str = "large") -> Response:
    known = visit.request.headers.get("if-none-match")
    found = await visit.ask(Pictures).show(entry_id, picture_id, size, known)
    return picture_of(found)


@routes.post("/{entry_id}/pictures/{picture_id}/end")
async def remove_picture(visit: SignedIn, entry_id: UUID, picture_id: UUID) -> Response:
    await visit.ask(Pictures).remove(entry_id, picture_id)
    return done(visit.request, "picture_removed", f"/entries/{entry_id}#pictures")
