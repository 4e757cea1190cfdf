from datetime import timedelta

import asyncpg

from kit.clock import real_now
from kit.db import Database
from services.clusters.post.bounces.queries import end_of_quiet, is_of_letter, spend_key
from services.clusters.post.bounces.reading import key_in, said_in
from services.clusters.post.unreached.actions import count_bounces, forget_old, mark_unreached, tell_reached
from services.clusters.post.unreached.judging import Verdict
from services.clusters.post.unreached.models import Reason

COMES_BACK_WITHIN = timedelta(days=6)  # mail servers give up after five


async def take_bounce(database: Database, raw: bytes, returned_to: str) -> Verdict | None:
    """Take in a mail that came to the address of a letter; what it meant of it, None for any other mail.

    Nobody is believed who does not have the key of the letter: it stands in `returned_to`, or in the mail. A mail with
    the key of no letter is not read, and none is read while a connection waits for it.
    """
    key = key_in(returned_to)
    if key and not await is_of_letter(database.pool, key):
        return None
    said = said_in(raw)
    key = key or said.key
    if key is None or said.meaning is None:
        return None
    async with database.writing() as connection:
        person_id = await spend_key(connection, key)
        if person_id is None:
            return None
        if isinstance(said.meaning, Reason):
            await mark_unreached(connection, {person_id: said.meaning}, by_bounce=True)
        else:
            await count_bounces(connection, [said.meaning])
    return said.meaning


async def sweep_unreached(connection: asyncpg.Connection) -> None:
    """Who gets letters that do not come back is reached again; what is old is forgotten."""
    await tell_reached(connection, await end_of_quiet(connection, real_now() - COMES_BACK_WITHIN))
    await forget_old(connection)
