"""An archive as ZIP files: pages for people, with what programs read beside them. No I/O but of its pictures."""

import gettext
import json
from collections.abc import AsyncIterator, Awaitable, Callable, Mapping, Sequence
from datetime import datetime
from functools import cache
from io import BytesIO
from pathlib import Path
from typing import Any, TypeAlias
from zipfile import ZIP_DEFLATED, ZIP_STORED, ZipFile

from jinja2 import Environment, FileSystemLoader, StrictUndefined

from kit import languages
from kit.dates import written
from kit.languages import FALLBACK

HERE = Path(__file__).parent
MOST_BYTES = 32_000_000  # of a part: what a process holds in memory for one download

Record: TypeAlias = Mapping[str, Mapping[str, Sequence[Mapping[str, Any]]]]
"""The rows of each table, by service."""


@cache
def _environment(language: str) -> Environment:
    environment = Environment(
        loader=FileSystemLoader(HERE / "texts"),
        extensions=["jinja2.ext.i18n"],
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    words = gettext.translation("messages", HERE / "locale", [language], fallback=True)
    environment.install_gettext_translations(words, newstyle=True)  # type: ignore[attr-defined]
    return environment


def pages(record: Record, language: str, zone: str) -> dict[str, str]:
    """The files of an archive but for its pictures, by name; in a language that the house speaks, or English."""
    spoken = languages.spoken(language) or FALLBACK
    said = {
        "language": spoken,
        "direction": "rtl" if languages.is_right_to_left(spoken) else "ltr",
        "day": lambda moment: written(datetime.fromisoformat(moment), "yMMMMd", zone, language) if moment else "",
        "file_of": file_of,
    }
    pictures: dict[str, list[Mapping[str, Any]]] = {}
    for picture in record["diaries"]["picture"]:
        pictures.setdefault(picture["entry_id"], []).append(picture)
    environment = _environment(spoken)
    entry_page = environment.get_template("entry.html")
    files = {
        "index.html": environment.get_template("index.html").render(record=record, **said),
        "style.css": (HERE / "texts" / "style.css").read_text(),
        "record.json": json.dumps(record, ensure_ascii=False, indent=1),
    }
    for entry in record["diaries"]["entry"]:
        files[file_of(entry)] = entry_page.render(entry=entry, pictures=pictures.get(entry["id"], ()), **said)
        files[file_of(entry, "md")] = entry["text"]
    return files


def file_of(entry: Mapping[str, Any], kind: str = "html") -> str:
    """Its day and its id: titles may hold what file systems do not."""
    return f"entries/{entry['started_at'][:10]}-{entry['id']}.{kind}"


async def packed(
    files: Mapping[str, str], pictures: Sequence[str], picture: Callable[[str], Awaitable[bytes | None]]
) -> AsyncIterator[bytes]:
    """The parts, one after the other; each is a ZIP file of its own.

    `picture` gives one by its id, None if it is gone.
    """
    part = BytesIO()
    archive = ZipFile(part, "w", ZIP_DEFLATED)
    for name, text in files.items():
        archive.writestr(name, text)
    for picture_id in pictures:
        if part.tell() > MOST_BYTES:
            archive.close()
            yield part.getvalue()
            part = BytesIO()
            archive = ZipFile(part, "w", ZIP_DEFLATED)
        if content := await picture(picture_id):
            archive.writestr(f"pictures/{picture_id}.webp", content, ZIP_STORED)
    archive.close()
    yield part.getvalue()
