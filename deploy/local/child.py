"""One process of the local mode: forked from the preloaded parent, watched, started again when it dies."""

import ctypes
import gc
import http.client
import os
import random
import signal
import socket
import sys
import time
from collections.abc import Iterable

from deploy import processes
from deploy.refusal import Refusal
from kit.logs import told

PR_SET_PDEATHSIG = 1
SHORTEST_PAUSE = 0.2
LONGEST_PAUSE = 5.0
SETTLED = 30


class Child:
    """A process by name, and the socket that outlives each of its lives."""

    def __init__(self, name: str, listener: socket.socket) -> None:
        self.name = name
        self.listener = listener
        self.pid = 0
        self.ready = False
        self.deaths = 0
        self.due = 0.0
        self._pause = SHORTEST_PAUSE
        self._born = 0.0

    def start(self, strangers: Iterable[socket.socket]) -> None:
        """Fork; `strangers` are sockets that this process has no business with."""
        sys.stdout.flush()
        sys.stderr.flush()
        parent = os.getpid()
        self._born = time.monotonic()
        self.ready = False
        self.pid = os.fork()
        if self.pid == 0:
            self._live(parent, strangers)

    def died(self) -> None:
        """Note the death and when to try again."""
        now = time.monotonic()
        if now - self._born > SETTLED:
            self._pause = SHORTEST_PAUSE
        self.pid, self.ready, self.deaths = 0, False, self.deaths + 1
        self.due = now + self._pause
        self._pause = min(self._pause * 2, LONGEST_PAUSE)

    def check(self) -> None:
        """Ask the process whether it can serve."""
        host, port = self.listener.getsockname()[:2]
        connection = http.client.HTTPConnection(host, port, timeout=0.5)
        try:
            connection.request("GET", "/ready")
            self.ready = connection.getresponse().status == http.HTTPStatus.OK
        except (OSError, http.client.HTTPException):
            self.ready = False
        finally:
            connection.close()

    def _live(self, parent: int, strangers: Iterable[socket.socket]) -> None:
        code = 1
        try:
            # A group of its own: Ctrl-C reaches the parent alone, which ends the others in order.
            os.setpgid(0, 0)
            signal.set_wakeup_fd(-1)
            for each in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP, signal.SIGCHLD):
                signal.signal(each, signal.SIG_DFL)
            _die_with(parent)
            _new_chances()
            gc.enable()
            for stranger in strangers:
                if stranger is not self.listener:
                    stranger.close()
            processes.run(self.name, self.listener)
            code = 0
        except Refusal as refusal:
            print(f"{self.name}: {refusal}", file=sys.stderr)
        except SystemExit as end:
            code = end.code if isinstance(end.code, int) else 1
        except BaseException as error:
            print(f"{self.name} broke: {told(error)}", file=sys.stderr)
        finally:
            sys.stdout.flush()
            sys.stderr.flush()
            os._exit(code)


def _die_with(parent: int) -> None:
    if sys.platform == "linux":
        ctypes.CDLL(None).prctl(PR_SET_PDEATHSIG, signal.SIGTERM)
        if os.getppid() != parent:
            os._exit(1)


def _new_chances() -> None:
    """Children of one parent must not draw the same random numbers."""
    random.seed()
    if (uuid_utils := sys.modules.get("uuid_utils")) is not None:
        uuid_utils.reseed_rng()
