"""Somebody takes along all that is kept about them: one archive over all services, for people and for programs."""

import json
from datetime import UTC, datetime
from io import BytesIO
from uuid import UUID
from zipfile import ZipFile

from bs4 import BeautifulSoup

from kit.media import Media
from kit.worker import sweep
from services.diaries.archives import packing
from services.diaries.archives.actions import make_archive
from tests.clusters.directory.test_cards import SAID, introduce, set_portrait
from tests.clusters.doors.test_erasure import WITH_PEOPLE, erased, leave
from tests.diaries.writing import add_picture, comment, published, start
from tests.events.making import announce, ask, site
from tests.people import refusal, told
from tests.pictures import opened

AT = "/v1/me/archives"
FUTURE = datetime(2100, 1, 1, tzinfo=UTC)
LATER = """
update archive set asked_at = asked_at - $2 * interval '1 hour', made_at = made_at - $2 * interval '1 hour'
where person_id = $1
"""


async def parts_of(asker):
    (archive, *_) = told(await asker.diaries.get(AT))["items"]
    fetched = [await asker.diaries.get(f"{AT}/{archive['id']}/parts/{n + 1}") for n in range(archive["parts"])]
    assert sum(len(part.content) for part in fetched) == archive["bytes"]
    return [ZipFile(BytesIO(part.content)) for part in fetched]


async def packed_for(house, asker):
    told(await asker.diaries.post(AT), 202)
    await house.catch_up()
    return await parts_of(asker)


async def test_it_says_of_what_there_is_more_than_it_holds(house, cluster, monkeypatch):
    for _ in range(2):
        await start(cluster.dan, cluster, "One of several.")
    monkeypatch.setattr("kit.records.MOST_ROWS", 2)
    (archive,) = await packed_for(house, cluster.dan)
    record = json.loads(archive.read("record.json"))
    assert record["diaries"]["cut"] == [{"section": "entry", "rows": 2}]
    page = BeautifulSoup(archive.read("index.html"), "html.parser")
    assert len(page.select("body > p")) == 3
    (other,) = await packed_for(house, cluster.hana)
    assert len(BeautifulSoup(other.read("index.html"), "html.parser").select("body > p")) == 2


async def test_a_teacher_takes_along_what_three_services_keep(house, cluster):
    cara = cluster.cara
    entry = await published(cara, cluster, text="We *read* together.")
    picture = told(await add_picture(cara, entry), 201)["id"]
    draft = await start(cara, cluster, "Not yet.")
    await introduce(cara)
    await set_portrait(cara)
    told(await comment(cara, await published(cluster.ben, cluster), text="How many came?"), 201)
    event = await announce(cluster.anna, cluster, 5)
    told(await ask(cara, event, site(event)))
    await house.catch_up()
    (archive,) = await packed_for(house, cara)
    assert archive.testzip() is None
    record = json.loads(archive.read("record.json"))
    assert record["clusters"]["address"][0]["mail"] == cluster.addresses["cara"]
    assert [each["event_id"] for each in record["events"]["registration"]] == [event["id"]]
    assert {each["id"] for each in record["diaries"]["entry"]} == {entry, draft}
    assert record["clusters"]["card"][0]["shows"] == SAID["shows"]
    assert [each.keys() for each in record["clusters"]["portrait"]] == [{"added_at", "media_type"}]
    assert opened(archive.read("pictures/me.webp")).size == (384, 384)
    page = BeautifulSoup(archive.read("index.html"), "html.parser")
    assert page.select_one("img")["src"] == "pictures/me.webp"
    assert "Cara Sykes" in page.text
    assert "How many came?" in page.text
    links = [link["href"] for link in page.select("a[href]")]
    assert {*links} <= {*archive.namelist()}
    of_entry = next(name for name in archive.namelist() if name.endswith(f"{entry}.html"))
    shown = BeautifulSoup(archive.read(of_entry), "html.parser")
    assert shown.select_one("em").text == "read"
    assert shown.select_one("img")["src"] == f"../pictures/{picture}.webp"
    assert archive.read(f"pictures/{picture}.webp")[8:12] == b"WEBP"
    assert archive.read(of_entry.replace(".html", ".md")).decode() == "We *read* together."


async def test_no_secret_and_nobody_else_is_in_it(house, cluster):
    told(await cluster.cara.clusters.put("/v1/me/password", json={"password": "ten characters and more"}), 204)
    (archive,) = await packed_for(house, cluster.cara)
    text = archive.read("record.json").decode()
    keys = ((key,),) = await house.rows("clusters", "select mail_key from person where id = $1", cluster.cara.id)
    assert keys
    assert str(key) not in text
    assert "argon2" not in text
    assert "digest" not in json.loads(text)["clusters"]["session"]
    for other in ("anna", "ben", "dan"):
        assert cluster.addresses[other] not in text


async def test_they_are_told_once_in_their_language(house, cluster):
    told(await cluster.dan.clusters.put("/v1/me", json={"name": "دان", "language": "ar", "zone": "Asia/Amman"}))
    (archive,) = await packed_for(house, await house.as_person(cluster.dan.id))
    page = BeautifulSoup(archive.read("index.html"), "html.parser")
    assert (page.html["lang"], page.html["dir"]) == ("ar", "rtl")
    await house.catch_up()
    notices = told(await cluster.dan.clusters.get("/v1/notices"))["items"]
    assert [(one["kind"], one["path"]) for one in notices] == [("archive_made", "/profile/archive")]


