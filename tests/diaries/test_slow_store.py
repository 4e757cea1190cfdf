"""A store that takes its time holds no connection, and nobody else up."""

import asyncio
from contextlib import asynccontextmanager
from datetime import timedelta

import pytest

from kit.db import Database
from kit.media import Media
from tests.diaries.writing import comment, published, start
from tests.people import refusal, told
from tests.pictures import a_picture

UPLOADS = 12  # more than there are connections


def upload(asker, entry_id, key):
    sent = {"file": ("board.png", a_picture(), "image/png")}
    path = f"/v1/entries/{entry_id}/pictures"
    return asker.diaries.post(
        path, files=sent, data={"description": "A board"}, headers={"idempotency-key": key}, timeout=60
    )


async def test_uploads_that_wait_for_the_store_leave_the_database_to_the_others(house, cluster, monkeypatch):
    entry_id, other = await start(cluster.cara, cluster), await published(cluster.cara, cluster)
    go_on, put = asyncio.Event(), Media.put

    async def slow(self, key, content):
        await go_on.wait()
        await put(self, key, content)

    monkeypatch.setattr(Media, "put", slow)
    waiting = [asyncio.create_task(upload(cluster.cara, entry_id, f"slow-{n}")) for n in range(UPLOADS)]
    try:
        await asyncio.sleep(1)
        async with asyncio.timeout(8):
            told(await comment(cluster.dan, other), 201)
            told(await cluster.cara.diaries.get("/v1/entries"))
            assert refusal(await upload(cluster.cara, entry_id, "slow-0")) == (409, "under-way")
    finally:
        go_on.set()
    first = told((await asyncio.gather(*waiting))[0], 201)
    again = await upload(cluster.cara, entry_id, "slow-0")
    assert told(again, 201) == first
    assert again.headers["idempotency-replayed"] == "true"
    pictures = told(await cluster.cara.diaries.get(f"/v1/entries/{entry_id}"))["pictures"]
    assert len(pictures) == UPLOADS


async def test_an_upload_that_failed_may_be_sent_again_with_its_key(house, cluster, monkeypatch):
    entry_id, put = await start(cluster.cara, cluster), Media.put

    async def breaks(self, key, content):
        raise OSError(28, "no space left")

    monkeypatch.setattr(Media, "put", breaks)
    answer = await upload(cluster.cara, entry_id, "broken")
    assert answer.status_code == 503
    monkeypatch.setattr(Media, "put", put)
    told(await upload(cluster.cara, entry_id, "broken"), 201)


async def test_what_somebody_claimed_who_died_is_done_anew_after_a_while(house, cluster):
    entry_id = await start(cluster.cara, cluster)
    told(await upload(cluster.cara, entry_id, "died"), 201)
    died = "update kept_answer set status = null, body = null, kept_at = now() - $1::interval where key = 'died'"
    await house.rows("diaries", died, timedelta(minutes=1))
    assert refusal(await upload(cluster.cara, entry_id, "died")) == (409, "under-way")
    await house.rows("diaries", died, timedelta(minutes=4))
    told(await upload(cluster.cara, entry_id, "died"), 201)


async def test_who_is_cut_off_while_it_is_claimed_may_send_it_again(house, cluster, monkeypatch):
    entry_id, transaction = await start(cluster.cara, cluster), Database.transaction

    @asynccontextmanager
    async def cut_off(self):
        async with transaction(self) as db:
            yield db
        monkeypatch.undo()
        raise asyncio.CancelledError

    monkeypatch.setattr(Database, "transaction", cut_off)
    with pytest.raises(asyncio.CancelledError):
        await upload(cluster.cara, entry_id, "cut off")
    told(await upload(cluster.cara, entry_id, "cut off"), 201)
