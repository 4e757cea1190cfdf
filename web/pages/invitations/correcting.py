"""An invitation that was not delivered, sent to another address: a new one, and the old one ends."""

from contextlib import suppress
from uuid import UUID

from kit.client import Refused
from web.clients.clusters.invitations import Invitations
from web.draft import Draft
from web.visit import Visit

INSTEAD = "instead"


async def correcting(visit: Visit, blank: Draft, invitation_id: UUID | None) -> Draft:
    """The form for a new invitation, filled with what was typed for this one."""
    if invitation_id is None:
        return blank
    before = await visit.ask(Invitations).show(invitation_id)
    said = {"role": before.role, "kind": before.office, "country": before.country}
    typed = {name: value for name, value in said.items() if value}
    return blank.but(name=before.name, mail=before.mail, instead=str(invitation_id), **typed)


async def end_before(visit: Visit, instead: str) -> None:
    """Withdraw the one that the new one stands for; where it was answered meanwhile, the answer stays."""
    with suppress(Refused, ValueError):
        await visit.ask(Invitations).withdraw(UUID(instead))
