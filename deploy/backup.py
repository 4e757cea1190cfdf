"""Copies of a whole house: the three databases, and the pictures where they lie in a folder."""

import asyncio
import json
import os
import shutil
import subprocess
from collections.abc import Mapping
from contextlib import suppress
from pathlib import Path
from urllib.parse import unquote, urlsplit
from urllib.request import url2pathname

from deploy import databases
from deploy.local.programs import packaged_programs
from deploy.refusal import Refusal, disk_refusal
from kit.version import VERSION

# Who follows is copied before whom they follow: a cursor that is ahead of its source would never hear the difference.
ORDER = ("diaries", "events", "clusters")
MANIFEST, MEDIA = "staffroom.json", "media"


def save(urls: Mapping[str, str], media_url: str, folder: Path) -> str:
    """Copy a house that may be running; what the operator is told."""
    standing = asyncio.run(databases.reach(urls))
    try:
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        if any(folder.iterdir()):
            raise Refusal(f"{folder} is not empty: name a new folder for this copy.")
        for service in ORDER:
            _postgres("pg_dump", urls[service], "--format=custom", f"--file={_file(folder, service)}")
        # After the rows: none of them names bytes that are not there.
        if media := _folder_of(media_url):
            shutil.copytree(media, folder / MEDIA, copy_function=_copy) if media.exists() else (folder / MEDIA).mkdir()
        (folder / MANIFEST).write_text(json.dumps({"version": VERSION, "migrations": standing}, indent=2) + "\n")
    except OSError as error:
        raise disk_refusal(error, folder) from None
    pictures = "with its pictures" if media else "without its pictures: they lie in a bucket, which you copy yourself"
    return f"Copied the house to {folder}, {pictures}."


def restore(urls: Mapping[str, str], media_url: str, folder: Path) -> str:
    """Bring a copy into empty databases and an empty media folder; what the operator is told."""
    try:
        made = json.loads((folder / MANIFEST).read_text())
    except (OSError, ValueError):
        raise Refusal(f"{folder} holds no whole copy of a house: name the folder that was copied to.") from None
    full = [service for service, revision in asyncio.run(databases.reach(urls)).items() if revision]
    media = _folder_of(media_url)
    if full or (media and media.exists() and any(media.iterdir())):
        where = f"the database of {', '.join(full)}" if full else str(media)
        raise Refusal(f"There is a house already ({where}): a copy is brought back where nothing is yet.")
    for service in ORDER:
        words = ("--no-owner", "--exit-on-error", "--single-transaction", str(_file(folder, service)))
        _postgres("pg_restore", urls[service], *words)
    if media and (folder / MEDIA).is_dir():
        shutil.copytree(folder / MEDIA, media, dirs_exist_ok=True)
    return f"The house of Staffroom {made['version']} is back. Bring it to this version: migrate, then start it."


def _file(folder: Path, service: str) -> Path:
    return folder / f"{service}.dump"


def _folder_of(media_url: str) -> Path | None:
    """None for a bucket."""
    parts = urlsplit(media_url)
    return Path(url2pathname(parts.path)) if parts.scheme == "file" else None


def _copy(source: str, target: str) -> None:
    """Passes over what was deleted meanwhile: the house may run."""
    with suppress(FileNotFoundError):
        shutil.copy2(source, target)


def _postgres(program: str, url: str, *words: str) -> None:
    # The programs of the package: not older than the server, as pg_dump wants it.
    address, environment = _without_password(url)
    command = [str(packaged_programs() / program), f"--dbname={address}", *words]
    done = subprocess.run(command, env=environment, capture_output=True, text=True, check=False)
    if done.returncode:
        raise Refusal(f"{program} could not do it: {done.stderr.strip().splitlines()[-1] if done.stderr else '?'}")


def _without_password(url: str) -> tuple[str, dict[str, str]]:
    """(the address, the environment with its password): everybody on the machine sees how a program was called."""
    parts = urlsplit(url)
    who, _, where = parts.netloc.rpartition("@")
    name, _, password = who.partition(":")
    address = parts._replace(netloc=f"{name}@{where}" if name else where).geturl()
    return address, dict(os.environ) | ({"PGPASSWORD": unquote(password)} if password else {})
