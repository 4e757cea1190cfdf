from datetime import timedelta

import asyncpg

from kit.clock import real_now
from services.clusters.post.bounces.queries import end_of_quiet, person_of_letter, spend_key
from services.clusters.post.bounces.reading import key_in, key_of, meaning_of, read
from services.clusters.post.unreached.actions import count_bounces, forget_old, mark_unreached, tell_reached
from services.clusters.post.unreached.judging import Verdict
from services.clusters.post.unreached.models import Reason

COMES_BACK_WITHIN = timedelta(days=6)  # mail servers give up after five


async def take_bounce(connection: asyncpg.Connection, raw: bytes, returned_to: str) -> Verdict | None:
    """Take in a mail that came to the address of a letter; what it meant of it, None for any other mail.

    Nobody is believed who does not have the key of the letter: it stands in `returned_to`, or in the mail.
    """
    mail = read(raw)
    key = mail and (key_in(returned_to) or key_of(mail))
    if not (mail and key):
        return None
    person_id, meaning = await person_of_letter(connection, key), meaning_of(mail)
    if person_id is None or meaning is None:
        return None
    await spend_key(connection, key)
    if isinstance(meaning, Reason):
        await mark_unreached(connection, {person_id: meaning}, by_bounce=True)
    else:
        await count_bounces(connection, [meaning])
    return meaning


async def sweep_unreached(connection: asyncpg.Connection) -> None:
    """Who gets letters that do not come back is reached again; what is old is forgotten."""
    await tell_reached(connection, await end_of_quiet(connection, real_now() - COMES_BACK_WITHIN))
    await forget_old(connection)
