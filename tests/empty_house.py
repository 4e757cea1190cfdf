"""A house in which nobody coordinates the programme, and which has no name for it: made, and undone again."""

from contextlib import asynccontextmanager
from urllib.parse import parse_qs, urlsplit

from services.clusters.doors.setting_up import commands

NAMED = {
    "name": "MenSI",
    "begins": "2026-09-01",
    "ends": "2027-06-30",
    "licence": "CC-BY-4.0",
    "countries": ["PT", "CZ", "CZ"],
    "phases": [
        {"name": "Looking back", "begins": "2027-05-03"},
        {"name": "Getting to know each other", "begins": "2026-09-01"},
    ],
    "funding": "Paid for by the European Union.",
    "disclaimer": "Its authors alone answer for it.",
    "contact": "office@programme.example",
    "hashtag": "#MenSI-schools",
}
ENDED = (
    "delete from setup_link",
    "update office set ended_at = now() where ended_at is null",
    "update invitation set answer = 'withdrawn', answered_at = now() where answer is null and office is not null",
)


@asynccontextmanager
async def without_programme(house):
    """No programme, whatever the tests before said, and none for those after."""
    await _forget(house)
    try:
        yield
    finally:
        await _forget(house)


@asynccontextmanager
async def empty(house):
    """Nobody holds an office; afterwards the house is being set up again."""
    async with without_programme(house):
        for statement in ENDED:
            await house.rows("clusters", statement)
        yield
        for statement in ENDED:
            await house.rows("clusters", statement)
        await house.set_up()


async def _forget(house):
    for table in ("phase", "country_taking_part", "programme"):
        await house.rows("clusters", f"delete from {table}")


async def setup_path(house):
    """The page of a new set-up link."""
    return await commands.new_setup_link(house.urls["clusters"])


def key_of(path):
    return parse_qs(urlsplit(path).query)["key"][0]
