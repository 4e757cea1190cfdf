"""The data folder of the local mode: one running Staffroom at a time, and the secrets that it keeps."""

import fcntl
import json
import os
import secrets
import shutil
from pathlib import Path

from deploy.local.postgres import Postgres
from deploy.processes import CLIENTS, SERVICES
from deploy.refusal import Refusal, disk_refusal

FILE, LOCK, POSTGRES, MEDIA = "secrets.json", "lock", "postgres", "media"
SPACE_NEEDED = 200 * 1024 * 1024


class Home:
    """A folder that is ours until the process ends."""

    def __init__(self, path: Path) -> None:
        self.path = path.resolve()
        try:
            self.path.mkdir(mode=0o700, parents=True, exist_ok=True)
            self._lock = (self.path / LOCK).open("a+")
        except OSError as error:
            raise disk_refusal(error, self.path) from None
        try:
            fcntl.flock(self._lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            raise Refusal(
                f"Staffroom already runs in {self.path}: stop it, or set STAFFROOM_HOME to another folder."
            ) from None
        free = shutil.disk_usage(self.path).free
        if free < SPACE_NEEDED:
            raise Refusal(
                f"The disk of {self.path} has {free // 2**20} MB left and Staffroom needs "
                f"{SPACE_NEEDED // 2**20} MB: free some space, or set STAFFROOM_HOME to a folder elsewhere."
            )

    def empty(self) -> None:
        """What an earlier Staffroom left there goes, and nothing else; none runs in it now."""
        if (self.path / POSTGRES).exists():
            Postgres(self.path / POSTGRES).stop()
        for name in (POSTGRES, MEDIA):
            shutil.rmtree(self.path / name, ignore_errors=True)
        (self.path / FILE).unlink(missing_ok=True)

    def secrets(self) -> dict[str, dict[str, str]]:
        """Passwords of the databases and secrets of the clients, made once."""
        file = self.path / FILE
        kept = read_secrets(self.path)
        wanted = {"databases": SERVICES, "clients": CLIENTS}
        full = {
            kind: {name: kept.get(kind, {}).get(name) or secrets.token_urlsafe(32) for name in names}
            for kind, names in wanted.items()
        }
        if full != kept:
            unfinished = file.with_suffix(".new")
            with open(os.open(unfinished, os.O_CREAT | os.O_WRONLY | os.O_TRUNC, 0o600), "w") as target:
                json.dump(full, target, indent=2)
            unfinished.replace(file)
        return full


def read_secrets(home: Path) -> dict[str, dict[str, str]]:
    """What is kept there; nothing where no house was started yet."""
    file = home / FILE
    if not file.exists():
        return {}
    try:
        kept: dict[str, dict[str, str]] = json.loads(file.read_text())
    except ValueError:
        raise Refusal(f"{file} is damaged: repair it, or delete it to have new secrets made.") from None
    return kept
