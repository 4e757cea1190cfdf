"""The house's own clients: made when the house is set up, from secrets that its settings hold."""

from kit.db import open_database
from kit.happened import SAY_WHEN
from services.clusters.clients.actions import add_secret
from services.clusters.clients.models import (
    NOTIFY,
    SET_UP,
    SIGN_IN,
    WEBHOOKS_INSIDE,
    Client,
    ClientSecret,
)
from services.clusters.clients.queries import service_client
from services.clusters.opening.queries import house_is_open
from services.clusters.sessions.models import digest
from services.roster.rules import ACT_FOR_PEOPLE, FOLLOW, OPERATE, WEBHOOKS

SCOPES = {
    "events": [FOLLOW, NOTIFY],
    "diaries": [FOLLOW, NOTIFY],
    "web": [SIGN_IN, FOLLOW],
    "demo": [SET_UP, SAY_WHEN, ACT_FOR_PEOPLE, WEBHOOKS, WEBHOOKS_INSIDE, OPERATE],
}


async def ensure_service_clients(database_url: str, secrets: dict[str, str]) -> None:
    """Make the clients named in `secrets` (see SCOPES), with these secrets; what exists already stays.

    None of an open house says when something happened.
    """
    async with open_database(database_url, pool_size=1) as database, database.transaction() as session:
        is_open = await house_is_open(session)
        for service, secret in secrets.items():
            client = await service_client(session, service)
            scopes = [scope for scope in SCOPES[service] if scope != SAY_WHEN or not is_open]
            if client is None:
                client = Client(name=service, service=service, scopes=scopes)
                session.add(client)
                await session.flush()
            client.scopes = scopes
            if await session.get(ClientSecret, digest(secret)) is None:
                add_secret(session, client.id, secret)
