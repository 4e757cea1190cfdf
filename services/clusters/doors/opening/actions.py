from uuid import UUID

from sqlalchemy.dialects.postgresql import insert
from sqlmodel.ext.asyncio.session import AsyncSession

from kit.clock import real_now
from kit.facts import record
from kit.happened import SAY_WHEN
from kit.locking import lock
from services.clusters.doors.opening.models import HouseSetup
from services.clusters.doors.opening.queries import clients_saying_when
from services.clusters.facts import HouseOpened


async def begin_setup(db: AsyncSession) -> HouseSetup:
    """Write down that the house is being set up; what is written already stays."""
    await db.exec(insert(HouseSetup).values(number=1, began_at=real_now()).on_conflict_do_nothing())
    return await lock(db, HouseSetup, 1)


async def open_house(db: AsyncSession, client_id: UUID | None) -> HouseSetup:
    """Open the house for good: no token says any more when something happened. An open house stays as it is."""
    setup = await begin_setup(db)
    if setup.opened_at is None:
        setup.opened_at, setup.opened_by = real_now(), client_id
        for client in await clients_saying_when(db):
            client.scopes = [scope for scope in client.scopes if scope != SAY_WHEN]
        record(db, HouseOpened(client_id=client_id))
    return setup
