"""Who runs PostgreSQL: it refuses to run as root."""

import os
import pwd
import shutil
import subprocess
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from deploy.refusal import Refusal

UNSHARE = ["unshare", "--user", "--map-user=1000", "--map-group=1000", "--"]


@dataclass(frozen=True)
class Account:
    """How to start a program: words before its name, and arguments of `subprocess`."""

    prefix: list[str] = field(default_factory=list)
    options: dict[str, Any] = field(default_factory=dict)

    def own(self, path: Path) -> None:
        """Give `path`, and what is in it, to this account."""
        if self.options:
            for each in (path, *path.rglob("*")):
                os.chown(each, self.options["user"], self.options["group"], follow_symlinks=False)

    def can_run(self, program: Path) -> bool:
        try:
            answer = subprocess.run(
                [*self.prefix, str(program), "--version"],
                capture_output=True,
                cwd="/",
                check=False,
                **self.options,
            )
        except OSError:
            return False
        return answer.returncode == 0


def account_for(data: Path) -> Account:
    """Ourselves; or for root a mapped user, or the owner of the data, or nobody."""
    if os.geteuid() != 0:
        return Account()
    owner = data.stat().st_uid if data.exists() else 0
    if owner == 0 and can_unshare():
        return Account(prefix=UNSHARE)
    try:
        entry = pwd.getpwuid(owner) if owner else pwd.getpwnam("nobody")
    except KeyError:
        raise Refusal(
            "PostgreSQL does not run as root, and this machine has no other account for it: "
            "start Staffroom as an ordinary user."
        ) from None
    return Account(options={"user": entry.pw_uid, "group": entry.pw_gid, "extra_groups": []})


def can_unshare() -> bool:
    if shutil.which("unshare") is None:
        return False
    return subprocess.run([*UNSHARE, "true"], capture_output=True, check=False).returncode == 0


def reachable(binaries: Path, account: Account, folder: Path) -> Path:
    """A folder with PostgreSQL's programs that `account` can run: `binaries`, or a copy in `folder`."""
    if account.options:
        _let_in(account, folder)
    if account.can_run(binaries / "postgres"):
        return binaries
    copy = folder / "programs"
    package = binaries.parents[1]
    libraries = package.with_name(f"{package.name}.libs")
    if not copy.exists():
        unfinished = folder / "programs.new"
        shutil.rmtree(unfinished, ignore_errors=True)
        shutil.copytree(binaries.parent, unfinished / package.name / binaries.parent.name, symlinks=True)
        if libraries.is_dir():
            shutil.copytree(libraries, unfinished / libraries.name)
        account.own(unfinished)
        unfinished.rename(copy)
    binaries = copy / package.name / binaries.parent.name / binaries.name
    if not account.can_run(binaries / "postgres"):
        raise _unreachable(folder)
    return binaries


def _let_in(account: Account, folder: Path) -> None:
    """Other accounts may pass through our two folders, though not look around in them."""
    for place in (folder, folder.parent):
        place.chmod(place.stat().st_mode | 0o011)
    passes = subprocess.run(["test", "-x", str(folder)], cwd="/", check=False, **account.options)
    if passes.returncode:
        raise _unreachable(folder)


def _unreachable(folder: Path) -> Refusal:
    return Refusal(
        f"PostgreSQL does not run as root, and other accounts cannot reach {folder}: start Staffroom as an "
        "ordinary user, or set STAFFROOM_HOME to a folder that all may enter, such as /var/lib/staffroom."
    )
