"""Load the demonstration year; loading it again changes nothing, and goes on where it was interrupted."""

import asyncio
import time
from dataclasses import replace
from datetime import date, datetime
from zoneinfo import ZoneInfo

from demo.asking import Service, Settings, Voice, Voices
from demo.cards import introduce, show_logo
from demo.clusters import (
    Formed,
    ask_schools,
    close_cluster,
    form_cluster,
    give_office,
    is_closed,
    is_there,
    make_code,
    mistype,
    name_programme,
    name_tools,
    write_aims,
    write_development_plans,
)
from demo.deciding import decide
from demo.diaries import write_diary
from demo.digests import hear_in_digests
from demo.events import hold_events
from demo.helping import ask_for_help
from demo.planning import Plan, plan_year
from demo.plans import ask_to_do, write_plan
from demo.reading import read_year
from demo.shapes import Year
from kit.client import Refused, open_http

NOT_FOUND = 404
HEARD_WITHIN = 30.0
STAYS_OUT = "This house is open: the demonstration year is for one that is being set up."


class NotHeard(RuntimeError):
    """Events or diaries do not follow clusters: are their workers running?"""


async def main() -> list[str]:
    """Who can sign in, a line each."""
    async with open_http() as http:
        return await load_year(Voices(http, Settings()), read_year())


async def load_year(voices: Voices, year: Year, today: date | None = None) -> list[str]:
    """Fill a house that is being set up, then open it; who can sign in, a line each.

    Without `today` it is the day on which setting up began: a load that goes on tomorrow tells of the same days.
    """
    setup = await voices.own.put("clusters", "/v1/house/setup")
    if setup["opened_at"]:
        return _who_can_sign_in(year) if await is_there(voices, year) else [STAYS_OUT]
    began = datetime.fromisoformat(setup["began_at"]).astimezone(ZoneInfo(year.clusters[0].zone))
    await _load(voices, year, plan_year(year, today or began.date()))
    await voices.own.post("clusters", "/v1/house/opening", key="opening")
    return _who_can_sign_in(year)


async def _load(voices: Voices, year: Year, plan: Plan) -> None:
    *others, last = year.offices
    await name_programme(voices, plan)
    officials = {office.key: await give_office(voices, plan, office) for office in others}
    formed = await asyncio.gather(*(form_cluster(voices, planned) for planned in plan.clusters))
    # Facts are heard in their order: who has heard of the office that was given last has heard of everybody.
    officials[last.key] = await give_office(voices, plan, last)
    clusters = [replace(cluster, people=officials | cluster.people) for cluster in formed]
    everybody = {key: person_id for cluster in clusters for key, person_id in cluster.people.items()}
    await _heard(voices.of(officials[last.key]), clusters[-1])
    # One after the other: on a slow machine a line of them is too long for the last one's patience.
    for way in year.sign_in:
        await _set_password(voices.of(everybody[way.key]), year.password, plan.moments["programme/name"])
    unfinished = [cluster for cluster in clusters if not await is_closed(voices, cluster)]
    for cluster in unfinished:
        await hear_in_digests(voices, cluster)
    await asyncio.gather(*(_fill(voices, cluster) for cluster in unfinished))
    await show_logo(voices, plan)
    for cluster in unfinished:
        await write_aims(voices, cluster)
        await name_tools(voices, cluster)
        await write_development_plans(voices, cluster)
        await ask_for_help(voices, cluster)
        await write_plan(voices, cluster)
        await ask_to_do(voices, cluster)
        await decide(voices, cluster)
        await ask_schools(voices, cluster)
        await mistype(voices, cluster)
        await make_code(voices, cluster)
        await introduce(voices, cluster)
        await close_cluster(voices, cluster)


async def _heard(official: Voice, cluster: Formed) -> None:
    """Wait until events and diaries know where this person stands. Raises NotHeard."""
    until = time.monotonic() + HEARD_WITHIN
    paths: dict[Service, str] = {"events": "/v1/events", "diaries": "/v1/entries"}
    for service, path in paths.items():
        while True:
            try:
                await official.get(service, path, cluster_id=cluster.id, limit=1)
                break
            except Refused as refused:
                if refused.status != NOT_FOUND:
                    raise
                if time.monotonic() > until:
                    raise NotHeard from refused
            await asyncio.sleep(0.1)


async def _set_password(person: Voice, password: str, at: datetime) -> None:
    # A load that was interrupted has set it already.
    await person.put("clusters", "/v1/me/password", {"password": password, "old_password": password}, at=at)


async def _fill(voices: Voices, cluster: Formed) -> None:
    await write_diary(voices, cluster, await hold_events(voices, cluster))


def _who_can_sign_in(year: Year) -> list[str]:
    people = {office.key: (office.name, office.mail) for office in year.offices}
    for cluster in year.clusters:
        for school in cluster.schools:
            people |= {person.key: (person.name, school.mail(person)) for person in school.people}
    named = [(*people[way.key], way.role) for way in year.sign_in]
    width, mail_width = (max(len(row[place]) for row in named) for place in (0, 1))
    return [
        f"Sign in by a mail link, or with the password {year.password}, as",
        *(f"  {name:<{width}}  {mail:<{mail_width}}  {role}" for name, mail, role in named),
    ]
