"""What people write, and who finds it."""

import asyncio
from uuid import UUID, uuid4

from services.diaries.entries.actions import retract_entry
from services.diaries.entries.queries import lock_entry
from tests.diaries.writing import publish, published, read, start
from tests.events.making import announce
from tests.events.test_attendance import mark
from tests.people import a_cluster, accept, an_official, refusal, told, wrong_fields


async def found_in_lists(asker, entry_id):
    lists = ("/v1/entries", "/v1/public-entries") if asker.id else ("/v1/public-entries",)
    pages = [told(await asker.diaries.get(path, params={"limit": 100}))["items"] for path in lists]
    return any(item["id"] == entry_id for page in pages for item in page)


async def finds(asker, entry_id):
    """Whether this reader finds the entry: by its address and in the lists alike."""
    answer = await read(asker, entry_id)
    listed = await found_in_lists(asker, entry_id)
    assert answer.status_code == (200 if listed else 404)
    return listed


async def readers(house, cluster):
    other = await a_cluster(house)
    return {
        "author": cluster.cara,
        "colleague": cluster.dan,
        "head": cluster.hana,
        "mentor": cluster.anna,
        "national": await an_official(house, "national_coordinator", "CZ"),
        "programme": await an_official(house, "programme_coordinator"),
        "abroad": await an_official(house, "national_coordinator", "JO"),
        "stranger": other.anna,
        "guest": house.guest,
    }


async def who_finds(everybody, entry_id):
    return {name for name, asker in everybody.items() if await finds(asker, entry_id)}


async def test_a_draft_is_its_authors_then_the_clusters_then_everyones_then_its_authors_again(house, cluster):
    everybody = await readers(house, cluster)
    entry_id = await start(cluster.cara, cluster)
    assert await who_finds(everybody, entry_id) == {"author"}
    told(await publish(cluster.cara, entry_id))
    of_cluster = {"author", "colleague", "head", "mentor", "national", "programme"}
    assert await who_finds(everybody, entry_id) == of_cluster
    told(await publish(cluster.cara, entry_id, "everyone"))
    assert await who_finds(everybody, entry_id) == everybody.keys()
    told(await cluster.cara.diaries.delete(f"/v1/entries/{entry_id}/publication"), 204)
    assert await who_finds(everybody, entry_id) == {"author"}


async def test_a_guest_cannot_tell_a_draft_from_nothing(house, cluster):
    drafted = await read(house.guest, await start(cluster.cara, cluster))
    nothing = await read(house.guest, uuid4())
    assert drafted.json() == nothing.json()
    assert refusal(drafted) == (404, "not-found")


async def test_nothing_is_published_before_there_is_something_to_read(cluster):
    entry_id = await start(cluster.cara, cluster, text="  \n ")
    assert refusal(await publish(cluster.cara, entry_id)) == (409, "nothing-to-read")


async def test_what_is_not_published_is_not_taken_back(cluster):
    entry_id = await start(cluster.cara, cluster)
    answer = await cluster.cara.diaries.delete(f"/v1/entries/{entry_id}/publication")
    assert refusal(answer) == (409, "not-published")


async def test_publishing_again_for_the_same_readers_tells_nothing_new(house, cluster):
    entry_id = await published(cluster.cara, cluster)
    told(await publish(cluster.cara, entry_id))
    facts = await house.rows(
        "diaries", "select 1 from fact where kind = 'entry.published' and data->>'entry_id' = $1", entry_id
    )
    assert len(facts) == 1


async def test_other_readers_leave_an_entry_where_it_stands(cluster):
    old, new = [await published(cluster.cara, cluster) for _ in range(2)]
    since = told(await read(cluster.cara, old))["published_at"]
    for reach in ("everyone", "cluster"):
        told(await publish(cluster.cara, old, reach))
        items = told(await cluster.dan.diaries.get("/v1/entries"))["items"]
        assert [item["id"] for item in items] == [new, old]
        shown = told(await read(cluster.cara, old))
        assert (shown["reach"], shown["published_at"]) == (reach, since)


async def test_of_two_who_edit_one_entry_the_second_is_told(cluster):
    entry_id = await start(cluster.cara, cluster)
    where, words = f"/v1/entries/{entry_id}", {"title": "T", "text": "mine", "language": "cs"}
    told(await cluster.cara.diaries.put(where, json=words, headers={"If-Match": '"1"'}))
    second = await cluster.cara.diaries.put(where, json=words | {"text": "other"}, headers={"If-Match": '"1"'})
    assert refusal(second) == (412, "changed")
    assert second.json()["params"] == {"version": 2}
    assert refusal(await cluster.cara.diaries.put(where, json=words)) == (428, "precondition-required")
    shown = told(await read(cluster.cara, entry_id))
    assert (shown["text"], shown["version"], shown["language"]) == ("mine", 2, "cs")


async def test_only_the_author_edits_and_coordinators_publish(cluster):
    entry_id = await published(cluster.cara, cluster)
    words = {"title": "T", "text": "mine", "language": "cs"}
    for asker in (cluster.dan, cluster.ben, cluster.anna):
        answer = await asker.diaries.put(f"/v1/entries/{entry_id}", json=words, headers={"If-Match": "*"})
        assert refusal(answer) == (403, "forbidden")
    assert refusal(await publish(cluster.dan, entry_id, "everyone")) == (403, "forbidden")
    told(await publish(cluster.ben, entry_id, "everyone"))
    told(await publish(cluster.anna, entry_id, "cluster"))


