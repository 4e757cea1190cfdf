import asyncio

from fastapi import APIRouter, Response

from kit.clock import now
from web.render import render
from web.visit import AnyVisit, Visit, if_there

routes = APIRouter()


@routes.get("/")
async def index(visit: AnyVisit, after: str | None = None) -> Response:
    if visit.me is None:
        return await welcome(visit, after)
    events, diaries = await asyncio.gather(if_there(visit.events.today()), if_there(visit.entries.today()))
    minute = now().strftime("%Y%m%d%H%M")
    kept_by = (events.tag, diaries.tag, visit.me.tag, minute) if events and diaries else None
    return render(visit, "today/index.html", kept_by=kept_by, events=events, diaries=diaries)


async def welcome(visit: Visit, after: str | None) -> Response:
    entries = await if_there(visit.entries.public(after))
    return render(visit, "today/welcome.html", entries=entries)
