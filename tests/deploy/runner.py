"""The local runner as a person has it: a process that talks on its terminal."""

import os
import re
import signal
import subprocess
import sys
import time
from pathlib import Path

from tests.ports import free_ports

ROOT = Path(__file__).parents[2]
# What is said of a house in a file, by which it is set up without a browser.
HOUSE = """
[programme]
name = "Pilot"
begins = 2026-09-01
ends = 2027-06-30
countries = ["CZ"]
[coordinator]
name = "Eva Nováková"
mail = "eva@ministry.example"
language = "cs"
"""
READY = re.compile(r"^Staffroom is ready after .* s: (\S+)")


class Runner:
    """`python -m deploy.local` with a data folder and settings of its own."""

    def __init__(self, home: Path, *options: str, **settings: str) -> None:
        inherited = {name: value for name, value in os.environ.items() if not name.startswith("STAFFROOM_")}
        given = {f"STAFFROOM_{name.upper()}": value for name, value in settings.items()}
        self.home = home
        self.port = int(settings["port"]) if settings.get("port", "").isdigit() else free_ports(7)[0]
        self.lines: list[str] = []
        self.process = subprocess.Popen(
            [sys.executable, "-m", "deploy.local", *options],
            cwd=ROOT,
            env=inherited | {"STAFFROOM_HOME": str(home), "STAFFROOM_PORT": str(self.port)} | given,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
            start_new_session=True,
        )

    def wait_until_ready(self) -> str:
        """The address that the runner prints when all answer."""
        assert self.process.stdout is not None
        for line in self.process.stdout:
            self.lines.append(line.rstrip())
            if found := READY.match(line):
                return found[1]
        raise AssertionError("not ready:\n" + "\n".join(self.lines))

    def finish(self, timeout: float = 60) -> tuple[int, str]:
        """The exit code, and all that was said."""
        said, _ = self.process.communicate(timeout=timeout)
        self.lines += said.splitlines()
        return self.process.returncode, "\n".join(self.lines)

    def interrupt(self) -> tuple[int, str]:
        """Ctrl-C: the terminal tells every process of the foreground group."""
        os.killpg(self.process.pid, signal.SIGINT)
        return self.finish()

    def children(self) -> list[int]:
        shown = subprocess.run(["ps", "-o", "pid=", "--ppid", str(self.process.pid)], capture_output=True, text=True)
        return [int(pid) for pid in shown.stdout.split()]

    def __enter__(self) -> "Runner":
        return self

    def __exit__(self, *_: object) -> None:
        if self.process.poll() is None:
            self.process.terminate()
            try:
                self.process.communicate(timeout=20)
            except subprocess.TimeoutExpired:
                self.process.kill()
                self.process.communicate()


def wait_for(condition, timeout: float = 20) -> None:
    end = time.monotonic() + timeout
    while not condition():
        assert time.monotonic() < end, "waited too long"
        time.sleep(0.05)
