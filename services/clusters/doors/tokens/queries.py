from dataclasses import dataclass
from datetime import timedelta
from typing import Any
from uuid import UUID

from joserfc.jwk import OKPKey
from sqlmodel import col, select
from sqlmodel.ext.asyncio.session import AsyncSession

from kit.clock import real_now
from kit.db import Database, Plain
from services.clusters.doors.factors.models import STEP_WITHIN
from services.clusters.doors.factors.queries import AWAITED
from services.clusters.doors.sessions.models import SESSION_LASTS
from services.clusters.doors.tokens.models import SIGNS_FOR, TRUSTED_AFTERWARDS, SigningKey, without_algorithm
from services.clusters.doors.tries.models import digest

# Plain statements: every page of web and every program begins with one of these.
CLIENT = """
select client.id, client.scopes, client.cluster_id, exists (
  select from client_secret where client_id = client.id and digest = $2 and (ends_at is null or ends_at > $3)) as proven
from client
"""
BY_ID = f"{CLIENT} where client.id = $1 and client.revoked_at is null"
BY_NAME = f"{CLIENT} where client.service = $1 and client.revoked_at is null"
PERSON = "select person.id, person.language, person.zone from person"
OF_SESSION = f"""
select person.id, person.language, person.zone, session.used_at < $3 as is_stale, session.began_at,
  case when session.proven_at is null then {AWAITED} else '' end as awaited
from person join session on session.person_id = person.id
where session.secret_digest = $1 and session.ended_at is null and session.began_at > $2 and person.left_at is null
"""
USED = "update session set used_at = $2 where secret_digest = $1"
IN_ITS_CLUSTER = f"""{PERSON} where person.id = $1 and person.left_at is null and ($2::uuid is null or exists (
  select from staff join membership on membership.school_id = staff.school_id
  where staff.person_id = person.id and staff.ended_at is null
    and membership.cluster_id = $2 and membership.ended_at is null))
"""

USED_WITHIN = timedelta(hours=1)


@dataclass(frozen=True)
class AskingClient:
    """The program that asks; `proven` when its secret is one that works now."""

    id: UUID
    scopes: list[str]
    cluster_id: UUID | None
    proven: bool


@dataclass(frozen=True)
class Bearer:
    """The person for whom a token is; `awaited` is what their session still waits for."""

    id: UUID
    language: str
    zone: str
    awaited: str = ""


async def asking_client(connection: Plain, client_id: str, secret: str) -> AskingClient | None:
    """The client with this id (the house's own also by name), unless it was revoked."""
    try:
        asked: tuple[str, UUID | str] = (BY_ID, UUID(client_id))
    except ValueError:
        asked = BY_NAME, client_id
    row = await connection.fetchrow(*asked, digest(secret), real_now())
    return AskingClient(**row) if row else None


async def bearer_of_session(connection: Plain, secret: str) -> Bearer | None:
    """Whose session this secret opens, while it lasts; that it is used is written down once an hour.

    One that has waited for its second step for too long opens nothing, and waits no more.
    """
    known, moment = digest(secret), real_now()
    row = await connection.fetchrow(OF_SESSION, known, moment - SESSION_LASTS, moment - USED_WITHIN)
    if row is None or (row["awaited"] == "second_step" and row["began_at"] < moment - STEP_WITHIN):
        return None
    if row["is_stale"]:
        await connection.execute(USED, known, moment)
    return Bearer(row["id"], row["language"], row["zone"], row["awaited"])


async def bearer_in_its_cluster(connection: Plain, client: AskingClient, person_id: UUID) -> Bearer | None:
    """The person, if they are in the cluster that the client is bound to."""
    row = await connection.fetchrow(IN_ITS_CLUSTER, person_id, client.cluster_id)
    return Bearer(**row) if row else None


async def newest_key(db: AsyncSession) -> SigningKey | None:
    return (await db.exec(select(SigningKey).order_by(col(SigningKey.made_at).desc()).limit(1))).one_or_none()


async def trusted_keys(db: AsyncSession) -> list[SigningKey]:
    oldest = real_now() - SIGNS_FOR - TRUSTED_AFTERWARDS
    return list(await db.exec(select(SigningKey).where(SigningKey.made_at > oldest).order_by(col(SigningKey.made_at))))


async def public_keys(database: Database) -> dict[str, Any]:
    """The JWKS document: what the other services check tokens with."""
    async with database.transaction() as db:
        keys = [without_algorithm(key.jwk) for key in await trusted_keys(db)]
    return {"keys": [OKPKey.import_key(key).as_dict(private=False) for key in keys]}
