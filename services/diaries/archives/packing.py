"""An archive as ZIP files: pages for people, with what programs read beside them. No I/O but of its pictures."""

import asyncio
import json
from base64 import b64decode
from collections.abc import AsyncIterator, Awaitable, Callable, Mapping, Sequence
from datetime import datetime
from functools import cache
from io import BytesIO
from pathlib import Path
from typing import Any, TypeAlias
from zipfile import ZIP_DEFLATED, ZIP_STORED, ZipFile

from jinja2 import Environment

from kit import languages
from kit.dates import written
from kit.languages import FALLBACK
from kit.texts import texts_in

HERE = Path(__file__).parent
MOST_BYTES = 16_000_000  # of a part, and then no further file: what a process holds in memory for one download

Record: TypeAlias = Mapping[str, Mapping[str, Sequence[Mapping[str, Any]]]]
"""The rows of each table, by service."""


@cache
def _environment(language: str) -> Environment:
    return texts_in(HERE, language, autoescape=True)


async def contents(
    record: Record,
    language: str,
    zone: str,
    texts: Callable[[str], Awaitable[Mapping[str, Any] | None]],
    picture: Callable[[str], Awaitable[bytes | None]],
) -> AsyncIterator[tuple[str, str | bytes]]:
    """The files of an archive, one by one, with their names; in a language that the house speaks, or English.

    `texts` gives what an entry says, `picture` a picture, by its id; None if it is gone.
    """
    portraits, record = _portraits_apart(record)
    spoken = languages.spoken(language) or FALLBACK
    said = {
        "language": spoken,
        "direction": "rtl" if languages.is_right_to_left(spoken) else "ltr",
        "day": lambda moment: written(datetime.fromisoformat(moment), "yMMMMd", zone, spoken) if moment else "",
        "file_of": file_of,
    }
    environment = _environment(spoken)
    index, entry_page = environment.get_template("index.html"), environment.get_template("entry.html")
    yield "index.html", await asyncio.to_thread(index.render, record=record, **said)
    yield "style.css", (HERE / "texts" / "style.css").read_text()
    for portrait in portraits:
        yield "pictures/me.webp", b64decode(portrait)
    yield "record.json", await asyncio.to_thread(json.dumps, record, ensure_ascii=False, indent=1)
    pictures: dict[str, list[Mapping[str, Any]]] = {}
    for each in record["diaries"]["picture"]:
        pictures.setdefault(each["entry_id"], []).append(each)
    for entry in record["diaries"]["entry"]:
        if words := await texts(entry["id"]):
            shown = entry_page.render(entry=entry, html=words["html"], pictures=pictures.get(entry["id"], ()), **said)
            yield file_of(entry), shown
            yield file_of(entry, "md"), words["text"]
    for each in record["diaries"]["picture"]:
        if content := await picture(each["id"]):
            yield f"pictures/{each['id']}.webp", content


def _portraits_apart(record: Record) -> tuple[list[str], Record]:
    """What is in the picture of the person, if they have one; and the record without it."""
    told = record["clusters"]
    known = told.get("portrait", [])  # not in what was asked of the version before
    named = [{name: said for name, said in portrait.items() if name != "content"} for portrait in known]
    return [portrait["content"] for portrait in known], {**record, "clusters": {**told, "portrait": named}}


def file_of(entry: Mapping[str, Any], kind: str = "html") -> str:
    """Its day and its id: titles may hold what file systems do not."""
    return f"entries/{entry['started_at'][:10]}-{entry['id']}.{kind}"


async def packed(files: AsyncIterator[tuple[str, str | bytes]]) -> AsyncIterator[bytes]:
    """The parts, one after the other; each is a ZIP file of its own."""
    part = BytesIO()
    archive = ZipFile(part, "w", ZIP_DEFLATED)
    async for name, content in files:
        if part.tell() > MOST_BYTES:
            archive.close()
            yield part.getvalue()
            part = BytesIO()
            archive = ZipFile(part, "w", ZIP_DEFLATED)
        how = ZIP_STORED if isinstance(content, bytes) else ZIP_DEFLATED
        await asyncio.to_thread(archive.writestr, name, content, how)
    archive.close()
    yield part.getvalue()
