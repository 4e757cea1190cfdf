from fastapi import Response

from kit.client import Refused
from kit.paths import Router
from web.clients.clusters.notices import MailPage, Notices
from web.render import render
from web.shown import Shown
from web.visit import AnyVisit

routes = Router(prefix="/mailbox")


class ListMailbox(Shown, template="mailbox/index.html"):
    page: MailPage
    mail: str


@routes.get("")
async def index(visit: AnyVisit, mail: str = "", after: str | None = None) -> Response:
    """Only where no mail server is set, on one's own machine."""
    if not visit.shared.settings.mailbox:
        raise Refused(404)
    page = await visit.ask(Notices).mailbox(mail[:320], after)
    return render(visit, ListMailbox(page=page, mail=mail))
