"""make bench-data: a house of the size that is to come, seeded in minutes; the bench then measures both sizes.

1,500 clusters with 6,000 of 30,000 schools, 300,000 people, 300,000 events with 3,000,000 registrations, 1,000,000
entries with 3,000,000 comments, and the 9,900,000 facts that tell of them. Every id follows from a number, so that each
service can be filled by itself.
"""

import asyncio
import json
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import asyncpg

from bench.house import House
from deploy.databases import own_urls
from deploy.local.postgres import Postgres
from kit.languages import SPOKEN

HOME = Path(__file__).parent.parent / "var" / "bench-data"
PORT = 8620
CHUNK = 100_000
WIDTH = 40

SEEDED = """
create or replace function seeded(kind int, n bigint, at timestamptz) returns uuid language sql immutable parallel safe
as $$ select (lpad(to_hex((extract(epoch from at) * 1000)::bigint), 12, '0') || '7' || lpad(to_hex(kind), 3, '0')
  || '8000' || lpad(to_hex(n), 12, '0'))::uuid $$;
create or replace function began() returns timestamptz language sql immutable parallel safe
as $$ select timestamptz '2023-09-01 08:00+00' $$;
create or replace function person(n bigint) returns uuid language sql immutable parallel safe
as $$ select seeded(1, n, began()) $$;
create or replace function school(n bigint) returns uuid language sql immutable parallel safe
as $$ select seeded(2, n, began()) $$;
create or replace function cluster_(n bigint) returns uuid language sql immutable parallel safe
as $$ select seeded(3, n, began()) $$;
create or replace function met(n bigint) returns timestamptz language sql stable parallel safe
as $$ select date_trunc('day', now()) + interval '9 hours' + (n / 1500 * 6 - 1150) * interval '1 day' $$;
create or replace function event(n bigint) returns uuid language sql stable parallel safe
as $$ select seeded(6, n, met(n) - interval '20 days') $$;
create or replace function written(n bigint) returns timestamptz language sql stable parallel safe
as $$ select date_trunc('day', now()) + (n / 1500 * 36 - 24000) * interval '1 hour' $$;
create or replace function entry(n bigint) returns uuid language sql stable parallel safe
as $$ select seeded(10, n, written(n)) $$;
"""
COUNTRY = "(array['CZ','PT','HU','HR'])[1 + {} % 4]"
ROSTER = [
    ("school", 30_000, f"""(id, name, town, country)
      select school(n), 'School ' || n, 'Town ' || n, {COUNTRY.format("(n / 4)")}"""),
    ("cluster", 1_500, f"""(id, name, country, approach)
      select cluster_(n), 'Cluster ' || n, {COUNTRY.format("n")}, 'bottom_up'"""),
    ("membership", 6_000, """(id, cluster_id, school_id, role)
      select seeded(4, n, began()), cluster_(n / 4), school(n), case when n % 4 = 0 then 'mentor' else 'mentee' end"""),
    ("person", 300_000, "(id, name, language, zone) select person(n), 'Teacher ' || n, 'en', 'Europe/Prague'"),
    ("staff", 300_000, """(id, person_id, school_id, role)
      select seeded(5, n, began()), person(n), school(n / 50),
        case when n % 50 = 0 then 'coordinator' else 'teacher' end"""),
]  # fmt: skip
FACT = """(place, at, request_id, kind, cluster_id, data)
          select {first} + n, {at}, '', '{kind}', {cluster}, jsonb_build_object({data})"""


def facts(kind: str, rows: int, first: int, at: str, cluster: str, data: str) -> tuple[str, int, str]:
    """What tells of them, with the places from `first` on; those before it are the new house's own."""
    return "fact", rows, FACT.format(first=first, at=at, kind=kind, cluster=cluster, data=data)


