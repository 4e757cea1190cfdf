"""Pictures in entries: who sees them, what is taken, and what is kept of them."""

import asyncio
from datetime import timedelta
from io import BytesIO
from uuid import uuid4

import pytest
from PIL import Image, ImageCms

from kit.media import Media
from kit.pixels import MOST_PIXELS
from services.diaries.pictures.actions import MOST_PICTURES, sweep_pictures
from tests.diaries.writing import add_picture, publish, published, read, start
from tests.people import refusal, told, wrong_fields
from tests.pictures import a_picture, garbled, opened, taken_in_louny

MINUTE = timedelta(minutes=1)


async def see(asker, entry_id, picture_id, size="large"):
    return await asker.diaries.get(f"/v1/entries/{entry_id}/pictures/{picture_id}", params={"size": size})


async def with_picture(asker, cluster, reach=None):
    entry_id = await start(asker, cluster)
    picture_id = told(await add_picture(asker, entry_id), 201)["id"]
    if reach:
        told(await publish(asker, entry_id, reach))
    return entry_id, picture_id


async def test_a_picture_is_shown_with_its_entry(cluster):
    entry_id, picture_id = await with_picture(cluster.cara, cluster)
    told(await add_picture(cluster.cara, entry_id, a_picture(10, 20, "PNG"), "Two dots"), 201)
    shown = told(await read(cluster.cara, entry_id))["pictures"]
    assert shown[0] == {"id": picture_id, "description": "The board with our notes", "width": 1200, "height": 900}
    assert (shown[1]["description"], shown[1]["width"], shown[1]["height"]) == ("Two dots", 10, 20)


@pytest.mark.parametrize(("size", "pixels"), [("large", (1600, 800)), ("small", (800, 400))])
async def test_a_picture_comes_in_two_sizes(cluster, size, pixels):
    entry_id = await start(cluster.cara, cluster)
    picture_id = told(await add_picture(cluster.cara, entry_id, a_picture(4000, 2000)), 201)["id"]
    answer = await see(cluster.cara, entry_id, picture_id, size)
    assert (answer.status_code, answer.headers["content-type"]) == (200, "image/webp")
    assert opened(answer.content).size == pixels


async def test_what_the_camera_wrote_is_not_kept(cluster):
    entry_id = await start(cluster.cara, cluster)
    added = told(await add_picture(cluster.cara, entry_id, taken_in_louny()), 201)
    assert (added["width"], added["height"]) == (900, 1200)
    content = (await see(cluster.cara, entry_id, added["id"])).content
    assert not opened(content).getexif()
    assert b"Louny" not in content


@pytest.mark.parametrize(
    "profile",
    [ImageCms.ImageCmsProfile(ImageCms.createProfile(name)).tobytes() for name in ("sRGB", "XYZ")] + [b"broken"],
    ids=["for screens", "for something else", "broken"],
)
async def test_a_picture_with_a_colour_profile_keeps_its_colours_without_it(cluster, profile):
    entry_id = await start(cluster.cara, cluster)
    content = a_picture(40, 40, "PNG", (0, 128, 0), icc_profile=profile)
    picture_id = told(await add_picture(cluster.cara, entry_id, content), 201)["id"]
    shown = opened((await see(cluster.cara, entry_id, picture_id)).content)
    assert "icc_profile" not in shown.info
    assert all(abs(has - had) < 6 for has, had in zip(shown.getpixel((20, 20)), (0, 128, 0), strict=True))


@pytest.mark.parametrize("kind", ["PNG", "WEBP", "AVIF", "GIF"])
async def test_other_formats_are_taken_too(cluster, kind):
    entry_id = await start(cluster.cara, cluster)
    assert told(await add_picture(cluster.cara, entry_id, a_picture(60, 40, kind)), 201)["width"] == 60


