from datetime import timedelta

import asyncpg

from kit.clock import real_now
from services.clusters.post.bounces.queries import end_of_quiet, person_of_letter
from services.clusters.post.bounces.reading import key_in, key_of, meaning_of, read
from services.clusters.post.unreached.actions import count_bounces, forget_old, mark_unreached, tell_reached
from services.clusters.post.unreached.judging import Verdict
from services.clusters.post.unreached.models import Fault, Reason

COMES_BACK_WITHIN = timedelta(days=6)  # mail servers give up after five


async def take_bounce(connection: asyncpg.Connection, raw: bytes, returned_to: str) -> Verdict | None:
    """Take in a mail that came to the address of a letter; what it meant of it, None for any other mail.

    Nobody is believed who does not have the key of the letter: it stands in `returned_to`, or in the mail.
    """
    mail = read(raw)
    key = mail and (key_in(returned_to) or key_of(mail))
    person_id = await person_of_letter(connection, key) if key else None
    meaning = meaning_of(mail) if mail and person_id else None
    if isinstance(meaning, Reason) and person_id:
        await mark_unreached(connection, {person_id: meaning}, by_bounce=True)
    elif meaning is Fault.ours:
        await count_bounces(connection, [meaning])
    return meaning


async def sweep_unreached(connection: asyncpg.Connection) -> None:
    """Who gets letters that do not come back is reached again; what is old is forgotten."""
    await tell_reached(connection, await end_of_quiet(connection, real_now() - COMES_BACK_WITHIN))
    await forget_old(connection)
