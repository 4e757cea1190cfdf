from typing import Any
from uuid import UUID

from sqlmodel.ext.asyncio.session import AsyncSession

from kit.db import Plain
from services.clusters.directory.people.models import Address
from services.clusters.directory.people.queries import own_addresses
from services.clusters.doors.addresses.models import CONFIRMED_WITHIN, WaitingAddress
from services.clusters.post.unreached.models import Unreached

# What was typed and sent under an address, and lets nobody in when it is removed.
OF_ADDRESS = (
    "delete from mail_link where mail = $1",
    "delete from link_request where mail = $1",
    "delete from mailbox_mail where mail = $1",
)


async def forget_address(connection: Plain, mail: str) -> None:
    """Nothing stays of a removed address but what stands in lists that others brought."""
    for statement in OF_ADDRESS:
        await connection.execute(statement, mail)


async def addresses_shown(db: AsyncSession, person_id: UUID) -> dict[str, Any]:
    """The addresses of a person, first the one that letters go to, and the one that waits."""
    waiting = await db.get(WaitingAddress, person_id)
    unreached = await db.get(Unreached, person_id)
    mine = await own_addresses(db, person_id)
    return {
        "addresses": [_shown(address, mine[0], unreached) for address in mine],
        "waiting": waiting
        and {
            "mail": waiting.mail,
            "asked_at": waiting.asked_at,
            "ends_at": waiting.asked_at + CONFIRMED_WITHIN,
        },
    }


def _shown(address: Address, main: Address, unreached: Unreached | None) -> dict[str, Any]:
    is_main = address is main
    return {
        "id": address.id,
        "mail": address.mail,
        "added_at": address.added_at,
        "confirmed_at": address.verified_at,
        "letters_since": (address.chosen_at or address.added_at) if is_main else None,
        "unreached": unreached if is_main else None,
        "can": [] if is_main else ["choose", "remove"],
    }
