"""A cluster that is closed is read only for everybody, and goes on when it is opened again."""

from uuid import UUID

import pytest

from services.clusters.clusters.clusters.models import Cluster
from services.clusters.doors.closing.actions import close_cluster
from services.clusters.doors.joining.actions import ask_school
from services.clusters.doors.joining.schemas import SchoolInvitationIn
from services.diaries.entries import actions as entries
from services.diaries.entries.models import Reach
from services.diaries.entries.queries import lock_entry
from services.diaries.entries.schemas import EntryIn, WordsIn
from services.events.events.actions import announce_event
from services.events.events.schemas import EventIn
from services.roster.states import ClusterClosed
from tests.diaries.writing import comment, published, read, start
from tests.events.making import announce, ask, site, terms
from tests.house import MODULES
from tests.people import a_cluster, a_person, a_school, an_official, refusal, told


@pytest.fixture
async def olga(house):
    return await an_official(house, "national_coordinator", "CZ")


async def close(asker, cluster, word=""):
    return await asker.clusters.put(f"/v1/clusters/{cluster.id}/closure", json={"word": word})


async def reopen(asker, cluster):
    return await asker.clusters.delete(f"/v1/clusters/{cluster.id}/closure")


async def notices_of(asker, kind):
    found = told(await asker.clusters.get("/v1/notices"))["items"]
    return [notice["params"] for notice in found if notice["kind"] == kind]


async def test_it_is_shown_as_closed_with_the_word_of_who_closed_it(house, cluster, olga):
    shown = told(await close(olga, cluster, "We had a good year."))
    assert shown["closed_at"]
    assert (shown["closing_word"], {"reopen", "close"} & set(shown["can"])) == ("We had a good year.", {"reopen"})
    assert told(await cluster.cara.clusters.get(f"/v1/clusters/{cluster.id}")) == shown | {
        "can": ["see"],
        "schools": [school | {"can": ["see", "see_people"]} for school in shown["schools"]],
    }
    items = told(await cluster.cara.clusters.get("/v1/clusters"))["items"]
    assert [item["closed_at"] for item in items] == [shown["closed_at"]]
    (standing,) = told(await cluster.cara.clusters.get("/v1/me"))["standings"]
    assert standing["cluster_is_open"] is False


async def test_what_was_written_is_read_and_what_was_planned_is_cancelled_and_told(house, cluster, olga):
    entry_id = await published(cluster.cara, cluster)
    ahead, over = await announce(cluster.anna, cluster, 5), await announce(cluster.anna, cluster, 5)
    told(await ask(cluster.cara, ahead, site(ahead)))
    past = "update event set starts_at = now() - interval '2 days', ends_at = now() - interval '1 day' where id = $1"
    await house.rows("events", past, over["id"])
    told(await close(olga, cluster))
    for _ in range(2):
        await house.catch_up()
    entry = told(await read(cluster.dan, entry_id))
    assert (entry["cluster_closed_at"] is not None, entry["can"]) == (True, ["read"])
    assert told(await read(cluster.cara, entry_id))["can"] == ["read", "retract", "remove_picture", "remove"]
    assert refusal(await comment(cluster.dan, entry_id)) == (409, "cluster-closed")
    shown = [told(await cluster.cara.events.get(f"/v1/events/{event['id']}")) for event in (ahead, over)]
    assert [(event["cancelled_at"] is not None, event["can"]) for event in shown] == [(True, ["see"]), (False, ["see"])]
    (of_cara,) = await notices_of(cluster.cara, "event_cancelled")
    assert of_cara["cluster_closed"] is True
    assert await notices_of(cluster.dan, "event_cancelled") == []


async def test_who_could_takes_back_what_is_public(house, cluster, olga):
    entry_id = await published(cluster.cara, cluster, reach="everyone")
    told(await close(olga, cluster))
    await house.catch_up()
    path = f"/v1/entries/{entry_id}/publication"
    assert refusal(await cluster.ben.diaries.put(path, json={"reach": "cluster"})) == (409, "cluster-closed")
    told(await cluster.ben.diaries.delete(path), 204)
    assert (await house.guest.diaries.get(f"/v1/entries/{entry_id}")).status_code == 404


async def test_an_event_that_is_announced_while_it_closes_is_refused_or_cancelled(house, cluster, olga):
    told(await close(olga, cluster))
    await house.hear()
    new = EventIn(cluster_id=cluster.id, title="Late", format="meeting", **terms(5))
    with pytest.raises(ClusterClosed):
        async with house.database("events").transaction() as db:
            await announce_event(db, new, cluster.anna.id, None)


async def test_what_is_written_while_it_closes_is_asked_under_its_lock(house, cluster, olga):
    entry_id = await published(cluster.cara, cluster)
    told(await close(olga, cluster))
    await house.hear()
    words = {"title": "Late", "text": "!", "language": "en"}
    new, cara = EntryIn(cluster_id=cluster.id, **words), cluster.cara.id

    async def change(db):
        await entries.change_words(db, await lock_entry(db, UUID(entry_id)), WordsIn(**words), "!", cara)

    for write in (
        lambda db: entries.start_entry(db, new, "!", None, cara, None),
        lambda db: entries.publish_entry(db, UUID(entry_id), Reach.everyone, cara),
        change,
    ):
        with pytest.raises(ClusterClosed):
            async with house.database("diaries").transaction() as db:
                await write(db)


