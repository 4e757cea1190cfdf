import re
from typing import Any

from fastapi import APIRouter, Response
from markupsafe import Markup, escape

from kit.client import Refused
from web.render import render
from web.visit import AnyVisit

routes = APIRouter(prefix="/mailbox")
LINK = re.compile(r"https?://\S+")


def linked(text: str) -> Markup:
    """A mail's text with its links to follow."""
    parts: list[Any] = []
    last = 0
    for found in LINK.finditer(text):
        parts += [escape(text[last : found.start()]), Markup('<a href="{0}">{0}</a>').format(found[0])]
        last = found.end()
    return Markup("").join([*parts, escape(text[last:])])


@routes.get("")
async def index(visit: AnyVisit, mail: str = "") -> Response:
    """Only where no mail server is set, on one's own machine."""
    if not visit.house.settings.mailbox:
        raise Refused(404)
    mails = await visit.notices.mailbox(mail[:320])
    return render(visit, "mailbox/index.html", mails=mails, mail=mail, linked=linked)
