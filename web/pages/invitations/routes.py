from collections.abc import Awaitable
from functools import partial
from typing import Annotated
from uuid import UUID

from fastapi import Depends, Response
from starlette.datastructures import FormData

from kit.paths import Router
from web.clients.clusters.invitations import Invitation, Invitations
from web.clients.clusters.people import People
from web.draft import Draft, text_of, typed
from web.refilling import refilling
from web.render import done, render
from web.shown import Shown
from web.visit import SignedIn, Visit

routes = Router(prefix="/invitations")


class ShowInvitation(Shown, template="invitations/show.html"):
    invitation: Invitation
    draft: Draft


@routes.get("/{invitation_id}")
async def show(visit: SignedIn, invitation_id: UUID) -> Response:
    return await invitation_page(visit, invitation_id, known(visit))


def known(visit: Visit) -> Draft:
    return Draft({name: getattr(visit.me, name) for name in ("name", "language")})


def belongs_nowhere(visit: Visit) -> bool:
    """A page that was open since before their first yes says no more how they are called."""
    return not (visit.me and (visit.me.standings or visit.me.offices))


async def invitation_page(visit: Visit, invitation_id: UUID, draft: Draft, status: int = 200) -> Response:
    invitation = await visit.ask(Invitations).show(invitation_id)
    await visit.sees(f"/invitations/{invitation_id}")
    return render(visit, ShowInvitation(invitation=invitation, draft=draft), status)


@routes.post("/{invitation_id}/acceptance")
async def accept(visit: SignedIn, invitation_id: UUID, form: Annotated[FormData, Depends(typed)]) -> Response:
    """My yes; who belongs nowhere yet has said how they are called, and in which language they read."""
    draft = Draft(text_of(form, "name", "language"))
    with refilling(partial(invitation_page, visit, invitation_id), partial(draft.refused, also=[410])):
        if "name" in form and belongs_nowhere(visit):
            await visit.ask(People).change_profile(**draft.values, zone=visit.zone or "")
        await visit.ask(Invitations).accept(invitation_id)
    visit.forget_me()
    return done(visit.request, "invitation_accepted", "/")


@routes.post("/{invitation_id}/refusal")
async def decline(visit: SignedIn, invitation_id: UUID) -> Response:
    """This is not for me."""
    return await answered(visit, invitation_id, "invitation_declined", visit.ask(Invitations).decline(invitation_id))


@routes.post("/{invitation_id}/confirmation")
async def confirm(visit: SignedIn, invitation_id: UUID) -> Response:
    """They belong to our school."""
    return await answered(visit, invitation_id, "invitation_confirmed", visit.ask(Invitations).confirm(invitation_id))


@routes.post("/{invitation_id}/sending")
async def send_again(visit: SignedIn, invitation_id: UUID) -> Response:
    """It goes out once more, with a new link."""
    with refilling(partial(invitation_page, visit, invitation_id), Draft().refused):
        await visit.ask(Invitations).send_again(invitation_id)
    return done(visit.request, "invited", f"/invitations/{invitation_id}")


@routes.post("/{invitation_id}/end")
async def withdraw(visit: SignedIn, invitation_id: UUID) -> Response:
    """They do not belong to our school, or were invited by mistake."""
    return await answered(visit, invitation_id, "invitation_withdrawn", visit.ask(Invitations).withdraw(invitation_id))


async def answered(visit: Visit, invitation_id: UUID, code: str, asked: Awaitable[None]) -> Response:
    with refilling(partial(invitation_page, visit, invitation_id), partial(known(visit).refused, also=[410])):
        await asked
    visit.forget_me()
    return done(visit.request, code, "/")
