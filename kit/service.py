"""How a service is put together: database, identity, problems, facts, dead letters, checks; closed by default."""

import asyncio
from collections.abc import AsyncIterator, Collection, Mapping, Sequence
from contextlib import AsyncExitStack, asynccontextmanager, suppress
from dataclasses import dataclass
from functools import partial
from typing import Any

from fastapi import APIRouter, FastAPI

from kit import openapi, problems
from kit.checks import check_routes
from kit.client import Client, ClientCredentials, Http, open_http
from kit.db import Database, open_database
from kit.dead_letters import dead_letter_router
from kit.facts import Wakeups
from kit.feed import feed_router
from kit.hosts import KnownHosts
from kit.identity import Actor, Keyring, Loader
from kit.limits import BodyLimit, PlainCookies, has_files
from kit.methods import HeadAsGet
from kit.observe import NOTHING_ELSE, Observe
from kit.outside import open_outside_http
from kit.policy import Rules, guards
from kit.refusals import kind_router
from kit.settings import ServiceSettings
from kit.version import VERSION
from kit.webhooks.endpoints import endpoint_router

BODY_LIMIT, FILES_LIMIT = 1_000_000, 12_100_000


@dataclass
class Neighbours:
    """The other services, asked as this service."""

    http: Http
    clusters: Client
    events: Client


def neighbours_of(settings: ServiceSettings, http: Http) -> Neighbours:
    bearer = ClientCredentials(http, settings.clusters_url, settings.service, settings.secret.get_secret_value())
    return Neighbours(
        http=http,
        clusters=Client(http, settings.clusters_url, bearer),
        events=Client(http, settings.events_url, bearer),
    )


async def stand_nowhere(actor: Actor, database: Database) -> Actor:
    return actor


def create_service(
    settings: ServiceSettings,
    *,
    title: str,
    summary: str,
    description: str,
    tags: Mapping[str, str],
    rules: Rules,
    facts: Collection[str],
    routers: Sequence[APIRouter],
    stand: Any = stand_nowhere,
    http: Http | None = None,
    load_keys: Any = None,
) -> FastAPI:
    """The app of one service. Raises Unguarded when a route has no guard.

    `http` replaces the client for calls to other services (tests run them in process); `load_keys` replaces asking
    clusters for public keys.
    """

    @asynccontextmanager
    async def lifespan(app: FastAPI) -> AsyncIterator[None]:
        async with AsyncExitStack() as stack:
            database = await stack.enter_async_context(open_database(settings.database_url, settings.pool_size))
            client = http if http is not None else await stack.enter_async_context(open_http())
            app.state.database, app.state.settings = database, settings
            app.state.outside = await stack.enter_async_context(open_outside_http())
            app.state.neighbours = neighbours_of(settings, client)
            app.state.keyring = Keyring(_loader(app, load_keys, settings, client), settings.public_url)
            app.state.stand, app.state.wakeups, app.state.rules = stand, Wakeups(), rules
            listening = asyncio.create_task(app.state.wakeups.listen(settings.database_url))
            yield
            listening.cancel()
            with suppress(asyncio.CancelledError):
                await listening

    app = FastAPI(
        title=title,
        summary=summary,
        description=description,
        version=VERSION,
        servers=[{"url": settings.reached_at(settings.service), "description": title}],
        contact={"name": "Whoever runs this house", "url": settings.public_url},
        openapi_tags=openapi.described(tags),
        generate_unique_id_function=partial(openapi.operation_id, settings.service),
        lifespan=lifespan,
        telemetry=NOTHING_ELSE,
        openapi_url="/v1/openapi.json",
        docs_url=None,
        redoc_url=None,
        redirect_slashes=False,
        routes=check_routes(),
    )
    for routes in (
        *routers,
        feed_router(rules),
        endpoint_router(rules, facts),
        dead_letter_router(rules),
        kind_router(),
    ):
        app.include_router(routes)
    problems.install(app)
    openapi.describe(app)
    guards(app)
    app.add_middleware(BodyLimit, most=lambda headers: FILES_LIMIT if has_files(headers) else BODY_LIMIT)
    own_url: str = getattr(settings, f"{settings.service}_url")
    app.add_middleware(KnownHosts, urls=[own_url, settings.reached_at(settings.service)])
    app.add_middleware(PlainCookies)
    app.add_middleware(HeadAsGet)
    app.add_middleware(Observe)
    return app


def _loader(app: FastAPI, load_keys: Any, settings: ServiceSettings, http: Http) -> Loader:
    async def own() -> dict[str, Any]:
        keys: dict[str, Any] = await load_keys(app.state.database)
        return keys

    async def ask_clusters() -> dict[str, Any]:
        keys: dict[str, Any] = await Client(http, settings.clusters_url).ask("GET", "/v1/keys")
        return keys

    return own if load_keys else ask_clusters
