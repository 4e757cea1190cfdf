"""How every service's migrations are run."""

import asyncio
import importlib
import os
from typing import Any

import asyncpg
from alembic import context
from sqlalchemy import Connection, pool
from sqlalchemy.ext.asyncio import create_async_engine

SERVICES = ("clusters", "events", "diaries")
LOCK = "hashtext('staffroom.migrations')"
JOB_TABLES = "pgqueuer"

service = context.config.config_ini_section
if service not in SERVICES:
    raise SystemExit(f"Name the service: alembic -n {'|'.join(SERVICES)} ...")


def address() -> str:
    given: str | None = context.config.attributes.get("url")
    variable = f"STAFFROOM_{service.upper()}_DATABASE_URL"
    address = given or os.environ.get(variable)
    if address is None:
        raise SystemExit(f"{variable} is not set: set it to the database that is meant.")
    return address


def is_ours(name: str | None, kind: str, parents: Any) -> bool:
    """The tables of the job queue come and go with their package, not with our models."""
    return not (name or "").startswith(JOB_TABLES)


def is_ours_too(item: Any, name: str | None, kind: str, reflected: bool, compared: Any) -> bool:
    return is_ours(name, kind, None)


importlib.import_module(f"services.{service}.app")  # so that every table of the service is known
OPTIONS: dict[str, Any] = {
    "target_metadata": importlib.import_module(f"services.{service}.base").METADATA,
    "compare_type": True,
    "compare_server_default": True,
    "transaction_per_migration": True,
    "include_name": is_ours,
    "include_object": is_ours_too,
}


def migrate(connection: Connection) -> None:
    # Migrations are a transaction each, so the lock that keeps a second process waiting is the session's.
    connection.exec_driver_sql(f"SELECT pg_advisory_lock({LOCK})")
    connection.exec_driver_sql("SET lock_timeout = '5s'")
    connection.exec_driver_sql("SET statement_timeout = '10min'")
    connection.commit()
    try:
        context.configure(connection=connection, **OPTIONS)
        with context.begin_transaction():
            context.run_migrations()
    finally:
        connection.rollback()
        connection.exec_driver_sql(f"SELECT pg_advisory_unlock({LOCK})")
        connection.commit()


async def connect_and_migrate() -> None:
    # asyncpg reads the address itself: SQLAlchemy does not know all that an address may say.
    engine = create_async_engine(
        "postgresql+asyncpg://", async_creator=lambda: asyncpg.connect(address()), poolclass=pool.NullPool
    )
    async with engine.connect() as connection:
        await connection.run_sync(migrate)
    await engine.dispose()


if context.is_offline_mode():
    context.configure(url=address(), literal_binds=True, dialect_opts={"paramstyle": "named"}, **OPTIONS)
    with context.begin_transaction():
        context.run_migrations()
elif (open_connection := context.config.attributes.get("connection")) is not None:
    migrate(open_connection)
else:
    asyncio.run(connect_and_migrate())