async def test_asked_twice_within_the_hour_it_is_one(house, cluster):
    first = told(await cluster.cara.diaries.post(AT), 202)
    assert first["made_at"] is None
    assert told(await cluster.cara.diaries.post(AT), 202)["id"] == first["id"]
    await house.rows("diaries", LATER, cluster.cara.id, 2)
    assert told(await cluster.cara.diaries.post(AT), 202)["id"] != first["id"]


async def test_nobody_fetches_that_of_another(house, cluster):
    await packed_for(house, cluster.cara)
    archive = told(await cluster.cara.diaries.get(AT))["items"][0]["id"]
    assert refusal(await cluster.ben.diaries.get(f"{AT}/{archive}/parts/1")) == (403, "forbidden")
    assert refusal(await cluster.cara.diaries.get(f"{AT}/{archive}/parts/2")) == (404, "not-found")
    assert told(await cluster.ben.diaries.get(AT))["items"] == []


async def test_much_comes_in_parts_of_which_each_can_be_opened(house, cluster, monkeypatch):
    monkeypatch.setattr(packing, "MOST_BYTES", 1_000)
    entry = await published(cluster.cara, cluster)
    pictures = [told(await add_picture(cluster.cara, entry), 201)["id"] for _ in range(3)]
    parts = await packed_for(house, cluster.cara)
    assert len(parts) > 1
    names = [name for part in parts for name in part.namelist()]
    assert {f"pictures/{each}.webp" for each in pictures} <= {*names}
    assert len(names) == len({*names})


async def test_after_a_week_and_after_their_leaving_it_is_gone(house, cluster):
    media = Media(house.settings["diaries"].media_url)
    for who in ("cara", "dan"):
        await packed_for(house, getattr(cluster, who))
    ids = {who: told(await getattr(cluster, who).diaries.get(AT))["items"][0]["id"] for who in ("cara", "dan")}
    await house.rows("diaries", LATER, cluster.dan.id, 24 * 7 + 1)
    await sweep(house.jobs("diaries"), house.context("diaries"))
    told(await leave(house, cluster.cara, cluster.addresses["cara"]), 202)
    await erased(house)
    for archive in ids.values():
        assert await house.rows("diaries", "select 1 from archive where id = $1", UUID(archive)) == []
        assert [key async for keys in media.keys_before(FUTURE, f"archives/{archive}") for key in keys] == []


async def test_every_table_that_knows_a_person_is_in_it(house):
    """A new table with a person or an address in it goes red here, until its section is in `queries.py`."""
    from services.clusters.doors.records.queries import SECTIONS as OF_CLUSTERS
    from services.diaries.archives.queries import SECTIONS as OF_DIARIES
    from services.events.records.queries import SECTIONS as OF_EVENTS

    known = {table for (table,) in await house.rows("clusters", WITH_PEOPLE)}
    # Of tries digests alone are kept; the mailbox shows what was sent anyway.
    assert known - {*OF_CLUSTERS} == {"sign_in_try", "mailbox_mail"}
    known = {table for (table,) in await house.rows("events", WITH_PEOPLE)}
    assert known - {"staff", "office"} - {*OF_EVENTS} == set()
    of_diaries = (
        "select table_name from information_schema.columns where column_name in ('author_id', 'by', 'added_by')"
    )
    assert {t for (t,) in await house.rows("diaries", of_diaries)} - {*OF_DIARIES} == {
        "entry_removal",
        "comment_removal",
        "resolution",
    }


async def test_all_that_were_made_go_with_their_person_and_what_a_try_left(house, cluster):
    media = Media(house.settings["diaries"].media_url)
    for _ in range(7):
        await packed_for(house, cluster.cara)
        await house.rows("diaries", LATER, cluster.cara.id, 2)
    orphan = UUID(int=7)
    await media.put(f"archives/{orphan}/1.zip", b"left by a worker that ended")
    told(await leave(house, cluster.cara, cluster.addresses["cara"]), 202)
    await erased(house)
    assert await house.rows("diaries", "select 1 from archive where person_id = $1", cluster.cara.id) == []
    await make_archive(house.database("diaries"), media, None, orphan)
    assert [key async for keys in media.keys_before(FUTURE, f"archives/{orphan}") for key in keys] == []


async def test_a_title_that_was_taken_back_is_in_nobody_elses_archive(house, cluster):
    entry = await published(cluster.ben, cluster, title="About a pupil")
    told(await comment(cluster.cara, entry), 201)
    told(await cluster.ben.diaries.delete(f"/v1/entries/{entry}/publication"), 204)
    (archive,) = await packed_for(house, cluster.cara)
    assert "About a pupil" not in archive.read("record.json").decode() + archive.read("index.html").decode()


async def test_what_was_asked_of_the_version_before_is_packed_too():
    async def nothing(_):
        return None

    clusters = {"person": [{"name": "Cara Sykes", "zone": "UTC"}], "address": [], "staff": [], "office": []}
    diaries = {"entry": [], "comment": [], "picture": []}
    record = {"clusters": clusters, "events": {"registration": [], "attendance": []}, "diaries": diaries}
    files = {name: content async for name, content in packing.contents(record, "en", "UTC", nothing, nothing)}
    assert [*files] == ["index.html", "style.css", "record.json"]
    assert "Cara Sykes" in files["index.html"]
