from fastapi import APIRouter, Response

from kit.client import Refused
from web.render import render
from web.visit import AnyVisit

routes = APIRouter(prefix="/mailbox")


@routes.get("")
async def index(visit: AnyVisit, mail: str = "") -> Response:
    """Only where no mail server is set, on one's own machine."""
    if not visit.house.settings.mailbox:
        raise Refused(404)
    mails = await visit.notices.mailbox(mail[:320])
    return render(visit, "mailbox/index.html", mails=mails, mail=mail)
