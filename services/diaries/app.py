"""The diaries service: what people write and answer."""

from fastapi import FastAPI

from kit.client import Http
from kit.media import Media
from kit.service import create_service
from services.diaries.acts import ACTS
from services.diaries.archives.routes import routes as archive_routes
from services.diaries.comments.routes import routes as comment_routes
from services.diaries.entries.routes import routes as entry_routes
from services.diaries.facts import FACTS
from services.diaries.pictures.routes import routes as picture_routes
from services.diaries.policy import RULES
from services.diaries.removal.routes import routes as removal_routes
from services.diaries.settings import Settings
from services.diaries.showing.routes import routes as showing_routes
from services.diaries.today.routes import routes as today_routes
from services.roster.acts.routes import act_router
from services.roster.approaches.routes import approach_router
from services.roster.standing import stand

TAGS = {
    "acts": "Who did what, for who looks after it",
    "policy": "What depends on the approach of a cluster",
    "entries": "Entries: drafted, published, retracted",
    "comments": "What peers answer",
    "pictures": "Pictures in entries",
    "archives": "All that is kept about oneself, to take away",
}


def create_app(settings: Settings | None = None, http: Http | None = None) -> FastAPI:
    settings = settings or Settings()
    app = create_service(
        settings,
        title="Staffroom: diaries",
        summary="Entries of the diaries, and what peers answer",
        description="What people write and answer. Tokens come from the clusters service.",
        tags=TAGS,
        rules=RULES,
        facts=FACTS,
        routers=[
            showing_routes,  # asked most often, so looked through first
            today_routes,
            entry_routes,
            comment_routes,
            picture_routes,
            removal_routes,
            archive_routes,
            act_router(RULES, ACTS),
            approach_router(RULES),
        ],
        stand=stand,
        http=http,
    )
    app.state.media = Media(settings.media_url)
    return app
