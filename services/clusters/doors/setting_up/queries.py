from sqlmodel import col, select
from sqlmodel.ext.asyncio.session import AsyncSession

from services.clusters.directory.offices.models import OfficeKind
from services.clusters.doors.invitations.models import Invitation
from services.clusters.doors.setting_up.models import SetupLink


async def setup_links(db: AsyncSession) -> list[SetupLink]:
    """All that are kept, locked."""
    return list(await db.exec(select(SetupLink).order_by(col(SetupLink.made_at)).with_for_update()))


async def asked_to_coordinate(db: AsyncSession) -> list[Invitation]:
    """The open invitations to coordinate the programme, locked."""
    asked = select(Invitation).where(
        Invitation.office == OfficeKind.programme_coordinator, col(Invitation.answer).is_(None)
    )
    return list(await db.exec(asked.order_by(col(Invitation.id)).with_for_update()))
