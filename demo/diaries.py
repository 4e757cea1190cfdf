"""Writing entries, and what colleagues answer to them."""

import asyncio
from typing import Any

from demo.asking import Voice, Voices
from demo.clusters import FIRST_VERSION, Formed
from demo.drawing import board
from demo.entries import Entry, Said
from kit.client import Form


async def write_diary(voices: Voices, cluster: Formed, events: dict[str, str]) -> None:
    """Every entry with what was answered to it."""
    await asyncio.gather(*(_write(voices, cluster, entry, events) for entry in cluster.planned.entries))


async def _write(voices: Voices, cluster: Formed, entry: Entry, events: dict[str, str]) -> None:
    """A draft that begins with its first paragraph, as drafts do; then its pictures, all of its words, its readers."""
    author, act = voices.of(cluster.people[entry.author]), f"entry/{entry.key}"
    words = entry.model_dump(include={"title", "text", "language"})
    begun = words | {"text": entry.text.partition("\n\n")[0], "cluster_id": cluster.id}
    if entry.event:
        begun["event_id"] = events[entry.event]
    entry_id = (
        await author.post("diaries", "/v1/entries", begun, key=cluster.planned.key(act), at=cluster.planned.at(act))
    )["id"]
    path = f"/v1/entries/{entry_id}"
    for number, picture in enumerate(entry.pictures):
        form = Form({"description": picture.description}, {"file": ("board.png", board(picture.board), "image/png")})
        added = f"{act}/picture/{number}"
        await author.send(
            "diaries", f"{path}/pictures", form, key=cluster.planned.key(added), at=cluster.planned.at(added)
        )
    if cluster.planned.happens(f"{act}/words"):
        await author.change("diaries", path, words, version=FIRST_VERSION, at=cluster.planned.at(f"{act}/words"))
    if cluster.planned.happens(f"{act}/publication"):
        published = {"reach": entry.reach}
        await author.put("diaries", f"{path}/publication", published, at=cluster.planned.at(f"{act}/publication"))
        await _discuss(voices, cluster, entry, f"{path}/comments")


async def _discuss(voices: Voices, cluster: Formed, entry: Entry, path: str) -> None:
    for number, comment in enumerate(entry.comments):
        if not cluster.planned.happens(act := f"comment/{entry.key}/{number}"):
            return
        thread = f"{path}/{(await _post(voices, cluster, path, comment, act, kind=comment.kind))['id']}"
        for place, reply in enumerate(comment.replies):
            if cluster.planned.happens(answer := f"{act}/reply/{place}") or reply.just_now:
                await _post(voices, cluster, f"{thread}/replies", reply, answer)
        if comment.resolved_by and cluster.planned.happens(resolved := f"{act}/resolution"):
            asker = _author(voices, cluster, comment.resolved_by)
            await asker.put("diaries", f"{thread}/resolution", at=cluster.planned.at(resolved))


def _author(voices: Voices, cluster: Formed, person: str) -> Voice:
    return voices.of(cluster.people[person])


async def _post(voices: Voices, cluster: Formed, path: str, written: Said, act: str, **more: Any) -> Any:
    """At its moment; what has none is posted now."""
    words = written.model_dump(include={"text", "language"}, exclude_none=True) | more
    author, key = _author(voices, cluster, written.author), cluster.planned.key(act)
    return await author.post("diaries", path, words, key=key, at=cluster.planned.moments.get(key))
