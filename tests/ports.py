"""Ports of this machine that nobody uses."""

import os
import socket
from contextlib import ExitStack

# Below those that the system gives to whoever connects, and for each process a beginning of its own.
FIRST, BEFORE, BLOCK = 20_000, 32_000, 8


def free_ports(number: int = 1) -> list[int]:
    """So many in a row, at most eight."""
    blocks = (BEFORE - FIRST) // BLOCK
    for n in range(blocks):
        first = FIRST + BLOCK * ((os.getpid() + n) % blocks)
        with ExitStack() as taken:
            try:
                for port in range(first, first + number):
                    taken.enter_context(socket.create_server(("127.0.0.1", port)))
            except OSError:
                continue
            return list(range(first, first + number))
    raise RuntimeError("no free ports in a row")
