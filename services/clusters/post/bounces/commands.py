"""What a mail server does on this database: it hands in what came back."""

from kit.db import open_database
from services.clusters.post.bounces.actions import take_bounce


async def take(database_url: str, raw: bytes, returned_to: str) -> str:
    """What the mail meant of one of our letters, in a word; nothing for any other mail."""
    async with open_database(database_url, pool_size=1) as database:
        return str(await take_bounce(database, raw, returned_to) or "")
