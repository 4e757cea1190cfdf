from dataclasses import dataclass
from uuid import UUID

import asyncpg
from sqlmodel import col, func, select
from sqlmodel.ext.asyncio.session import AsyncSession

from kit.db import Reader
from kit.problems import NotFound
from services.diaries.entries.queries import VisibleEntry, visible_entry
from services.diaries.pictures.models import Picture
from services.roster.standing import CurrentMember

IN_ENTRY = "select exists (select from picture where id = $1 and entry_id = $2)"


@dataclass(frozen=True)
class VisiblePicture(VisibleEntry):
    """A picture in an entry in sight."""

    picture_id: UUID


async def visible_picture(entry_id: UUID, picture_id: UUID, pool: Reader, actor: CurrentMember) -> VisiblePicture:
    """Raises NotFound when the entry is out of sight, or the picture is not in it."""
    found = await visible_entry(entry_id, pool, actor)
    if not await pool.fetchval(IN_ENTRY, picture_id, entry_id):
        raise NotFound
    return VisiblePicture(found.cluster, found.entry, found.state, picture_id)


async def pictures_in(db: AsyncSession, entry_id: UUID) -> int:
    """How many."""
    counted = select(func.count()).select_from(Picture).where(col(Picture.entry_id) == entry_id)
    return (await db.exec(counted)).one()


async def still_there(pool: asyncpg.Pool, picture_ids: set[UUID]) -> set[UUID]:
    """Those of these pictures that are in an entry."""
    rows = await pool.fetch("select id from picture where id = any($1::uuid[])", list(picture_ids))
    return {row["id"] for row in rows}