async def test_an_entry_from_an_event_knows_what_happened(cluster):
    event = await announce(cluster.anna, cluster, 5, days=-1)
    told(await mark(cluster.anna, event, cluster.cara, cluster.marie))
    entry_id = await start(cluster.cara, cluster, event_id=event["id"])
    origin = told(await read(cluster.cara, entry_id))["origin"]
    assert (origin["title"], origin["format"], origin["mode"]) == ("Writing together", "workshop", "hybrid")
    assert origin["starts_at"] == event["starts_at"]
    assert sum(row["came"] for row in origin["came"]) == 2


async def test_an_event_of_another_cluster_is_the_wrong_field(house, cluster):
    other = await a_cluster(house)
    event = await announce(other.anna, other, 5)
    for event_id in (event["id"], str(uuid4())):
        new = {"cluster_id": cluster.id, "title": "T", "language": "en", "event_id": event_id}
        assert wrong_fields(await cluster.cara.diaries.post("/v1/entries", json=new)) == {"/event_id": "unknown"}


async def test_an_event_of_ones_other_cluster_is_the_wrong_field_too(house, cluster):
    other = await a_cluster(house)
    demo = await house.as_service("demo")
    new = {"name": "Cara", "mail": cluster.addresses["cara"], "role": "teacher"}
    invited = told(await demo.clusters.post(f"/v1/schools/{other.mentee}/invitations", json=new), 201)
    told(await accept(demo, invited["id"]), 201)
    await house.hear()
    event = await announce(other.anna, other, 5)
    new = {"cluster_id": cluster.id, "title": "T", "language": "en", "event_id": event["id"]}
    assert wrong_fields(await cluster.cara.diaries.post("/v1/entries", json=new)) == {"/event_id": "unknown"}
    await start(cluster.cara, other, event_id=event["id"])


async def test_when_events_is_down_an_entry_from_an_event_waits(house, cluster):
    event = await announce(cluster.anna, cluster, 5)
    app = house.apps["events"]
    house.hosts.remove("events")
    try:
        new = {"cluster_id": cluster.id, "title": "T", "language": "en", "event_id": event["id"]}
        answer = await cluster.cara.diaries.post("/v1/entries", json=new)
        assert refusal(answer) == (503, "unavailable")
        await start(cluster.cara, cluster)
    finally:
        house.hosts.add("events", app)


async def test_nobody_writes_in_the_diary_of_strangers(house, cluster):
    other = await a_cluster(house)
    new = {"cluster_id": cluster.id, "title": "T", "language": "en"}
    assert refusal(await other.cara.diaries.post("/v1/entries", json=new)) == (404, "not-found")
    official = await an_official(house, "national_coordinator", "CZ")
    assert refusal(await official.diaries.post("/v1/entries", json=new)) == (403, "forbidden")


async def test_today_shows_what_is_new_and_my_drafts(cluster):
    draft, new = await start(cluster.cara, cluster), await published(cluster.dan, cluster)
    today = told(await cluster.cara.diaries.get("/v1/today"))
    assert [item["id"] for item in today["entries"]] == [new]
    assert [item["id"] for item in today["drafts"]] == [draft]
    assert told(await cluster.dan.diaries.get("/v1/today"))["drafts"] == []


async def test_many_drafts_do_not_hide_what_is_new(cluster):
    new = await published(cluster.dan, cluster)
    for _ in range(6):
        await start(cluster.cara, cluster)
    today = told(await cluster.cara.diaries.get("/v1/today"))
    assert [item["id"] for item in today["entries"]] == [new]


async def test_a_draft_is_nobody_elses_to_publish_even_if_they_saw_it_before(house, cluster):
    entry_id = await published(cluster.cara, cluster)
    async with house.database("diaries").transaction() as db:
        await lock_entry(db, UUID(entry_id))
        waiting = asyncio.create_task(publish(cluster.anna, entry_id, "everyone"))
        await asyncio.sleep(0.3)
        await retract_entry(db, UUID(entry_id), cluster.cara.id)
    assert refusal(await waiting) == (404, "not-found")
    assert refusal(await read(house.guest, entry_id)) == (404, "not-found")


async def test_the_etag_of_an_entry_is_a_version_to_change(cluster):
    entry_id = await start(cluster.cara, cluster)
    where, words = f"/v1/entries/{entry_id}", {"title": "T", "text": "mine", "language": "cs"}
    tag = (await read(cluster.cara, entry_id)).headers["etag"]
    told(await cluster.cara.diaries.put(where, json=words, headers={"If-Match": tag}))
    assert refusal(await cluster.cara.diaries.put(where, json=words, headers={"If-Match": tag})) == (412, "changed")


async def test_who_left_the_cluster_publishes_nothing_there_and_takes_back_what_is_theirs(house, cluster):
    draft, read_by_all = await start(cluster.dan, cluster, "Not yet."), await published(cluster.dan, cluster)
    told(await cluster.dan.clusters.delete(f"/v1/staff/{cluster.staff['dan']}"))
    await house.hear()
    assert "publish" not in told(await read(cluster.dan, draft))["can"]
    path = "/v1/entries/{}/publication"
    refused = await cluster.dan.diaries.put(path.format(draft), json={"reach": "cluster"})
    assert refusal(refused) == (403, "forbidden")
    told(await cluster.dan.diaries.delete(path.format(read_by_all)), 204)
