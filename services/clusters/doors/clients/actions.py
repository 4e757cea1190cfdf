from datetime import timedelta
from uuid import UUID

from sqlmodel.ext.asyncio.session import AsyncSession

from kit.clock import real_now
from kit.facts import record
from kit.locking import lock, lock_live
from kit.problems import Problem
from kit.webhooks.endpoints import shut_out
from services.clusters.clusters.clusters.models import Cluster
from services.clusters.doors.clients.models import Client, ClientSecret
from services.clusters.doors.clients.queries import clients_of, live_secrets
from services.clusters.doors.tries.models import digest, new_secret
from services.clusters.facts import ClientLetIn
from services.roster.facts import ClientRevoked

MOST_CLIENTS = 50  # a cluster's list shows them all
OLD_SECRET_LASTS = timedelta(days=1)


class TooManyClients(Problem):
    status, title = 409, "A cluster lets in at most fifty programs: revoke one first"


async def make_client(
    db: AsyncSession, *, name: str, scopes: list[str], cluster_id: UUID, made_by: UUID | None
) -> tuple[Client, str]:
    """A new client of a cluster, and its secret, which is shown this once. Raises TooManyClients."""
    # Locked, so that they are counted one after the other.
    await lock(db, Cluster, cluster_id)
    if len(await clients_of(db, cluster_id)) >= MOST_CLIENTS:
        raise TooManyClients
    client = Client(name=name, scopes=scopes, cluster_id=cluster_id, made_by=made_by)
    db.add(client)
    await db.flush()
    record(db, ClientLetIn(client_id=client.id, name=name), cluster_id=cluster_id, actor_id=made_by)
    return client, add_secret(db, client.id, new_secret())


def add_secret(db: AsyncSession, client_id: UUID, secret: str) -> str:
    db.add(ClientSecret(digest=digest(secret), client_id=client_id))
    return secret


async def rotate_secret(db: AsyncSession, client: Client) -> str:
    """A new secret; the one before works for one day more, and every earlier one ends. Raises NotFound."""
    # Locked, so that of two new secrets at once one is the older.
    client = await lock_live(db, Client, client.id)
    for old in await live_secrets(db, client.id):
        old.ends_at = real_now() + OLD_SECRET_LASTS if old.ends_at is None else real_now()
    return add_secret(db, client.id, new_secret())


async def revoke_client(db: AsyncSession, client: Client, by: UUID | None) -> None:
    """Shut a client out: it gets no token, and no service sends it anything. Raises NotFound when it is already."""
    client = await lock_live(db, Client, client.id)
    client.revoked_at = real_now()
    await shut_out(db, client.id)
    record(db, ClientRevoked(client_id=client.id), cluster_id=client.cluster_id, actor_id=by)
