"""Pages of a list: nothing is lost or shown twice, and nobody invents a cursor."""

import base64
from uuid import uuid4

import pytest

from tests.diaries.writing import published
from tests.events.making import announce, terms
from tests.people import told, wrong_fields

LISTS = [
    ("clusters", "/v1/clusters", {}),
    ("clusters", "/v1/notices", {}),
    ("events", "/v1/events", {}),
    ("events", "/v1/events", {"when": "past"}),
    ("diaries", "/v1/entries", {}),
    ("diaries", "/v1/public-entries", {}),
]


async def walk(asker, service, path, **params):
    items, after = [], None
    while True:
        page = told(await asker[service].get(path, params=params | ({"after": after} if after else {})))
        assert len(page["items"]) <= params.get("limit", 20)
        items += [item["id"] for item in page["items"]]
        after = page["next"]
        if after is None:
            return items


async def test_events_of_the_same_hour_are_all_found(cluster):
    same = terms(5)
    made = [(await announce(cluster.anna, cluster, 5, **same))["id"] for _ in range(7)]
    found = await walk(cluster.cara, "events", "/v1/events", limit=2)
    assert len(found) == len(set(found)) == 7
    assert set(found) == set(made)


async def test_an_event_that_is_announced_meanwhile_doubles_none(cluster):
    for days in (1, 3, 5):
        await announce(cluster.anna, cluster, 5, days=days)
    first = told(await cluster.cara.events.get("/v1/events", params={"limit": 2}))
    await announce(cluster.anna, cluster, 5, days=2)
    rest = told(await cluster.cara.events.get("/v1/events", params={"after": first["next"]}))
    seen = [item["id"] for item in first["items"] + rest["items"]]
    assert len(seen) == len(set(seen)) == 3


async def test_past_events_come_newest_first(cluster):
    made = [(await announce(cluster.anna, cluster, 5, days=-n))["id"] for n in (3, 1, 2)]
    found = await walk(cluster.cara, "events", "/v1/events", when="past", limit=1)
    assert found == [made[1], made[2], made[0]]


async def test_entries_come_newest_first(cluster):
    made = [await published(cluster.cara, cluster, "everyone") for _ in range(5)]
    assert await walk(cluster.dan, "diaries", "/v1/entries", limit=2) == made[::-1]
    found = await walk(cluster.dan, "diaries", "/v1/public-entries", limit=2, cluster_id=cluster.id)
    assert found == made[::-1]


def encoded(text):
    return base64.urlsafe_b64encode(text.encode()).decode().rstrip("=")


@pytest.mark.parametrize(("service", "path", "params"), LISTS)
async def test_a_cursor_that_is_not_ours_is_refused(cluster, service, path, params):
    for foreign in (
        "x",
        "ž",
        "",
        "%00",
        encoded("[]"),
        encoded("{}"),
        encoded('["a", "b", "c"]'),
        encoded("[1]"),
        encoded("[[" * 90),
        encoded("[" * 1_500),
    ):
        answer = await cluster.cara[service].get(path, params=params | {"after": foreign})
        assert wrong_fields(answer) == {"/after": "cursor_invalid"}, foreign


@pytest.mark.parametrize("year", ["0001", "9999"])
async def test_a_cursor_of_a_year_that_cannot_be_is_refused(cluster, year):
    after = encoded(f'["{year}-01-01T00:00:00+14:00", "{uuid4()}"]')
    answer = await cluster.cara.events.get("/v1/events", params={"after": after})
    assert answer.status_code in (200, 422)


@pytest.mark.parametrize(("service", "path", "params"), LISTS)
async def test_a_page_has_a_size(cluster, service, path, params):
    for limit in (0, 101, "many"):
        assert (await cluster.cara[service].get(path, params=params | {"limit": limit})).status_code == 422
