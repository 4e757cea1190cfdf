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
        """Worked out at the first request, when all routes are there. Raises TypeError for what is no route."""
        if odd := [route for route in self.routes if not isinstance(route, Route)]:
            raise TypeError(f"a router has routes alone, not {odd}")
        return tuple({route.path.partition("{")[0] for route in self.routes if isinstance(route, Route)})

    def matches(self, scope: Scope) -> tuple[Match, Scope]:
        here = scope["path"].removeprefix(scope.get("root_path", ""))
        return super().matches(scope) if here.startswith(self.beginnings) else (Match.NONE, {})
