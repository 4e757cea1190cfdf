"""A whole house of its own, started as a person starts it."""

import json
import os
import re
import signal
import subprocess
import sys
import time
from pathlib import Path

READY = re.compile(r"^Staffroom is ready after ([\d.]+) s")


class House:
    def __init__(self, home: Path, port: int, *, demo: bool = False) -> None:
        self.home, self.port, self.demo = home, port, demo

    def start(self) -> float:
        """Seconds until it was ready. Raises RuntimeError with what it said when it does not start."""
        kept = {name: value for name, value in os.environ.items() if not name.startswith("STAFFROOM_")}
        settings = {
            "STAFFROOM_HOME": str(self.home),
            "STAFFROOM_PORT": str(self.port),
            "STAFFROOM_LOG_LEVEL": "error",
        }
        began = time.perf_counter()
        self.process = subprocess.Popen(
            [sys.executable, "-u", "-m", "deploy.local", *(() if self.demo else ("--no-demo",))],
            env=kept | settings,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
        )
        assert self.process.stdout
        said = []
        for line in self.process.stdout:
            said.append(line)
            if READY.match(line):
                return time.perf_counter() - began
        raise RuntimeError("".join(said))

    @property
    def workers(self) -> range:
        """The ports at which the workers say what waits."""
        return range(self.port + 4, self.port + 7)

    @property
    def demo_secret(self) -> str:
        secrets: dict[str, dict[str, str]] = json.loads((self.home / "secrets.json").read_text())
        return secrets["clients"]["demo"]

    def stop(self) -> None:
        self.process.send_signal(signal.SIGINT)
        self.process.wait(30)
