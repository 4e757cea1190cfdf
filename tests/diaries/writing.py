"""Entries as tests need them."""

from tests.people import told
from tests.pictures import a_picture


async def start(asker, cluster, text="We **met**.", **more):
    new = {"cluster_id": cluster.id, "title": "Reading circle", "text": text, "language": "en"} | more
    return told(await asker.diaries.post("/v1/entries", json=new), 201)["id"]


async def publish(asker, entry_id, reach="cluster"):
    return await asker.diaries.put(f"/v1/entries/{entry_id}/publication", json={"reach": reach})


async def published(asker, cluster, reach="cluster", **more):
    entry_id = await start(asker, cluster, **more)
    told(await publish(asker, entry_id, reach))
    return entry_id


async def read(asker, entry_id):
    return await asker.diaries.get(f"/v1/entries/{entry_id}")


async def comment(asker, entry_id, kind="question", text="How long did it take?", **more):
    return await asker.diaries.post(f"/v1/entries/{entry_id}/comments", json={"kind": kind, "text": text} | more)


async def reply(asker, entry_id, comment_id, text="Two hours"):
    return await asker.diaries.post(f"/v1/entries/{entry_id}/comments/{comment_id}/replies", json={"text": text})


async def add_picture(asker, entry_id, content=None, description="The board with our notes", **headers):
    return await asker.diaries.post(
        f"/v1/entries/{entry_id}/pictures",
        files={"file": ("board.jpg", a_picture() if content is None else content, "image/jpeg")},
        data={"description": description},
        headers=headers,
    )
