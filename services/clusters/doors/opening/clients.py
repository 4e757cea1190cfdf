"""The house's own clients: made when the house is set up, from secrets that its settings hold."""

from sqlmodel.ext.asyncio.session import AsyncSession

from kit.clock import real_now
from kit.db import open_database
from kit.happened import SAY_WHEN
from kit.locking import lock_number
from services.clusters.doors.clients.models import Client, ClientSecret
from services.clusters.doors.clients.queries import live_secrets, service_client
from services.clusters.doors.opening.queries import house_is_open
from services.clusters.doors.tries.models import digest
from services.clusters.scopes import NOTIFY, SET_UP, SIGN_IN, WEBHOOKS_INSIDE
from services.roster.rules import ACT_FOR_PEOPLE, FOLLOW, OPERATE, WEBHOOKS

SERVICES_LOCK = 7_004
SCOPES = {
    "events": [FOLLOW, NOTIFY],
    "diaries": [FOLLOW, NOTIFY],
    "web": [SIGN_IN, FOLLOW],
    "demo": [SET_UP, SAY_WHEN, ACT_FOR_PEOPLE, WEBHOOKS, WEBHOOKS_INSIDE, OPERATE],
}


async def ensure_service_clients(database_url: str, secrets: dict[str, str]) -> None:
    """Make the clients named in `secrets` (see SCOPES), with these secrets; every other secret ends.

    None of an open house says when something happened.
    """
    async with open_database(database_url, pool_size=1) as database, database.transaction() as db:
        await lock_number(db, SERVICES_LOCK)
        is_open = await house_is_open(db)
        for service, secret in secrets.items():
            client = await service_client(db, service)
            scopes = [scope for scope in SCOPES[service] if scope != SAY_WHEN or not is_open]
            if client is None:
                client = Client(name=service, service=service, scopes=scopes)
                db.add(client)
                await db.flush()
            client.scopes = scopes
            await _only_secret(db, client, secret)
        for service in SCOPES.keys() - secrets.keys():
            if client := await service_client(db, service):
                await _end_secrets(db, client)


async def _only_secret(db: AsyncSession, client: Client, secret: str) -> None:
    """This secret and no other: whoever replaces one does so because others may know it."""
    if not await _end_secrets(db, client, but=digest(secret)):
        await db.merge(ClientSecret(digest=digest(secret), client_id=client.id, ends_at=None))


async def _end_secrets(db: AsyncSession, client: Client, but: str = "") -> bool:
    """End what lets this client in, but the secret with one digest; whether that one is there."""
    kept = await live_secrets(db, client.id)
    for secret in kept:
        if secret.digest != but:
            secret.ends_at = real_now()
    return any(secret.digest == but for secret in kept)
