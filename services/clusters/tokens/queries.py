from typing import Any

from joserfc.jwk import OKPKey
from sqlmodel import col, select
from sqlmodel.ext.asyncio.session import AsyncSession

from kit.clock import real_now
from kit.db import Database
from services.clusters.tokens.models import SIGNS_FOR, TRUSTED_AFTERWARDS, SigningKey, without_algorithm


async def newest_key(session: AsyncSession) -> SigningKey | None:
    return (await session.exec(select(SigningKey).order_by(col(SigningKey.made_at).desc()).limit(1))).one_or_none()


async def trusted_keys(session: AsyncSession) -> list[SigningKey]:
    oldest = real_now() - SIGNS_FOR - TRUSTED_AFTERWARDS
    return list(
        await session.exec(select(SigningKey).where(SigningKey.made_at > oldest).order_by(col(SigningKey.made_at)))
    )


async def public_keys(database: Database) -> dict[str, Any]:
    """The JWKS document: what the other services check tokens with."""
    async with database.transaction() as session:
        keys = [without_algorithm(key.jwk) for key in await trusted_keys(session)]
    return {"keys": [OKPKey.import_key(key).as_dict(private=False) for key in keys]}
