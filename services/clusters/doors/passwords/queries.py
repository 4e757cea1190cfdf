import sqlalchemy as sa
from sqlmodel import col, select
from sqlmodel.ext.asyncio.session import AsyncSession

from services.clusters.directory.people.models import Address, Person
from services.clusters.doors.passwords.models import Password
from services.clusters.doors.tries.models import KnownDevice, digest


async def way_in(db: AsyncSession, mail: str, device: str) -> tuple[Person | None, Password | None, bool]:
    """(person of this address, their password, whether the device is known as theirs), in one question.

    As many statements whether somebody has the address or not: the time does not tell.
    """
    found = (
        await db.exec(
            select(Person, Password, KnownDevice)
            .join(Address, col(Address.person_id) == Person.id)
            .outerjoin(Password, col(Password.person_id) == Person.id)
            .outerjoin(
                KnownDevice,
                sa.and_(col(KnownDevice.person_id) == Person.id, col(KnownDevice.secret_digest) == digest(device)),
            )
            .where(Address.mail == mail)
        )
    ).one_or_none()
    return (found[0], found[1], found[2] is not None) if found else (None, None, False)
