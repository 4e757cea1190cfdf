"""The services' apps for looking at, without a database."""

from functools import cache
from typing import Any

from fastapi import FastAPI

from kit.policy import api_routes, guards
from tests.house import MODULES

NOWHERE = "postgresql://nobody@127.0.0.1:1/nothing"


@cache
def app_of(service: str) -> FastAPI:
    app, settings, _ = MODULES[service]
    made: FastAPI = app.create_app(settings.Settings(database_url=NOWHERE, media_url="file:///nowhere"))
    return made


def operations() -> list[tuple[str, str, str]]:
    """(service, method, path) of every route of every service."""
    return [(service, method, path) for service in MODULES for method, path in guards(app_of(service))]


def routes() -> list[tuple[str, Any]]:
    return [(service, route) for service in MODULES for route in api_routes(app_of(service))]