FILLED = {
    "clusters": [
        ("school", 30_000, f"""(id, name, town, address, country, website, zone, found_by)
          select school(n), 'School ' || n, 'Town ' || n, '', {COUNTRY.format("(n / 4)")}, '', 'Europe/Prague',
            'school ' || n || ' | town ' || n"""),
        *(("school_order", 30_000, f"""(school_id, language, country, key)
          select school(n), '{language}', {COUNTRY.format("(n / 4)")}, convert_to('School ' || n, 'UTF8')""")
          for language in SPOKEN),
        ("cluster", 1_500, f"""(id, name, country, approach, zone, priorities, goals, version, formed_at)
          select cluster_(n), 'Cluster ' || n, {COUNTRY.format("n")}, 'bottom_up', 'Europe/Prague', '', '', 1,
            began()"""),
        ("membership", 6_000, """(id, cluster_id, school_id, role, begun_at)
          select seeded(4, n, began()), cluster_(n / 4), school(n),
            case when n % 4 = 0 then 'mentor' else 'mentee' end, began()"""),
        ("person", 300_000, """(id, name, language, zone, registered_at)
          select person(n), 'Teacher ' || n, 'en', 'Europe/Prague', began()"""),
        ("address", 300_000, "(mail, person_id, verified_at) select 't' || n || '@seeded.example', person(n), began()"),
        ("staff", 300_000, """(id, person_id, school_id, role, began_at)
          select seeded(5, n, began()), person(n), school(n / 50),
            case when n % 50 = 0 then 'coordinator' else 'teacher' end, began()"""),
        ("card", 100_000, """(person_id, subjects, languages, shows, subjects_for, shows_for, portrait_for)
          select person(n * 3), array['Subject ' || n % 20, 'Subject ' || n % 7 + 20], '{en,cs}', 'A lesson.',
            'clusters', 'school', 'clusters'"""),
        ("notice", 1_000_000, """(id, person_id, kind, params, path, news, told_at, seen_at)
          select seeded(14, n, written(n)), person(n % 300000), 'comment_posted', '{}', '/entries/' || n, 1, written(n),
            case when n % 4 > 0 then written(n) end"""),
        facts("notice.told", 1_000_000, 1_001, "written(n)", "null", "'person_id', person(n % 300000)"),
        facts("plan.changed", 1_300_000, 1_001_001, "written(n * 3 / 4)", "cluster_(n % 1500)", "'year', 2026"),
    ],
    "events": [
        *ROSTER,
        ("event", 300_000, """(id, cluster_id, title, description, language, format, zone, starts_at, ends_at,
            organiser_id, organiser_school_id, version, sequence, announced_at)
          select event(n), cluster_(n % 1500), 'Meeting ' || n, 'What we talk about.', 'en', 'workshop',
            'Europe/Prague', met(n), met(n) + interval '2 hours', person(n % 1500 * 200), school(n % 1500 * 4), 1, 0,
            met(n) - interval '20 days'"""),
        ("site", 300_000, """(id, event_id, name, address, capacity, number)
          select seeded(7, n, met(n)), event(n), 'Library', '', 500, 0"""),
        ("online_room", 100_000, """(id, event_id, link)
          select seeded(15, n, met(n * 3)), event(n * 3), 'https://meet.example/' || n"""),
        ("registration", 3_000_000, """(id, event_id, person_id, school_id, asked_at, asked_by)
          select seeded(8, n, met(e)), event(e), person(p), school(p / 50), met(e) - interval '9 days', person(p)
          from (select n, n / 10 as e, n / 10 % 1500 * 200 + (n / 15000 * 7 + n % 10 * 13) % 200 as p
            from numbers) n"""),
        ("placement", 3_000_000, """(id, registration_id, place_id, since)
          select seeded(9, n, met(n / 10)), seeded(8, n, met(n / 10)), seeded(7, n / 10, met(n / 10)),
            met(n / 10) - interval '9 days'"""),
        ("attendance", 600_000, """(id, event_id, person_id, school_id, source, marked_at, marked_by)
          select seeded(13, n, met(e)), event(e), person(p), school(p / 50), 'by_hand', met(e) + interval '3 hours',
            person(p)
          from (select n, n / 2 as e, n / 2 % 1500 * 200 + (n / 3000 * 7 + n % 2 * 13) % 200 as p from numbers) n
          where met(e) < now() - interval '1 day'"""),
        facts("event.announced", 300_000, 1_001, "met(n)", "cluster_(n % 1500)", "'event_id', event(n)"),
        facts("attendance.recorded", 300_000, 301_001, "met(n)", "cluster_(n % 1500)", "'event_id', event(n)"),
        facts("registration.placed", 3_000_000, 601_001, "met(n / 10)", "cluster_(n / 10 % 1500)",
          "'event_id', event(n / 10)"),
    ],
    "diaries": [
        *ROSTER,
        ("entry", 1_000_000, """(id, cluster_id, author_id, school_id, title, text, html, language, version, started_at,
            changed_at)
          select entry(n), cluster_(n % 1500), person(p), school(p / 50), 'Entry ' || n,
            repeat('We read in pairs. ', 20), '<p>' || repeat('We read in pairs. ', 20) || '</p>', 'en', 1,
            written(n), written(n)
          from (select n, n % 1500 * 200 + n / 1500 % 200 as p from numbers) n"""),
        ("publication", 1_000_000, """(id, entry_id, cluster_id, reach, published_at, published_by)
          select seeded(11, n, written(n)), entry(n), cluster_(n % 1500),
            case when n % 1500 % 10 > 0 and n / 1500 % 10 = 0 then 'everyone' else 'cluster' end, written(n),
            person(n % 1500 * 200 + n / 1500 % 200)"""),
        ("comment", 3_000_000, """(id, entry_id, author_id, school_id, kind, text, language, version, posted_at)
          select seeded(12, n, written(e) + (n % 3 + 1) * interval '1 hour'), entry(e), person(p), school(p / 50),
            (array['takeaway', 'question', 'suggestion'])[1 + n % 3], 'How long did it take?', 'en', 1,
            written(e) + (n % 3 + 1) * interval '1 hour'
          from (select n, n / 3 as e, n / 3 % 1500 * 200 + (n / 4500 + 1 + n % 3 * 37) % 200 as p from numbers) n"""),
        facts("entry.published", 1_000_000, 1_001, "written(n)", "cluster_(n % 1500)", "'entry_id', entry(n)"),
        facts("comment.posted", 3_000_000, 1_001_001, "written(n / 3)", "cluster_(n / 3 % 1500)",
          "'entry_id', entry(n / 3), 'comment_id', seeded(12, n, written(n / 3) + (n % 3 + 1) * interval '1 hour')"),
    ],
}  # fmt: skip


