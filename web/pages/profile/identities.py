"""Accounts elsewhere that let me in here: connected and disconnected."""

from functools import partial
from uuid import UUID

from fastapi import Response

from kit.paths import Router
from web.clients.clusters.identities import MyIdentities
from web.flash import Flash
from web.pages.profile.routes import connecting_page, known, profile_page
from web.pages.sign_in.providers import STATUSES, Key, keep, not_in
from web.pages.sign_in.routes import origin
from web.refilling import refilling
from web.render import done
from web.visit import SignedIn

routes = Router(prefix="/profile/identities")


@routes.post("/{provider}")
async def connect(visit: SignedIn, provider: Key) -> Response:
    """Leads on by a link: browsers send no form on to another site, and no other site begins this."""
    with refilling(partial(connecting_page, visit), not_in, STATUSES):
        sent = await visit.ask(MyIdentities).begin(provider, origin(visit)["source"])
    visit.flash = Flash("identity_begun", "identities", visit.request.url.path)
    answer = await profile_page(visit, known(visit), 200, onward=sent.address)
    keep(visit, answer, sent, connects="yes")
    return answer


@routes.post("/{identity_id}/end")
async def disconnect(visit: SignedIn, identity_id: UUID) -> Response:
    await visit.ask(MyIdentities).disconnect(identity_id)
    return done(visit.request, "identity_disconnected", "/profile#identities")
