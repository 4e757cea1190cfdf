from fastapi import Response

from kit.paths import Router
from web.clients.clusters.notices import NoticePage, Notices
from web.render import done, render
from web.shown import Shown
from web.visit import SignedIn

routes = Router(prefix="/notices")


class ListNotices(Shown, template="notices/index.html"):
    page: NoticePage


@routes.get("")
async def index(visit: SignedIn, after: str | None = None) -> Response:
    page = await visit.ask(Notices).mine(visit.language, after)
    return render(visit, ListNotices(page=page))


@routes.post("/seen")
async def see(visit: SignedIn) -> Response:
    """Everything is seen."""
    await visit.ask(Notices).see(None)
    visit.forget_me()
    return done(visit.request, "news_seen", "/notices")
