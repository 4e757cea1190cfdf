"""The three services in one process, on real databases, talking to each other as they do outside."""

import asyncio
from collections.abc import AsyncIterator, Mapping
from contextlib import AsyncExitStack, asynccontextmanager
from typing import Any
from uuid import UUID

import httpx

from kit.client import ClientCredentials, Http
from kit.jobs import Context, Jobs, drain
from kit.outside import open_outside_http
from kit.webhooks import delivering, endpoints
from kit.worker import catch_up
from services.clusters import app as clusters_app
from services.clusters import settings as clusters_settings
from services.clusters import worker as clusters_worker
from services.clusters.directory.people.models import Person
from services.clusters.doors.opening.clients import SCOPES, ensure_service_clients
from services.clusters.doors.tokens.actions import claims_of_person, sign, signing_key
from services.diaries import app as diaries_app
from services.diaries import settings as diaries_settings
from services.diaries import worker as diaries_worker
from services.events import app as events_app
from services.events import settings as events_settings
from services.events import worker as events_worker
from services.roster.standing import Member, stand

PUBLIC_URL = "http://staffroom.test"
SECRETS = {service: f"secret of {service}" for service in SCOPES}
URLS = {f"{service}_url": f"http://{service}" for service in ("clusters", "events", "diaries")}
MODULES = {
    "clusters": (clusters_app, clusters_settings, clusters_worker),
    "events": (events_app, events_settings, events_worker),
    "diaries": (diaries_app, diaries_settings, diaries_worker),
}


class Hosts(httpx.AsyncBaseTransport):
    """Sends each request to the app that stands for its host; a host without one cannot be reached."""

    def __init__(self) -> None:
        self.transports: dict[str, httpx.AsyncBaseTransport] = {}

    def add(self, host: str, app: Any) -> None:
        self.transports[host] = httpx.ASGITransport(app)

    def remove(self, host: str) -> None:
        del self.transports[host]

    async def handle_async_request(self, request: httpx.Request) -> httpx.Response:
        transport = self.transports.get(request.url.host)
        if transport is None:
            raise httpx.ConnectError("nobody listens there", request=request)
        return await transport.handle_async_request(request)


class Asker:
    """Somebody who asks the services: `anna.events.get("/v1/today")`."""

    def __init__(self, hosts: Hosts, headers: Mapping[str, str], person_id: UUID | None = None) -> None:
        self.id = person_id
        self.headers = dict(headers)
        self.clusters, self.events, self.diaries = (
            httpx.AsyncClient(transport=hosts, base_url=f"http://{host}", headers=headers, trust_env=False)
            for host in MODULES
        )

    def __getitem__(self, service: str) -> httpx.AsyncClient:
        client: httpx.AsyncClient = getattr(self, service)
        return client


class House:
    """What a test asks for: the services' apps and databases, and people and clients who ask them."""

    def __init__(self, urls: Mapping[str, str], media_url: str) -> None:
        self.urls = dict(urls)
        self.loop = asyncio.get_running_loop()
        self.hosts = Hosts()
        self.http = Http(transport=self.hosts, timeout=30)
        self.outside = open_outside_http()
        self.settings: dict[str, Any] = {}
        self.apps: dict[str, Any] = {}
        for service, (app, settings, _) in MODULES.items():
            more = {"mailbox": True} if service == "clusters" else {"secret": SECRETS[service]}
            more |= {"media_url": media_url} if service == "diaries" else {}
            self.settings[service] = settings.Settings(
                public_url=PUBLIC_URL, database_url=urls[service], **URLS, **more
            )
            self.apps[service] = app.create_app(self.settings[service], self.http)
            self.hosts.add(service, self.apps[service])
        self.guest = Asker(self.hosts, {})
        self.originals: dict[str, Any] = {}  # by kind

    def database(self, service: str) -> Any:
        return self.apps[service].state.database

    def context(self, service: str, **settings: Any) -> Context:
        """What jobs of this service get, with some settings changed."""
        resources = {
            "http": self.http,
            "inside": self.http,
            "outside": self.outside,
            "settings": self.settings[service].model_copy(update=settings),
            "neighbours": self.apps[service].state.neighbours,
        }
        return Context(self.database(service), resources)

    def jobs(self, service: str) -> Jobs:
        jobs = Jobs()
        jobs.include(MODULES[service][2].jobs)
        jobs.include(endpoints.jobs)
        jobs.include(delivering.jobs)
        return jobs

    async def hear(self) -> None:
        """Place the facts of clusters and let the others hear them; no jobs."""
        for service in MODULES:
            await self._catch_up(service, Jobs())

    async def catch_up(self) -> None:
        """Do once what all workers do: facts are placed, heard and sent on, jobs are run, mails are out."""
        for service in (*MODULES, "clusters"):
            await self._catch_up(service, self.jobs(service))

    async def run_jobs(self, service: str, **settings: Any) -> None:
        jobs = self.jobs(service)
        # Who left in a test before takes their name out of the mailbox: out of mails to who is called the same, too.
        first = Jobs({name: job for name, job in jobs.handlers.items() if name == "person.erase"})
        for some in (first, jobs):
            await drain(some, self.context(service, **settings))

    async def _catch_up(self, service: str, jobs: Jobs) -> None:
        worker = MODULES[service][2]
        context = self.context(service)
        await catch_up(
            context.database,
            context.resources["neighbours"],
            jobs,
            context,
            getattr(worker, "FOLLOWS", None),
            worker.KEEPS,
        )

    async def set_up(self) -> None:
        """Let the house be one that is being set up, as on its first day: what opens it has no way back."""
        await self.rows("clusters", "delete from house_setup")
        await ensure_service_clients(self.urls["clusters"], SECRETS)

    async def as_service(self, name: str) -> Asker:
        """One of the house's own clients: events, diaries, web, demo."""
        token = await ClientCredentials(self.http, URLS["clusters_url"], name, SECRETS[name])()
        return Asker(self.hosts, bearing(token))

    async def token_of(self, person_id: UUID | str) -> str:
        """The token that a browser session of this person gets."""
        async with self.database("clusters").transaction() as db:
            person = await db.get_one(Person, UUID(str(person_id)))
            return sign(await signing_key(db), PUBLIC_URL, claims_of_person(person))

    async def as_person(self, person_id: UUID | str) -> Asker:
        return Asker(self.hosts, bearing(await self.token_of(person_id)), UUID(str(person_id)))

    async def member(self, service: str, asker: Asker) -> Member:
        """An asker as this service knows them: with where they stand."""
        token = asker.headers.get("authorization", "").removeprefix("Bearer ")
        actor = await self.apps[service].state.keyring.actor(token)
        return await stand(actor, self.database(service))

    async def rows(self, service: str, statement: str, *values: Any) -> list[Any]:
        rows: list[Any] = await self.database(service).pool.fetch(statement, *values)
        return rows


def bearing(token: str) -> dict[str, str]:
    return {"authorization": f"Bearer {token}"}


@asynccontextmanager
async def open_house(urls: Mapping[str, str], media_url: str) -> AsyncIterator[House]:
    """The house with its lifespans entered and its own clients made."""
    house = House(urls, media_url)
    async with AsyncExitStack() as stack:
        stack.push_async_callback(house.http.aclose)
        await stack.enter_async_context(house.outside)
        for app in house.apps.values():
            await stack.enter_async_context(app.router.lifespan_context(app))
        await ensure_service_clients(urls["clusters"], SECRETS)
        yield house
        await asyncio.sleep(0)
