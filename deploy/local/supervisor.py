"""Keep the processes of Staffroom running until somebody says stop."""

import os
import select
import signal
import socket
import time
from collections.abc import Callable, Iterable, Mapping
from types import FrameType

from deploy.local.child import Child
from deploy.local.errand import Errand
from deploy.local.postgres import Postgres
from deploy.processes import SERVERS, SERVICES, WORKERS
from deploy.refusal import Refusal

MOST_DEATHS_AT_START = 3
LONGEST_START = 120
GRACE = 15  # as long as the compose file gives; a worker ends its jobs and gives back two databases within 12
STOPS = (signal.SIGINT, signal.SIGTERM, signal.SIGHUP)


def say(line: str) -> None:
    print(line, flush=True)


class Supervisor:
    """The parent of all processes; `when_ready` is an errand that runs once all of them answer."""

    def __init__(
        self,
        listeners: Mapping[str, socket.socket],
        postgres: Postgres | None,
        when_ready: Callable[[], list[str]],
        announce: Callable[[list[str]], None],
    ) -> None:
        self.listeners = listeners
        self.children = [Child(name, listeners[name]) for name in (*SERVERS, *WORKERS)]
        self.postgres = postgres
        self._when_ready = when_ready
        self._announce = announce
        self._errand: Errand | None = None
        self._errand_over = False
        self._announced = False
        self._started = time.monotonic()
        self._stops = 0
        self._wake, self._waker = socket.socketpair()

    def run(self) -> None:
        """Start everything, keep it running, and end it in order after a signal."""
        self._hear_signals()
        try:
            for child in self.children:
                child.start(self.listeners.values())
            while not self._stops:
                self._bury()
                self._revive()
                self._ask()
                self._greet()
                self._sleep()
        finally:
            self._end()

    def _hear_signals(self) -> None:
        def stop(number: int, frame: FrameType | None) -> None:
            self._stops += 1

        for end in (self._wake, self._waker):
            end.setblocking(False)
        signal.set_wakeup_fd(self._waker.fileno(), warn_on_full_buffer=False)
        for each in STOPS:
            signal.signal(each, stop)
        signal.signal(signal.SIGCHLD, lambda number, frame: None)

    def _bury(self) -> None:
        for pid, status in _dead():
            if self._errand is not None and pid == self._errand.pid:
                self._errand_over = True
            for child in self.children:
                if child.pid == pid:
                    child.died()
                    if not self._stops:
                        self._mourn(child, status)

    def _mourn(self, child: Child, status: int) -> None:
        if not self._announced and child.deaths >= MOST_DEATHS_AT_START:
            raise Refusal(f"{child.name} does not start: the lines above say why.")
        code = os.waitstatus_to_exitcode(status)
        how = f"was ended by {signal.Signals(-code).name}" if code < 0 else f"ended with code {code}"
        say(f"  {child.name} {how}; starting it again")

    def _revive(self) -> None:
        if self.postgres is not None and self.postgres.pid() is None:
            say("  PostgreSQL ended; starting it again")
            self.postgres.ensure()
        for child in self.children:
            if child.pid == 0 and child.due <= time.monotonic():
                child.start(self.listeners.values())

    def _ask(self) -> None:
        for child in self.children:
            if child.pid and not child.ready and not self._stops:
                child.check()
                if child.ready and child.deaths:
                    say(f"  {child.name} is back")

    def _greet(self) -> None:
        if self._announced:
            return
        waiting = [child.name for child in self.children if not child.ready]
        if waiting and self._errand is None:
            if time.monotonic() - self._started > LONGEST_START:
                raise Refusal(f"Not ready after {LONGEST_START} seconds: {', '.join(waiting)}.")
        elif self._errand is None:
            self._errand = Errand(self._when_ready)
        elif self._errand_over:
            self._announced = True
            try:
                lines = self._errand.result()
            except Refusal as refusal:
                lines = [f"The demonstration year could not be loaded: {refusal}"]
            self._announce(lines)

    def _sleep(self) -> None:
        settled = self._announced and all(child.ready for child in self.children)
        select.select([self._wake], [], [], 1 if settled else 0.05)
        try:
            self._wake.recv(1024)
        except BlockingIOError:
            return

    def _end(self) -> None:
        """Web and the workers first, since they ask the services; then the services, then PostgreSQL."""
        for listener in self.listeners.values():
            listener.close()
        if self._errand is not None and not self._errand_over:
            os.kill(self._errand.pid, signal.SIGTERM)
        self._end_children(child for child in self.children if child.name not in SERVICES)
        self._end_children(child for child in self.children if child.name in SERVICES)
        if self.postgres is not None:
            self.postgres.stop(signal.SIGQUIT if self._stops > 1 else signal.SIGINT)

    def _end_children(self, wave: Iterable[Child]) -> None:
        wave = list(wave)
        for child in wave:
            if child.pid:
                os.kill(child.pid, signal.SIGTERM)
        end = time.monotonic() + GRACE
        self._stops = max(self._stops, 1)
        killed = False
        while living := [child for child in wave if child.pid]:
            if not killed and (self._stops > 1 or time.monotonic() > end):
                killed = True
                for child in living:
                    say(f"  {child.name} did not end by itself")
                    os.kill(child.pid, signal.SIGKILL)
            self._sleep()
            self._bury()


def _dead() -> list[tuple[int, int]]:
    dead: list[tuple[int, int]] = []
    while True:
        try:
            pid, status = os.waitpid(-1, os.WNOHANG)
        except ChildProcessError:
            return dead
        if pid == 0:
            return dead
        dead.append((pid, status))
