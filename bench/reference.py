"""The references: a constant page, and one indexed query of 20 rows with a template; bare uvicorn, one worker.

python -m bench.reference PORT POSTGRES_URL
"""

import sys
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import UTC, datetime

import asyncpg
import uvicorn
from jinja2 import Environment
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import HTMLResponse
from starlette.routing import Route

ROWS = 20
TEN_KILOBYTES = 10_240
TABLE = """
create table if not exists reference_event (
  id bigint primary key, cluster_id int not null, starts_at timestamptz not null,
  title text not null, place text not null, seats int, summary text not null);
truncate reference_event;
insert into reference_event
select c * 50 + e, c, timestamptz '2026-01-01 09:00+00' + (e || ' days')::interval, 'Visit ' || e || ' of
cluster ' || c,
  'School ' || (c * 7 + e) % 400, e % 30, repeat('two schools look at each other''s lessons ', 6)
from generate_series(1, 200) c, generate_series(0, 49) e;
create index if not exists reference_event_cluster on reference_event (cluster_id, starts_at);
analyze reference_event;
"""
QUERY = """
select id, title, place, seats, starts_at, summary from reference_event
where cluster_id = $1 and starts_at >= $2 order by starts_at limit 20
"""
PAGE = Environment(autoescape=True).from_string(
    """<!doctype html><html lang="en"><head><meta charset="utf-8"><title>{{ title }}</title></head><body>
<nav>{% for name in places %}<a href="/{{ name }}">{{ name|title }}</a> {% endfor %}</nav><main><h1>{{ title }}</h1>
{% for row in rows %}<article id="event-{{ row.id }}"><h2><a href="/events/{{ row.id }}">{{ row.title }}</a></h2>
<p><time datetime="{{ row.starts_at.isoformat() }}">{{ row.starts_at.strftime("%d %b %Y %H:%M") }}</time>,
{{ row.place }}{% if row.seats %}, {{ row.seats }} seats{% endif %}</p><p>{{ row.summary }}</p></article>
{% endfor %}</main></body></html>"""
)
PLACES = ("today", "cluster", "events", "diaries", "people", "news", "help")
CONSTANT = ("<!doctype html><title>Constant</title>" + "<p>one page that never changes</p>" * 400)[:TEN_KILOBYTES]
SINCE = datetime(2026, 1, 1, tzinfo=UTC)


async def constant(request: Request) -> HTMLResponse:
    return HTMLResponse(CONSTANT)


async def query(request: Request) -> HTMLResponse:
    rows = await request.app.state.pool.fetch(QUERY, 7, SINCE)
    return HTMLResponse(PAGE.render(title="Cluster 7", places=PLACES, rows=rows))


def create_app(url: str) -> Starlette:
    @asynccontextmanager
    async def lifespan(app: Starlette) -> AsyncIterator[None]:
        async with asyncpg.create_pool(url, min_size=4, max_size=8) as pool:
            await pool.execute(TABLE)
            app.state.pool = pool
            yield

    return Starlette(routes=[Route("/constant", constant), Route("/query", query)], lifespan=lifespan)


if __name__ == "__main__":
    uvicorn.run(
        create_app(sys.argv[2]),
        port=int(sys.argv[1]),
        loop="uvloop",
        http="httptools",
        access_log=False,
        log_level="warning",
    )