async def test_a_transparent_picture_stays_so(cluster):

    sent = BytesIO()
    Image.new("RGBA", (30, 30), (0, 0, 0, 0)).save(sent, "PNG")
    entry_id = await start(cluster.cara, cluster)
    picture_id = told(await add_picture(cluster.cara, entry_id, sent.getvalue()), 201)["id"]
    assert opened((await see(cluster.cara, entry_id, picture_id)).content).getpixel((3, 3))[3] == 0


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"<svg xmlns='http://www.w3.org/2000/svg'><script>alert(1)</script></svg>",
        b"\xff\xd8\xff broken",
        a_picture()[:900],
        a_picture(100, 80, "PNG", exif=b"Exif\0\0II*\0"),
        garbled(a_picture(100, 80, "AVIF")),
    ],
    ids=["nothing", "a drawing with a script", "broken", "cut off", "its camera's words cut off", "garbled"],
)
async def test_what_is_no_picture_is_refused(cluster, content):
    entry_id = await start(cluster.cara, cluster)
    assert wrong_fields(await add_picture(cluster.cara, entry_id, content)) == {"/file": "not_a_picture"}
    assert told(await read(cluster.cara, entry_id))["pictures"] == []


async def test_too_many_pixels_are_refused_before_they_are_unpacked(cluster):
    entry_id = await start(cluster.cara, cluster)
    edge = int(MOST_PIXELS**0.5) + 1
    answer = await add_picture(cluster.cara, entry_id, a_picture(edge, edge, "PNG"))
    assert wrong_fields(answer) == {"/file": "too_many_pixels"}


async def test_a_file_that_is_too_large_is_refused(cluster):
    entry_id = await start(cluster.cara, cluster)
    assert refusal(await add_picture(cluster.cara, entry_id, b"x" * 13_000_000)) == (413, "too-large")


async def test_a_picture_needs_a_file_and_a_description(cluster):
    entry_id = await start(cluster.cara, cluster)
    assert wrong_fields(await add_picture(cluster.cara, entry_id, description=" ")) == {
        "/description": "string_too_short"
    }
    assert wrong_fields(await add_picture(cluster.cara, entry_id, description="x" * 301)) == {
        "/description": "string_too_long"
    }
    without = await cluster.cara.diaries.post(f"/v1/entries/{entry_id}/pictures", data={"description": "A board"})
    assert refusal(without) == (415, "unsupported-media-type")
    description = {"description": (None, "A board")}
    without = await cluster.cara.diaries.post(f"/v1/entries/{entry_id}/pictures", files=description)
    assert wrong_fields(without) == {"/file": "missing"}


async def test_a_picture_sent_twice_is_added_once(cluster):
    entry_id = await start(cluster.cara, cluster)
    key = {"idempotency-key": str(uuid4())}
    first, second = [told(await add_picture(cluster.cara, entry_id, **key), 201)["id"] for _ in range(2)]
    assert first == second
    other = await add_picture(cluster.cara, entry_id, a_picture(colour="red"), **key)
    assert refusal(other) == (422, "idempotency-key-reused")
    assert len(told(await read(cluster.cara, entry_id))["pictures"]) == 1


async def test_an_entry_holds_twenty(cluster):
    entry_id = await start(cluster.cara, cluster)
    for _ in range(MOST_PICTURES):
        told(await add_picture(cluster.cara, entry_id, a_picture(2, 2)), 201)
    assert refusal(await add_picture(cluster.cara, entry_id, a_picture(2, 2))) == (409, "entry-full")


async def test_a_picture_is_seen_by_whoever_reads_its_entry(house, cluster):
    entry_id, picture_id = await with_picture(cluster.cara, cluster)
    for reader in (cluster.dan, house.guest):
        assert refusal(await see(reader, entry_id, picture_id)) == (404, "not-found")
    told(await publish(cluster.cara, entry_id))
    assert (await see(cluster.dan, entry_id, picture_id)).status_code == 200
    assert refusal(await see(house.guest, entry_id, picture_id)) == (404, "not-found")
    told(await publish(cluster.cara, entry_id, "everyone"))
    assert (await see(house.guest, entry_id, picture_id)).status_code == 200
    told(await cluster.cara.diaries.delete(f"/v1/entries/{entry_id}/publication"), 204)
    assert refusal(await see(house.guest, entry_id, picture_id)) == (404, "not-found")


async def test_a_picture_is_not_found_through_another_entry(cluster):
    _, drafted = await with_picture(cluster.cara, cluster)
    public = await published(cluster.anna, cluster, "everyone")
    assert refusal(await see(cluster.dan, public, drafted)) == (404, "not-found")


