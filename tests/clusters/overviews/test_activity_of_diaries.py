"""What is written and answered, in sums: what is taken back, deleted or erased goes out of them with all that hung on
it."""

from uuid import UUID

import pytest

from services.diaries.erasure.actions import forget_comment
from tests.clusters.doors.test_erasure import erased, leave
from tests.clusters.overviews.looking import LAST, in_month, of_month, sums
from tests.diaries.writing import comment, publish, published, reply, start
from tests.people import an_official, told

OCTOBER, NOVEMBER, DECEMBER = f"{LAST}-10", f"{LAST}-11", f"{LAST}-12"
PUBLISHED = "update publication set published_at = $2 where entry_id = $1 and retracted_at is null"


async def published_in(house, asker, cluster, month):
    entry = await published(asker, cluster)
    await house.rows("diaries", PUBLISHED, entry, in_month(month))
    return entry


async def said_in(house, answer, month):
    """The id of a comment, as if it had been posted in this month."""
    comment_id = told(answer, 201)["id"]
    await house.rows("diaries", "update comment set posted_at = $2 where id = $1", comment_id, in_month(month))
    return comment_id


async def retract(asker, entry):
    told(await asker.diaries.delete(f"/v1/entries/{entry}/publication"), 204)


async def remove(asker, entry):
    told(await asker.diaries.delete(f"/v1/entries/{entry}", headers={"if-match": "*"}), 204)


async def take_back(asker, entry, comment_id):
    path = f"/v1/entries/{entry}/comments/{comment_id}"
    told(await asker.diaries.delete(path, headers={"if-match": "*"}), 204)


@pytest.fixture
async def entry(house, cluster):
    """Of October, by Cara; Marie asks in November, and Anna takes something away in December."""
    entry = await published_in(house, cluster.cara, cluster, 10)
    await said_in(house, await comment(cluster.marie, entry), 11)
    await said_in(house, await comment(cluster.anna, entry, kind="takeaway"), 12)
    await house.catch_up()
    assert await sums(house, cluster) == {
        (OCTOBER, "entries", "mentee"): 1,
        (NOVEMBER, "comments", "mentor"): 1,
        (DECEMBER, "takeaways", "mentor"): 1,
    }
    return entry


async def test_questions_suggestions_and_replies_are_comments(house, cluster, entry):
    asked = await said_in(house, await comment(cluster.marie, entry), 10)
    await said_in(house, await comment(cluster.ben, entry, kind="suggestion"), 10)
    await said_in(house, await reply(cluster.cara, entry, asked), 10)
    assert await of_month(house, cluster, OCTOBER) == {
        ("entries", "mentee"): 1, ("comments", "mentor"): 1, ("comments", "mentee"): 2,
    }  # fmt: skip


async def test_a_draft_is_not_counted(house, cluster):
    await start(cluster.cara, cluster)
    await house.catch_up()
    assert await sums(house, cluster, "diaries") == {}


async def test_an_entry_that_is_taken_back_takes_its_comments_with_it(house, cluster, entry):
    await retract(cluster.cara, entry)
    await house.catch_up()
    assert await sums(house, cluster) == {}
    told(await publish(cluster.cara, entry))
    await house.rows("diaries", PUBLISHED, entry, in_month(12))
    await house.catch_up()
    assert await sums(house, cluster) == {
        (DECEMBER, "entries", "mentee"): 1,
        (NOVEMBER, "comments", "mentor"): 1,
        (DECEMBER, "takeaways", "mentor"): 1,
    }


async def test_another_reach_counts_no_second_time(house, cluster, entry):
    told(await publish(cluster.cara, entry, "everyone"))
    assert await of_month(house, cluster, OCTOBER) == {("entries", "mentee"): 1}


