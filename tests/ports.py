"""Ports of this machine that nobody uses, and that no other run of tests is given while this one lasts."""

import fcntl
import os
import socket
import tempfile
from contextlib import ExitStack
from io import TextIOWrapper
from pathlib import Path

# Below those that the system gives to whoever connects, and for each process a beginning of its own.
FIRST, BEFORE, BLOCK = 20_000, 32_000, 8
CLAIMS = Path(tempfile.gettempdir()) / f"staffroom-ports-{os.getuid()}"
CLAIMED: list[TextIOWrapper] = []
"""Locked files, one for each block: what is given here is bound later, or not all the time."""


def free_ports(number: int = 1) -> list[int]:
    """So many in a row, at most eight."""
    CLAIMS.mkdir(exist_ok=True)
    blocks = (BEFORE - FIRST) // BLOCK
    for n in range(blocks):
        first = FIRST + BLOCK * ((os.getpid() + n) % blocks)
        with ExitStack() as taken:
            try:
                claim = taken.enter_context((CLAIMS / str(first)).open("w"))
                fcntl.flock(claim, fcntl.LOCK_EX | fcntl.LOCK_NB)
                with ExitStack() as bound:
                    for port in range(first, first + number):
                        bound.enter_context(socket.create_server(("127.0.0.1", port)))
            except OSError:
                continue
            taken.pop_all()
            CLAIMED.append(claim)
            return list(range(first, first + number))
    raise RuntimeError("no free ports in a row")
