import asyncio
from datetime import datetime
from functools import partial
from typing import Annotated, Any
from uuid import UUID

from fastapi import Depends, Path, Response
from markupsafe import Markup
from starlette.datastructures import FormData

from kit.client import Refused
from kit.paths import Router
from web.clients.clusters.addresses import Addresses, MyAddresses
from web.clients.clusters.factors import MyFactor, MyFactors
from web.clients.clusters.identities import Identity, MyIdentities, Provider, Providers
from web.clients.clusters.passkeys import MyPasskeys, Passkey
from web.clients.clusters.people import People
from web.clients.clusters.sessions import MySessions, OpenSessions
from web.clients.clusters.staff import Staff
from web.draft import Draft, text_of, typed
from web.flash import Flash
from web.pages.sign_in.routes import contact_to_tell
from web.qr import drawn
from web.refilling import refilling
from web.render import done, render
from web.shown import NOT_KEPT, Shown
from web.visit import SignedIn, Visit, if_there

routes = Router(prefix="/profile")
Form = Annotated[FormData, Depends(typed)]
Digest = Annotated[str, Path(pattern="^[0-9a-f]{64}$")]
PROFILE = ("name", "title_before", "title_after", "language", "zone")


class EditProfile(Shown, template="profile/edit.html"):
    """A list is None while clusters is away; `onward` leads to a provider, to connect an account of it."""

    draft: Draft
    sessions: OpenSessions | None
    mails: MyAddresses | None
    passkeys: list[Passkey] | None
    factor: MyFactor | None
    identities: list[Identity] | None
    providers: list[Provider]
    this_one: str
    belonging: Draft = Draft()
    address: Draft = Draft()
    password: Draft = Draft()
    passkey: Draft = Draft()
    connecting: Draft = Draft()
    contact: str | None = None
    onward: str = ""


class ShowDeviceLink(Shown, template="profile/device.html"):
    """`picture` is None before it is asked for."""

    address: str = ""
    picture: Markup | None = None
    ends_at: datetime | None = None


@routes.get("")
async def edit(visit: SignedIn, after: str | None = None) -> Response:
    await visit.sees("/profile")
    return await profile_page(visit, known(visit), 200, after=after)


async def profile_page(visit: Visit, draft: Draft, status: int, *, after: str | None = None, **more: Any) -> Response:
    """`more` are the drafts of its other forms."""
    sessions, mails, passkeys, factor, identities, providers = await asyncio.gather(
        if_there(visit.ask(MySessions).index(after)),
        if_there(visit.ask(Addresses).index()),
        if_there(visit.ask(MyPasskeys).index()),
        if_there(visit.ask(MyFactors).show()),
        if_there(visit.ask(MyIdentities).index()),
        if_there(visit.ask(Providers).index()),
    )
    page = EditProfile(
        draft=draft,
        sessions=sessions,
        mails=mails,
        passkeys=passkeys,
        factor=factor,
        identities=identities,
        providers=providers or [],
        this_one=visit.session,
        **more,
    )
    return render(visit, page, status)


async def password_page(visit: Visit, draft: Draft, status: int) -> Response:
    return await profile_page(visit, known(visit), status, password=draft)


async def connecting_page(visit: Visit, draft: Draft, status: int) -> Response:
    contact = await contact_to_tell(visit, draft)
    return await profile_page(visit, known(visit), status, connecting=draft, contact=contact)


def known(visit: Visit) -> Draft:
    return Draft({name: getattr(visit.me, name) for name in PROFILE})


@routes.post("")
async def update(visit: SignedIn, form: Form) -> Response:
    values = text_of(form, *PROFILE)
    with refilling(partial(profile_page, visit), Draft(values).refused):
        await visit.ask(People).change_profile(**values)
    visit.forget_token()
    return done(visit.request, "profile_saved", "/profile")


@routes.post("/password")
async def set_password(visit: SignedIn, form: Form) -> Response:
    values = text_of(form, "password", "old_password")
    with refilling(partial(password_page, visit), partial(Draft().refused, also=[429]), {429: 409}):
        await visit.ask(People).set_password(values["password"], values["old_password"], visit.secret)
    visit.forget_me()
    return done(visit.request, "password_set", "/profile")


async def belonging_page(visit: Visit, draft: Draft, status: int) -> Response:
    return await profile_page(visit, known(visit), status, belonging=draft)


@routes.post("/schools/{staff_id}/role")
async def lead_no_longer(visit: SignedIn, staff_id: UUID) -> Response:
    visit.forget_me()
    with refilling(partial(belonging_page, visit), Draft({"staff_id": str(staff_id)}).refused):
        try:
            await visit.ask(Staff).lead_no_longer(staff_id)
        except Refused:
            if await role_at(visit, staff_id) != "teacher":
                raise
    return done(visit.request, "led_no_longer", "/profile#where-i-am")


@routes.post("/schools/{staff_id}/end")
async def leave_school(visit: SignedIn, staff_id: UUID) -> Response:
    visit.forget_me()
    with refilling(partial(belonging_page, visit), Draft({"staff_id": str(staff_id)}).refused):
        try:
            await visit.ask(Staff).end(staff_id)
        except Refused:
            if await role_at(visit, staff_id):
                raise
    return done(visit.request, "school_left", "/profile#where-i-am")


async def role_at(visit: Visit, staff_id: UUID) -> str:
    """The reader's role by their work there as it is now, empty once it ended: a button may be pressed twice."""
    me = await visit.ask(People).me()
    return next((mine.staff_role for mine in me.standings if mine.staff_id == staff_id), "")


@routes.post("/mails")
async def try_mail_again(visit: SignedIn) -> Response:
    """Mails did not reach me; now they may."""
    await visit.ask(People).try_mail_again()
    visit.forget_me()
    return done(visit.request, "mail_tried_again", "/profile")


@routes.get("/sessions/another")
async def another(visit: SignedIn) -> Response:
    return render(visit, ShowDeviceLink())


@routes.post("/sessions/another")
async def pass_on(visit: SignedIn) -> Response:
    """What another device reads off this one; it is shown this once."""
    link = await visit.ask(MySessions).pass_on()
    visit.flash = Flash("device_link_shown", "", visit.request.url.path)
    address = visit.shared.settings.public_url + link.path
    answer = render(visit, ShowDeviceLink(address=address, picture=drawn(address), ends_at=link.ends_at))
    answer.headers.update(NOT_KEPT)
    return answer


@routes.post("/sessions/others/end")
async def end_other_sessions(visit: SignedIn) -> Response:
    await visit.ask(MySessions).end_others(visit.session)
    return done(visit.request, "sessions_ended", "/profile#sessions")


@routes.post("/sessions/{session}/end")
async def end_session(visit: SignedIn, session: Digest) -> Response:
    await visit.ask(MySessions).end(session)
    return done(visit.request, "session_ended", "/profile#sessions")