async def test_only_the_author_adds_and_removes(cluster):
    entry_id, picture_id = await with_picture(cluster.cara, cluster, "cluster")
    where = f"/v1/entries/{entry_id}/pictures/{picture_id}"
    assert refusal(await add_picture(cluster.anna, entry_id)) == (403, "forbidden")
    assert refusal(await cluster.anna.diaries.delete(where)) == (403, "forbidden")
    told(await cluster.cara.diaries.delete(where), 204)
    assert refusal(await see(cluster.cara, entry_id, picture_id)) == (404, "not-found")
    assert told(await read(cluster.cara, entry_id))["pictures"] == []


async def test_a_picture_that_is_removed_twice_at_once_is_removed_once(house, cluster):
    entry_id, picture_id = await with_picture(cluster.cara, cluster, "cluster")
    where = f"/v1/entries/{entry_id}/pictures/{picture_id}"
    async with house.database("diaries").pool.acquire() as connection:
        async with connection.transaction():
            await connection.execute("select from entry where id = $1 for update", entry_id)
            both = [asyncio.create_task(cluster.cara.diaries.delete(where)) for _ in range(2)]
            await asyncio.wait(both, timeout=1)
        assert [(await answer).status_code for answer in both] == [204, 204]
    told_of = "select from fact where kind = 'picture.removed' and data ->> 'picture_id' = $1"
    assert len(await house.rows("diaries", told_of, picture_id)) == 1


async def test_what_was_seen_already_is_not_sent_again(cluster):
    entry_id, picture_id = await with_picture(cluster.cara, cluster)
    where = f"/v1/entries/{entry_id}/pictures/{picture_id}"
    first = await cluster.cara.diaries.get(where)
    again = await cluster.cara.diaries.get(where, headers={"if-none-match": first.headers["etag"]})
    assert (again.status_code, again.content) == (304, b"")
    small = await cluster.cara.diaries.get(where, params={"size": "small"})
    assert small.headers["etag"] != first.headers["etag"]


async def test_facts_tell_of_pictures(house, cluster):
    entry_id, picture_id = await with_picture(cluster.cara, cluster)
    told(await cluster.cara.diaries.delete(f"/v1/entries/{entry_id}/pictures/{picture_id}"), 204)
    facts = await house.rows(
        "diaries", "select kind, data from fact where data->>'picture_id' = $1 order by seq", picture_id
    )
    assert [fact["kind"] for fact in facts] == ["picture.added", "picture.removed"]
    assert {fact["data"]["entry_id"] for fact in facts} == {entry_id}


async def test_bytes_that_no_entry_names_are_swept_away(house, cluster, monkeypatch):
    kept_entry, kept = await with_picture(cluster.cara, cluster)
    entry_id, removed = await with_picture(cluster.cara, cluster)
    told(await cluster.cara.diaries.delete(f"/v1/entries/{entry_id}/pictures/{removed}"), 204)
    pool = house.database("diaries").pool
    media = house.apps["diaries"].state.media
    assert await sweep_pictures(pool, media) == 0
    monkeypatch.setattr("services.diaries.pictures.actions.SETTLED", -1 * MINUTE)
    assert await sweep_pictures(pool, media) >= 2
    assert await sweep_pictures(pool, media) == 0
    assert (await see(cluster.cara, kept_entry, kept)).status_code == 200


async def test_a_store_that_does_not_answer_keeps_the_entry_readable(house, cluster, monkeypatch):
    entry_id, picture_id = await with_picture(cluster.cara, cluster)
    for name, value in {"ENDPOINT_URL": "http://127.0.0.1:9", "ACCESS_KEY_ID": "a", "SECRET_ACCESS_KEY": "b"}.items():
        monkeypatch.setenv(f"AWS_{name}", value)
    state = house.apps["diaries"].state
    real, state.media = state.media, Media("s3://nobody/there")
    try:
        assert refusal(await see(cluster.cara, entry_id, picture_id)) == (503, "unavailable")
        assert refusal(await add_picture(cluster.cara, entry_id)) == (503, "unavailable")
    finally:
        state.media = real
    assert len(told(await read(cluster.cara, entry_id))["pictures"]) == 1
