"""Take in mail that came back: a mail server pipes it here, and keeps it while it cannot be taken."""

import asyncio
import importlib
from typing import BinaryIO

from deploy import databases, processes
from deploy.refusal import Refusal

MOST_BYTES = 256 * 1024
TRY_AGAIN = 75  # EX_TEMPFAIL: what mail servers read as "not now"


def take(clusters_url: str, mail: BinaryIO, returned_to: str) -> str:
    """What becomes of the mail, in words without whose it is. Raises Refusal while the database is away."""
    raw = mail.read(MOST_BYTES)
    while mail.read(MOST_BYTES):
        pass  # read to its end, so that the mail server does not write into a closed pipe
    try:
        standing = asyncio.run(databases.reach({"clusters": clusters_url}))
        if standing["clusters"] != databases.head("clusters"):
            raise Refusal("The database of clusters is not at this version: migrate first.")
        importlib.import_module(processes.module_of("clusters"))
        commands = importlib.import_module("services.clusters.post.bounces.commands")
        meaning = asyncio.run(commands.take(clusters_url, raw, returned_to))
    except Refusal as refusal:
        raise Refusal(str(refusal), code=TRY_AGAIN) from None
    except Exception as error:
        raise Refusal(f"The mail could not be taken just now ({type(error).__name__}).", code=TRY_AGAIN) from None
    return f"taken: {meaning}" if meaning else "passed over: no letter of this house came back with it"
