"""Routers that know how their paths begin."""

from functools import cached_property

from fastapi import APIRouter
from starlette.routing import Match, Route
from starlette.types import Scope


class Router(APIRouter):
    """FastAPI asks every route of every router for each request; this one is left out where no path begins so.

    An app includes it as it is: with no prefix of the app's, and no router within another.
    """

    @cached_property
    def beginnings(self) -> tuple[str, ...]:
        return tuple({route.path.partition("{")[0] for route in self.routes if isinstance(route, Route)})

    def matches(self, scope: Scope) -> tuple[Match, Scope]:
        return super().matches(scope) if scope["path"].startswith(self.beginnings) else (Match.NONE, {})
