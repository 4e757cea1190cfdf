"""The events service: when and how people meet."""

from fastapi import FastAPI

from kit.client import Http
from kit.service import create_service
from services.events.acts import ACTS
from services.events.attendance.routes import routes as attendance_routes
from services.events.calendars.routes import routes as calendar_routes
from services.events.changes.routes import routes as change_routes
from services.events.events.routes import routes as event_routes
from services.events.facts import FACTS
from services.events.policy import RULES
from services.events.records.routes import routes as record_routes
from services.events.registration.routes import routes as registration_routes
from services.events.settings import Settings
from services.events.showing.routes import routes as showing_routes
from services.events.today.routes import routes as today_routes
from services.roster.acts.routes import act_router
from services.roster.approaches.routes import approach_router
from services.roster.standing import stand

TAGS = {
    "acts": "Who did what, for who looks after it",
    "policy": "What depends on the approach of a cluster",
    "events": "Events and their places",
    "registration": "Who comes, and who waits",
    "changes": "Moving an event, with what that does to whom",
    "attendance": "Who came",
    "calendars": "Calendar files",
}


def create_app(settings: Settings | None = None, http: Http | None = None) -> FastAPI:
    return create_service(
        settings or Settings(),
        title="Staffroom: events",
        summary="Events with their places, registrations, changes and attendance",
        description="When and how people meet. Tokens come from the clusters service.",
        tags=TAGS,
        rules=RULES,
        facts=FACTS,
        routers=[
            showing_routes,  # asked most often, so looked through first
            today_routes,
            event_routes,
            registration_routes,
            change_routes,
            attendance_routes,
            calendar_routes,
            record_routes,
            act_router(RULES, ACTS),
            approach_router(RULES),
        ],
        stand=stand,
        http=http,
    )
