"""How many statements a service sends to its database, by whichever way."""

import asyncpg
import sqlalchemy as sa

WAYS = ("fetch", "fetchrow", "fetchval", "execute")
TYPES = "pg_catalog.pg_type"  # asked once by every new connection of the pool
FEED = "from fact"  # asked by whoever follows meanwhile
FRAME = ("BEGIN", "COMMIT", "ROLLBACK", "SAVEPOINT", "RELEASE")


class Statements:
    """Counts until the test ends; what frames a transaction, and what a new connection asks, do not count."""

    def __init__(self, database, monkeypatch):
        self.count, self.name = 0, database.engine.url.database
        sa.event.listen(database.engine.sync_engine, "before_cursor_execute", self.add)
        for way in WAYS:
            monkeypatch.setattr(asyncpg.Connection, way, self.counted(getattr(asyncpg.Connection, way)))

    def add(self, *_):
        self.count += 1

    def counted(self, asked):
        async def ask(connection, statement, *arguments, **named):
            of_service = connection._params.database == self.name
            passed_over = statement.startswith(FRAME) or TYPES in statement or FEED in statement
            self.count += of_service and not passed_over
            return await asked(connection, statement, *arguments, **named)

        return ask
