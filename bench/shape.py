"""The shape of this house by hand (R4): a bare page, packed as ours are, asks bare FastAPI services over HTTP; four
statements in each.

python -m bench.shape web|service PORT POSTGRES_URL|SERVICE_URLS
"""

import asyncio
import sys
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import datetime
from typing import Any

import asyncpg
import uvicorn
from fastapi import FastAPI, Request
from httpx_aiohttp import HttpxAiohttpClient
from pydantic import BaseModel
from starlette.applications import Starlette
from starlette.middleware import Middleware
from starlette.middleware.gzip import GZipMiddleware
from starlette.responses import HTMLResponse
from starlette.routing import Route

from bench.reference import PAGE, PLACES, QUERY, SINCE

TABLES = """
create table if not exists reference_person (id int primary key, name text not null, language text not null);
create table if not exists reference_member (person_id int not null, cluster_id int not null,
  primary key (person_id, cluster_id));
create table if not exists reference_note (id int primary key, person_id int not null, seen bool not null);
truncate reference_person, reference_member, reference_note;
insert into reference_person select n, 'Teacher ' || n, 'en' from generate_series(1, 10000) n;
insert into reference_member select n, 1 + n % 200 from generate_series(1, 10000) n;
insert into reference_note select n, 1 + n % 10000, n % 3 = 0 from generate_series(1, 30000) n;
create index if not exists reference_note_unseen on reference_note (person_id) where not seen;
analyze reference_person, reference_member, reference_note;
"""
PERSON = "select name, language from reference_person where id = $1"
CLUSTERS = "select cluster_id from reference_member where person_id = $1"
NOTES = "select count(*) from reference_note where person_id = $1 and not seen"
WHO = 7


class Row(BaseModel):
    id: int
    title: str
    place: str
    seats: int | None
    starts_at: datetime
    summary: str


class Rows(BaseModel):
    name: str
    notes: int
    items: list[Row]


def service(url: str) -> FastAPI:
    @asynccontextmanager
    async def lifespan(app: FastAPI) -> AsyncIterator[None]:
        async with asyncpg.create_pool(url, min_size=4, max_size=8) as pool:
            app.state.pool = pool
            yield

    app = FastAPI(lifespan=lifespan)

    @app.get("/rows")
    async def rows(request: Request) -> Rows:
        async with request.app.state.pool.acquire() as connection:
            person = await connection.fetchrow(PERSON, WHO)
            clusters = await connection.fetch(CLUSTERS, WHO)
            notes = await connection.fetchval(NOTES, WHO)
            items = await connection.fetch(QUERY, clusters[0]["cluster_id"], SINCE)
        return Rows.model_validate({"name": person["name"], "notes": notes, "items": [dict(row) for row in items]})

    return app


def web(services: list[str]) -> Starlette:
    async def ask(request: Any, number: int) -> list[Row]:
        answer = await request.app.state.http.get(f"{services[number]}/rows")
        return Rows.model_validate_json(answer.content).items

    async def page(request: Any) -> HTMLResponse:
        return HTMLResponse(PAGE.render(title="Cluster 8", places=PLACES, rows=await ask(request, 0)))

    async def two(request: Any) -> HTMLResponse:
        first, second = await asyncio.gather(ask(request, 0), ask(request, 1))
        return HTMLResponse(PAGE.render(title="Cluster 8", places=PLACES, rows=first[:10] + second[:10]))

    @asynccontextmanager
    async def lifespan(app: Starlette) -> AsyncIterator[None]:
        async with HttpxAiohttpClient(trust_env=False) as http:
            app.state.http = http
            yield

    packed = [Middleware(GZipMiddleware, minimum_size=1_000, compresslevel=4)]
    return Starlette(routes=[Route("/page", page), Route("/two", two)], middleware=packed, lifespan=lifespan)


if __name__ == "__main__":
    which, port, *where = sys.argv[1:]
    uvicorn.run(
        service(where[0]) if which == "service" else web(where),
        port=int(port),
        loop="uvloop",
        http="httptools",
        access_log=False,
        log_level="warning",
    )
