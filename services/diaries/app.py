"""The diaries service: what people write and answer."""

import httpx
from fastapi import FastAPI

from kit.service import create_service
from services.diaries.comments.routes import routes as comment_routes
from services.diaries.entries.routes import routes as entry_routes
from services.diaries.policy import RULES
from services.diaries.settings import Settings
from services.roster.standing import stand


def create_app(settings: Settings | None = None, http: httpx.AsyncClient | None = None) -> FastAPI:
    return create_service(
        settings or Settings(),
        title="Staffroom: diaries",
        summary="Entries of the diaries, and what peers answer",
        rules=RULES,
        routers=[entry_routes, comment_routes],
        stand=stand,
        http=http,
    )
