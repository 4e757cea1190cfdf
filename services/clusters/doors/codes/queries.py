from uuid import UUID

from sqlmodel import select
from sqlmodel.ext.asyncio.session import AsyncSession

from services.clusters.directory.schools.models import School
from services.clusters.doors.codes.models import SchoolCode, as_kept


async def code_of(db: AsyncSession, school_id: UUID) -> SchoolCode | None:
    return await db.get(SchoolCode, school_id)


async def typed_code(db: AsyncSession, typed: str) -> tuple[SchoolCode, School] | None:
    """The code with its school, for this transaction alone: those who come are counted one after the other."""
    found = (
        select(SchoolCode, School).join(School).where(SchoolCode.code == as_kept(typed)).with_for_update(of=SchoolCode)
    )
    return (await db.exec(found)).one_or_none()
