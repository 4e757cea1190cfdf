"""What somebody hears of, and how; and the page of the link in each mail that stops its kind."""

from datetime import UTC, datetime, timedelta
from functools import partial
from typing import Annotated

from fastapi import Depends, Response
from starlette.datastructures import FormData

from kit.client import Refused
from kit.paths import Router
from web import languages
from web.clients.clusters.preferences import KindOfNews, Preferences, Unsubscriptions
from web.draft import Draft, field_of, lines_of, text_of, typed
from web.flash import Flash
from web.refilling import refilling
from web.render import done, render
from web.shown import Shown
from web.visit import AnyVisit, SignedIn, Visit
from web.words.post import FAMILIES

routes = Router()
Form = Annotated[FormData, Depends(typed)]
WAYS, TERMS = "way", ("every", "weekday", "hour", "without_content")
NO_MAIL_OF_OURS = (404, 422)
MONDAY = datetime(2024, 1, 1, tzinfo=UTC)


class ShowHearing(Shown, template="hearing/edit.html"):
    """`families`: the kinds of news that may come to the reader, by family."""

    families: list[tuple[str, list[KindOfNews]]]
    weekdays: list[tuple[int, str]]
    hours: list[tuple[int, str]]
    draft: Draft


class Unsubscribe(Shown, template="hearing/unsubscribe.html"):
    """`stopped`: it is done."""

    kind: str
    key: str
    stopped: bool
    draft: Draft


@routes.get("/profile/hearing")
async def edit(visit: SignedIn) -> Response:
    return await hearing_page(visit, Draft())


async def hearing_page(visit: Visit, draft: Draft, status: int = 200) -> Response:
    """As it is chosen, or as it was just typed."""
    preferences = await visit.ask(Preferences).mine()
    if not draft.values:
        ways = {field_of(WAYS, one.kind, "way"): one.way for one in preferences.kinds}
        draft = draft.but(**ways, **{name: getattr(preferences, name) for name in TERMS})
    weekdays = [(n, languages.formatted(MONDAY + timedelta(days=n), "EEEE", "UTC")) for n in range(7)]
    hours = [(n, languages.formatted(MONDAY + timedelta(hours=n), "jm", "UTC")) for n in range(24)]
    concerned = [one for one in preferences.kinds if not one.for_leaders or (visit.me and visit.me.leads)]
    families = [(name, [one for one in concerned if one.family == name]) for name in FAMILIES]
    shown = ShowHearing(families=families, weekdays=weekdays, hours=hours, draft=draft)
    return render(visit, shown, status)


@routes.post("/profile/hearing")
async def update(visit: SignedIn, form: Form) -> Response:
    values = text_of(form, *TERMS)
    ways = {kind: line["way"] for kind, line in lines_of(form, WAYS, ("way",)).items()}
    chosen = {"every": values["every"], "weekday": values["weekday"], "hour": values["hour"]}
    draft = Draft(values | {field_of(WAYS, kind, "way"): way for kind, way in ways.items()})
    with refilling(partial(hearing_page, visit), draft.refused):
        await visit.ask(Preferences).choose(ways=ways, without_content=bool(values["without_content"]), **chosen)
    return done(visit.request, "hearing_saved", "/profile/hearing")


@routes.get("/unsubscribe")
async def ask(visit: AnyVisit, kind: str = "", key: str = "") -> Response:
    """A mail program may open it before the person does: only the button stops anything."""
    if not (kind and key):
        return await unsubscribe_page(visit, kind, key, not_ours(Refused(404)), 404)
    return await unsubscribe_page(visit, kind, key, Draft())


async def unsubscribe_page(
    visit: Visit, kind: str, key: str, draft: Draft, status: int = 200, *, stopped: bool = False
) -> Response:
    return render(visit, Unsubscribe(kind=kind, key=key, stopped=stopped, draft=draft), status)


@routes.post("/unsubscribe")
async def stop(visit: AnyVisit, kind: str = "", key: str = "") -> Response:
    """By the button of the page, or by that of a mail program (RFC 8058), which follows no other address."""
    shown = partial(unsubscribe_page, visit, kind, key)
    with refilling(shown, not_ours, dict.fromkeys(NO_MAIL_OF_OURS, 404)):
        await visit.ask(Unsubscriptions).stop(kind, key)
    visit.flash = Flash("unsubscribed", "", visit.request.url.path)
    return await shown(Draft(), stopped=True)


def not_ours(refused: Refused) -> Draft:
    if refused.status not in NO_MAIL_OF_OURS:
        raise refused
    return Draft().refused(Refused(409, {"type": "/problems/key-unknown"}))
