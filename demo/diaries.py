"""Writing entries, and what colleagues answer to them."""

import asyncio
from typing import Any

from demo.asking import Voice, Voices
from demo.clusters import Formed
from demo.drawing import board
from demo.reading import Comment, Entry, Reply
from kit.client import Form


async def write_diary(voices: Voices, cluster: Formed, events: dict[str, str]) -> None:
    """Entries in the order in which they will be read, then all their comments."""
    written = [await _write(voices, cluster, entry, events) for entry in cluster.data.entries]
    await asyncio.gather(
        *(
            _discuss(voices, cluster, entry, entry_id)
            for entry, entry_id in zip(cluster.data.entries, written, strict=True)
        )
    )


async def _write(voices: Voices, cluster: Formed, entry: Entry, events: dict[str, str]) -> str:
    author = voices.of(cluster.people[entry.author])
    words = entry.model_dump(include={"title", "text", "language"}) | {"cluster_id": cluster.id}
    if entry.event:
        words["event_id"] = events[entry.event]
    key = f"entry/{cluster.data.key}/{entry.key}"
    entry_id: str = (await author.post("diaries", "/v1/entries", words, key=key))["id"]
    for number, picture in enumerate(entry.pictures):
        form = Form({"description": picture.description}, {"file": ("board.png", board(picture.board), "image/png")})
        await author.send("diaries", f"/v1/entries/{entry_id}/pictures", form, key=f"{key}/picture/{number}")
    if entry.reach:
        await author.put("diaries", f"/v1/entries/{entry_id}/publication", {"reach": entry.reach})
    return entry_id


async def _discuss(voices: Voices, cluster: Formed, entry: Entry, entry_id: str) -> None:
    path = f"/v1/entries/{entry_id}/comments"
    for number, comment in enumerate(entry.comments):
        key = f"comment/{cluster.data.key}/{entry.key}/{number}"
        posted = await _post(_author(voices, cluster, comment), path, comment, key, kind=comment.kind)
        thread = f"{path}/{posted['id']}"
        for place, reply in enumerate(comment.replies):
            await _post(_author(voices, cluster, reply), f"{thread}/replies", reply, f"{key}/{place}")
        if comment.resolved_by:
            await voices.of(cluster.people[comment.resolved_by]).put("diaries", f"{thread}/resolution")


def _author(voices: Voices, cluster: Formed, written: Comment | Reply) -> Voice:
    return voices.of(cluster.people[written.author])


async def _post(author: Voice, path: str, written: Comment | Reply, key: str, **more: Any) -> Any:
    words = written.model_dump(include={"text", "language"}, exclude_none=True) | more
    return await author.post("diaries", path, words, key=key)
