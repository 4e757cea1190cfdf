from typing import Annotated

from fastapi import Request

from kit.db import Db, Whole, plain
from kit.idempotency import SecretTold, tells_secret
from kit.logs import log
from kit.outside import network
from kit.policy import allowed, anyone
from kit.problems import Forbidden, Problem, documented
from kit.routing import router
from services.clusters.directory.people.models import Person
from services.clusters.directory.people.queries import myself
from services.clusters.doors.factors.queries import Awaited, awaited_of
from services.clusters.doors.identities.actions import IdentityUnknown, sign_in_by_provider
from services.clusters.doors.identities.requests import Account
from services.clusters.doors.identities.routes import ANSWERED, TheProviders
from services.clusters.doors.introductions.actions import (
    AccountOfNoStaff,
    SchoolOfAccountUnknown,
    SeveralSchoolsOfAccount,
    introduce,
)
from services.clusters.doors.introductions.schemas import IntroductionOut
from services.clusters.doors.invitations.actions import NobodyToConfirm
from services.clusters.doors.links.actions import ask_for_link, show_link
from services.clusters.doors.passkeys.actions import PasskeyUnexpected, PasskeyUnknown, sign_in_by_passkey
from services.clusters.doors.passkeys.answers import PasskeyInvalid
from services.clusters.doors.passkeys.routes import ThisHouse
from services.clusters.doors.passwords.actions import PasswordWrong, sign_in_by_password
from services.clusters.doors.sessions.actions import end_session as end
from services.clusters.doors.signing_in import actions
from services.clusters.doors.signing_in.schemas import MailLinkIn, SessionIn, SessionOut, ShownLinkOut, SignInIn
from services.clusters.doors.tries.actions import Origin, TooManyTries, know_device
from services.clusters.policy import RULES
from services.clusters.settings import Settings

routes = router("/v1", "sessions")
signing_in = allowed(RULES, "session.begin")


@routes.post("/mail-links", status_code=202, dependencies=[anyone("whoever cannot sign in yet asks for a link")])
async def send_mail_link(link: MailLinkIn, db: Db) -> None:
    """Mail a sign-in link, if somebody has this address; the answer does not tell."""
    await ask_for_link(db, link.mail, link.to)


@routes.post(
    "/sessions",
    status_code=201,
    dependencies=[signing_in],
    responses=documented(
        Forbidden,
        actions.LinkUnknown,
        actions.LinkUsed,
        actions.LinkExpired,
        PasswordWrong,
        TooManyTries,
        *ANSWERED,
        IdentityUnknown,
        AccountOfNoStaff,
        SchoolOfAccountUnknown,
        SeveralSchoolsOfAccount,
        NobodyToConfirm,
        PasskeyUnexpected,
        PasskeyUnknown,
        PasskeyInvalid,
        SecretTold,
    ),
)
@tells_secret
async def begin_session(
    way: SignInIn, request: Request, db: Db, database: Whole, providers: TheProviders, house: ThisHouse
) -> SessionOut | IntroductionOut:
    """Sign a browser in; for clients with the scope `sign_in`.

    By the answer of a provider that says where people work, a newcomer gets an introduction to that school instead.
    """
    origin = Origin(network(way.source), way.device)
    try:
        if way.link:
            secret, person = await actions.sign_in_by_link(db, way.link, way.agent)
        elif way.answer:
            unknown = Origin(origin.source)
            known = await sign_in_by_provider(database, providers, way.answer, unknown, way.agent)
            if isinstance(known, Account):
                provider = providers.name_of(known.issuer)
                return IntroductionOut(introduction=await introduce(database, provider, known))
            secret, person = known
        elif way.passkey:
            secret, person = await sign_in_by_passkey(database, house, way.passkey, way.agent)
        else:
            assert way.mail
            assert way.password
            secret, person = await sign_in_by_password(database, way.mail, way.password, origin, way.agent)
    except Problem as refused:
        settings: Settings = request.app.state.settings
        who = settings.pseudonym(way.mail or way.link or "")
        log.warning("sign-in refused", why=refused.type(), who=who, source=origin.source)
        raise
    awaited: Awaited = "" if way.passkey else await awaited_of(await plain(db), person.id)
    # Whoever has one of two proofs is no known device yet: guesses at the other would count for it alone.
    device = way.device if awaited else await know_device(db, person.id, way.device)
    return SessionOut(secret=secret, person_id=person.id, language=person.language, device=device, awaited=awaited)


@routes.post("/me/device-links", status_code=201, responses=documented(Forbidden, SecretTold))
@tells_secret
async def show_device_link(
    person: Annotated[Person, allowed(RULES, "session.pass_on", myself)], db: Db
) -> ShownLinkOut:
    """A link for another device of mine, to be read off this one; the one before ends."""
    path, ends_at = await show_link(db, person.id)
    return ShownLinkOut(path=path, ends_at=ends_at)


@routes.post("/sessions/end", status_code=204, dependencies=[signing_in], responses=documented(Forbidden))
async def end_session(ended: SessionIn, db: Db) -> None:
    """Sign a browser out."""
    await end(db, ended.secret)
