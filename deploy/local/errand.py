"""Work done in a child process, so that the parent never has an event loop when it forks the next."""

import contextlib
import json
import os
import signal
import sys
from collections.abc import Callable
from typing import Any

from deploy.refusal import Refusal
from kit.logs import told


class Errand:
    """A call that runs in a process of its own; `result` is what it returned, as JSON carries it."""

    def __init__(self, call: Callable[[], Any]) -> None:
        sys.stdout.flush()
        sys.stderr.flush()
        self._answer, end = os.pipe()
        self.pid = os.fork()
        if self.pid == 0:
            os.close(self._answer)
            _answer(call, end)
        os.close(end)

    def result(self) -> Any:
        """Wait for the call to end. Its refusal is raised here; any other failure has been printed."""
        with open(self._answer) as answer:
            said = answer.read()
        with contextlib.suppress(ChildProcessError):
            os.waitpid(self.pid, 0)
        if not said:
            raise Refusal("A step of the start failed: the lines above say where.")
        kind, value, code = json.loads(said)
        if kind == "refusal":
            raise Refusal(value, code)
        return value


def _answer(call: Callable[[], Any], end: int) -> None:
    code = 1
    try:
        signal.set_wakeup_fd(-1)
        signal.signal(signal.SIGINT, signal.default_int_handler)
        for each in (signal.SIGTERM, signal.SIGHUP, signal.SIGCHLD):
            signal.signal(each, signal.SIG_DFL)
        try:
            said = ["result", call(), 0]
        except Refusal as refusal:
            said = ["refusal", str(refusal), refusal.code]
        with open(end, "w") as pipe:
            json.dump(said, pipe)
        code = 0
    except KeyboardInterrupt:
        code = 130
    except BaseException as error:
        print(told(error), file=sys.stderr)
    finally:
        sys.stdout.flush()
        sys.stderr.flush()
        os._exit(code)
