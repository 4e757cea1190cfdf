from typing import Annotated, Any

from fastapi import Request, Response

from kit.client import Client
from kit.db import Reader, Whole
from kit.policy import allowed, may
from kit.problems import Forbidden, NotFound, documented
from kit.routing import router
from services.events.calendars.actions import calendar_to_keep, place_line
from services.events.calendars.ics import calendar_of
from services.events.events.queries import VisibleEvent, places_shown, visible_event
from services.events.policy import RULES
from services.roster.standing import CurrentMember

routes = router("/v1/events/{event_id}/calendar", "calendars")

ICALENDAR: dict[int | str, dict[str, Any]] = {
    200: {"description": "The calendar file", "content": {"text/calendar": {"schema": {"type": "string"}}}}
}


@routes.get("", responses=documented(Forbidden, NotFound) | ICALENDAR, response_class=Response)
async def show_calendar(
    found: Annotated[VisibleEvent, allowed(RULES, "event.see", visible_event)],
    request: Request,
    pool: Reader,
    database: Whole,
    actor: CurrentMember,
) -> Response:
    """The event as an iCalendar file: for who is registered the same as their mail says, as it stands now.

    Persons stand in it by their mail addresses; for a program by `urn:uuid:`.
    """
    open_to_all = _open_places(await places_shown(pool, found.event.id), may(RULES, actor, "event.change", found))
    public_url = request.app.state.settings.public_url
    async with database.writing() as connection:
        message = await calendar_to_keep(connection, found.event.id, actor.id, open_to_all, public_url)
    text = calendar_of(message)
    if actor.bound_to is None:
        clusters: Client = request.app.state.neighbours.clusters
        text = (await clusters.ask("POST", "/v1/calendars", json={"calendar": text}))["calendar"]
    return Response(text, media_type="text/calendar")


def _open_places(places: list[dict[str, Any]], sees_link: bool) -> str:
    """Where everybody may come; with the link for who runs the event."""
    sites = [place_line(place["name"], place["address"]) for place in places if not place["online"]]
    links = [place["link"] for place in places if place["online"] and sees_link]
    return "; ".join(sites + links)
