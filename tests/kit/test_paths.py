"""Routers that are left out where none of their paths begins as what is asked for."""

import httpx
import pytest
from fastapi import FastAPI
from fastapi.routing import APIRoute

from kit.paths import Router

ASKED = []


class Noted(APIRoute):
    def matches(self, scope):
        ASKED.append(self.path)
        return super().matches(scope)


def a_router(*paths, **settings):
    made = Router(route_class=Noted, **settings)
    for path in paths:
        made.add_api_route(path, lambda: "here")
    return made


@pytest.fixture
async def http():
    ASKED.clear()
    app = FastAPI()
    for router in (a_router("/schools", "/schools/{name}", "/join"), a_router("/{name}", prefix="/events")):
        app.include_router(router)
    async with httpx.AsyncClient(transport=httpx.ASGITransport(app), base_url="http://house.example") as client:
        yield client


@pytest.mark.parametrize("path", ["/schools", "/schools/1", "/join", "/events/1"])
async def test_every_path_is_found(http, path):
    assert (await http.get(path)).json() == "here"


async def test_a_router_is_asked_for_its_own_paths_alone(http):
    await http.get("/events/1")
    assert set(ASKED) == {"/events/{name}"}


async def test_what_is_not_there_and_what_is_not_allowed_stay_as_they_are(http):
    assert (await http.get("/eventsoever")).status_code == 404
    assert (await http.post("/events/1")).status_code == 405