# Who followed before has heard it all; the counting of what happened begins with the first fact.
PLACED = "select setval('fact_place', (select max(place) from fact))"
HEARD = """
insert into cursor (source, place) values ('clusters', 2301000)
on conflict (source) do update set place = excluded.place
"""


async def fill(urls: dict[str, str]) -> None:
    """Each service in one transaction: what was interrupted is begun anew, what is there already is left."""
    chunks = {service: list(_chunks(tables)) for service, tables in FILLED.items()}
    total, done, began = sum(map(len, chunks.values())), 0, time.monotonic()
    for service, of_service in chunks.items():
        connection = await asyncpg.connect(urls[service])
        # Every id is right by the way it is made: the checks of keys would take as long as the rows.
        await connection.execute(f"set session_replication_role = replica; set synchronous_commit = off; {SEEDED}")
        if not await connection.fetchval("select exists (select from person where id = person(0))"):
            async with connection.transaction():
                for n, (table, statement, first, last) in enumerate(of_service, done + 1):
                    await connection.execute(statement, first, last)
                    _show(n / total, f"{service}: {table}", time.monotonic() - began)
                await connection.execute(PLACED)
                if service != "clusters":
                    await connection.execute(HEARD)
        await connection.execute("vacuum analyze")
        done += len(of_service)
        await connection.close()


def urls_of_house() -> dict[str, str]:
    """The databases of this house as a superuser, while it runs."""
    superuser = Postgres(HOME / "postgres").ensure()
    secrets = json.loads((HOME / "secrets.json").read_text())
    server = superuser.rpartition("/")[0]
    own = own_urls(superuser, secrets["databases"])
    return {service: f"{server}/{url.rpartition('/')[2]}" for service, url in own.items()}


def _chunks(tables: list[tuple[str, int, str]]) -> Iterator[tuple[str, str, int, int]]:
    """(table, statement, the first number, the last) of each set of rows."""
    for table, rows, filling in tables:
        for start in range(0, rows, CHUNK):
            yield table, _statement(table, filling), start, min(start + CHUNK, rows) - 1


def _statement(table: str, filling: str) -> str:
    columns, _, select = filling.partition("select")
    source = "" if "from numbers" in select else " from numbers"
    numbers = "numbers as (select n from generate_series($1::bigint, $2::bigint) n)"
    return f"with {numbers} insert into {table} {columns} select {select}{source}"


def _show(share: float, what: str, seconds: float) -> None:
    bar = "█" * round(share * WIDTH)
    print(f"\r{bar:<{WIDTH}} {share:4.0%} {seconds:4.0f} s  {what:<24}", end="", file=sys.stderr, flush=True)


def main() -> None:
    if (HOME / "seeded").exists():
        print(f"{HOME} has its data already.")
        return
    house = House(HOME, PORT)
    house.start()
    try:
        asyncio.run(fill(urls_of_house()))
        (HOME / "seeded").touch()
    finally:
        house.stop()
    print(file=sys.stderr)


if __name__ == "__main__":
    main()