@pytest.mark.parametrize("counted_between", [True, False])
async def test_a_draft_that_was_published_once_is_deleted(house, cluster, entry, counted_between):
    await retract(cluster.cara, entry)
    if counted_between:
        await house.catch_up()
    await remove(cluster.cara, entry)
    await house.catch_up()
    assert await sums(house, cluster) == {}


async def test_a_published_entry_is_deleted(house, cluster, entry):
    other = await published_in(house, cluster.dan, cluster, 10)
    await remove(cluster.cara, entry)
    await house.catch_up()
    assert await sums(house, cluster) == {(OCTOBER, "entries", "mentee"): 1}
    await remove(cluster.dan, other)
    await house.catch_up()
    assert await sums(house, cluster) == {}


async def test_a_comment_is_taken_back(house, cluster, entry):
    """Of its month nothing else is left."""
    asked = await said_in(house, await comment(cluster.ben, entry), 9)
    assert await of_month(house, cluster, f"{LAST}-09") == {("comments", "mentee"): 1}
    await take_back(cluster.ben, entry, asked)
    assert await of_month(house, cluster, f"{LAST}-09") == {}


async def test_a_comment_with_answers_is_taken_back_and_they_still_count(house, cluster, entry):
    asked = await said_in(house, await comment(cluster.ben, entry), 9)
    answer = await said_in(house, await reply(cluster.marie, entry, asked), 9)
    await house.catch_up()
    await take_back(cluster.ben, entry, asked)
    assert await of_month(house, cluster, f"{LAST}-09") == {("comments", "mentor"): 1}
    await take_back(cluster.marie, entry, answer)
    assert await of_month(house, cluster, f"{LAST}-09") == {}


async def test_a_comment_goes_while_its_entry_is_a_draft(house, cluster, entry):
    asked = await said_in(house, await comment(cluster.ben, entry), 9)
    await house.catch_up()
    await retract(cluster.cara, entry)
    async with house.database("diaries").transaction() as db:
        await forget_comment(db, UUID(asked))
    await house.catch_up()
    assert await sums(house, cluster) == {}
    told(await publish(cluster.cara, entry))
    await house.rows("diaries", PUBLISHED, entry, in_month(10))
    assert await of_month(house, cluster, f"{LAST}-09") == {}
    assert await of_month(house, cluster, NOVEMBER) == {("comments", "mentor"): 1}


@pytest.mark.parametrize("writings", ["stay", "go"])
async def test_who_leaves_for_good_takes_away_what_goes_with_them(house, cluster, entry, writings):
    other = await published_in(house, cluster.anna, cluster, 11)
    await said_in(house, await comment(cluster.cara, other), 9)
    await house.catch_up()
    told(await leave(house, cluster.cara, cluster.addresses["cara"], writings), 202)
    await erased(house)
    left = {(NOVEMBER, "entries", "mentor"): 1}
    if writings == "stay":
        left |= {
            (OCTOBER, "entries", "mentee"): 1,
            (f"{LAST}-09", "comments", "mentee"): 1,
            (NOVEMBER, "comments", "mentor"): 1,
            (DECEMBER, "takeaways", "mentor"): 1,
        }
    assert await sums(house, cluster) == left


async def test_what_an_official_writes_is_of_no_school(house, cluster):
    olga = await an_official(house, "national_coordinator", "CZ")
    entry = await published_in(house, cluster.cara, cluster, 10)
    await said_in(house, await comment(olga, entry), 10)
    assert (await of_month(house, cluster, OCTOBER))["comments", ""] == 1


async def test_a_month_begins_at_midnight_of_utc(house, cluster):
    for month, zone in ((11, "Europe/Prague"), (12, "UTC")):
        entry = await published(cluster.cara, cluster)
        at = in_month(month, 1, hour=0, minute=30, zone=zone)
        await house.rows("diaries", PUBLISHED, entry, at)
    await house.catch_up()
    assert await sums(house, cluster) == {
        (OCTOBER, "entries", "mentee"): 1, (DECEMBER, "entries", "mentee"): 1,
    }  # fmt: skip