async def test_a_proposal_that_was_closed_counts_no_longer(house, cluster, olga):
    path, new = f"/v1/schools/{cluster.mentee}/clusters", {"name": "Ours", "zone": "Europe/Prague"}
    for _ in range(3):
        proposed = told(await cluster.ben.clusters.post(path, json=new), 201)["id"]
    assert refusal(await cluster.ben.clusters.post(path, json=new)) == (409, "too-many-proposals")
    told(await olga.clusters.put(f"/v1/clusters/{proposed}/closure", json={}))
    told(await cluster.ben.clusters.post(path, json=new), 201)


async def test_today_asks_for_nothing_that_is_refused(house, cluster, olga):
    over = await announce(cluster.anna, cluster, 5)
    past = "update event set starts_at = now() - interval '2 days', ends_at = now() - interval '1 day' where id = $1"
    await house.rows("events", past, over["id"])
    await start(cluster.cara, cluster)
    asked = [
        len(told(await cluster.anna.events.get("/v1/today"))["to_mark"]),
        len(told(await cluster.cara.diaries.get("/v1/today"))["drafts"]),
    ]
    assert asked == [1, 1]
    told(await close(olga, cluster))
    await house.catch_up()
    assert told(await cluster.anna.events.get("/v1/today"))["to_mark"] == []
    assert told(await cluster.cara.diaries.get("/v1/today"))["drafts"] == []


async def test_it_goes_on_when_it_is_opened_again(house, cluster, olga):
    entry_id = await published(cluster.cara, cluster)
    told(await close(olga, cluster, "Over."))
    await house.catch_up()
    for _ in range(2):
        shown = told(await reopen(olga, cluster))
        assert (shown["closed_at"], shown["closing_word"]) == (None, "")
    await house.catch_up()
    told(await comment(cluster.dan, entry_id), 201)
    await announce(cluster.anna, cluster, 5)


async def test_events_stay_where_it_was_opened_before_they_could_be_cancelled(house, cluster, olga):
    event = await announce(cluster.anna, cluster, 5)
    told(await close(olga, cluster))
    told(await reopen(olga, cluster))
    await house.catch_up()
    assert told(await cluster.cara.events.get(f"/v1/events/{event['id']}"))["cancelled_at"] is None


async def test_who_leads_a_school_of_it_is_told_and_nobody_else(house, cluster, olga):
    stranger = await a_cluster(house)
    told(await close(olga, cluster, "Over."))
    told(await reopen(olga, cluster))
    for kind in ("cluster_closed", "cluster_reopened"):
        told_of = {name: len(await notices_of(one, kind)) for name, one in cluster.everybody.items()}
        assert told_of == {"anna": 1, "ben": 1, "hana": 1, "marie": 0, "cara": 0, "dan": 0}, kind
        assert await notices_of(stranger.anna, kind) == await notices_of(olga, kind) == []
    ((closed,),) = [await notices_of(cluster.ben, "cluster_closed")]
    assert (closed["by"], closed["word"]) == ("Olga", "Over.")


async def test_schools_that_were_asked_are_asked_no_more(house, cluster, olga):
    school = await a_school(house)
    leader = await house.as_person((await a_person(house, school, "coordinator"))["person_id"])
    asked = {"school_id": school, "role": "mentee"}
    path = f"/v1/clusters/{cluster.id}/school-invitations"
    told(await olga.clusters.post(path, json=asked), 201)
    told(await close(olga, cluster))
    assert told(await leader.clusters.get("/v1/me"))["school_invitations"] == []
    told(await reopen(olga, cluster))
    told(await olga.clusters.post(path, json=asked), 201)


@pytest.mark.parametrize("who", ["anna", "ben", "cara"])
async def test_nobody_in_it_closes_or_opens_it(house, cluster, olga, who):
    asker = getattr(cluster, who)
    assert refusal(await close(asker, cluster)) == (403, "forbidden")
    told(await close(olga, cluster))
    assert refusal(await reopen(asker, cluster)) == (403, "forbidden")
    assert refusal(await close(olga, cluster)) == (409, "cluster-closed")


async def test_another_country_does_not_know_of_it(house, cluster):
    nadim = await an_official(house, "national_coordinator", "JO")
    assert refusal(await close(nadim, cluster)) == (404, "not-found")


async def test_what_let_a_school_in_meanwhile_is_asked_under_the_lock(house, cluster):
    """Found while it was open, asked of after it was closed."""
    new = SchoolInvitationIn(school_id=await a_school(house), role="mentee")
    database = house.database("clusters")
    async with database.transaction() as db:
        found = await db.get_one(Cluster, cluster.id)
    async with database.transaction() as db:
        await close_cluster(db, found, "", None)
    with pytest.raises(ClusterClosed):
        async with database.transaction() as db:
            await ask_school(db, found, new, None)


async def test_followers_that_were_away_are_right_when_they_are_back(house, cluster, olga):
    told(await close(olga, cluster))
    told(await reopen(olga, cluster))
    told(await close(olga, cluster))
    await house.hear()
    closed = {
        service: (await house.rows(service, "select closed_at from cluster where id = $1", cluster.id))[0][0]
        for service in MODULES
    }
    assert None not in closed.values()
    told(await reopen(olga, cluster))
    await house.hear()
    for service in MODULES:
        ((closed_at,),) = await house.rows(service, "select closed_at from cluster where id = $1", cluster.id)
        assert closed_at is None
