"""Who has never shared anything is shown what is new and could be answered in a sentence; who ever did, is not."""

from datetime import UTC, datetime, timedelta

import pytest

from tests.diaries.writing import comment, published, start
from tests.people import a_cluster, an_official, told


async def offered(asker):
    found = told(await asker.diaries.get("/v1/today"))["first_share"]
    return found and found["id"]


async def test_what_a_colleague_wrote_is_offered_to_who_has_shared_nothing(house, cluster):
    assert await offered(cluster.dan) is None
    entry = await published(cluster.anna, cluster)
    assert await offered(cluster.dan) == await offered(cluster.marie) == entry
    assert await offered(cluster.anna) is None
    stranger = await a_cluster(house)
    assert await offered(stranger.dan) is None
    assert await offered(await an_official(house, "national_coordinator", "CZ")) is None


async def test_a_draft_is_no_share_and_an_entry_is_one_also_when_it_was_taken_back(cluster):
    entry = await published(cluster.anna, cluster)
    await start(cluster.dan, cluster)
    assert await offered(cluster.dan) == entry
    mine = await published(cluster.dan, cluster)
    assert await offered(cluster.dan) is None
    told(await cluster.dan.diaries.delete(f"/v1/entries/{mine}/publication"), 204)
    assert await offered(cluster.dan) is None


@pytest.mark.parametrize("kind", ["takeaway", "question", "suggestion"])
async def test_one_answer_is_a_share(cluster, kind):
    entry = await published(cluster.anna, cluster)
    told(await comment(cluster.dan, entry, kind), 201)
    assert await offered(cluster.dan) is None
    assert await offered(cluster.marie) == entry


async def test_it_is_offered_for_two_weeks(house, cluster):
    entry = await published(cluster.anna, cluster)
    for age, is_offered in ((timedelta(days=14, minutes=-1), True), (timedelta(days=14, minutes=1), False)):
        at = datetime.now(UTC) - age
        await house.rows("diaries", "update publication set published_at = $2 where entry_id = $1", entry, at)
        assert (await offered(cluster.dan) == entry) == is_offered


async def test_where_nothing_can_be_added_nothing_is_offered(house, cluster):
    await published(cluster.anna, cluster)
    official = await an_official(house, "national_coordinator", "CZ")
    told(await official.clusters.put(f"/v1/clusters/{cluster.id}/closure", json={"word": ""}))
    await house.hear()
    assert await offered(cluster.dan) is None
