from kit.db import Db, Whole
from kit.idempotency import SecretTold, tells_secret
from kit.policy import allowed, anyone
from kit.problems import Forbidden, documented
from kit.routing import router
from services.clusters.policy import RULES
from services.clusters.sessions import actions
from services.clusters.sessions.schemas import MailLinkIn, SessionIn, SessionOut, SignInIn

routes = router("/v1", "sessions")
signing_in = allowed(RULES, "session.begin")


@routes.post("/mail-links", status_code=202, dependencies=[anyone("whoever cannot sign in yet asks for a link")])
async def send_mail_link(link: MailLinkIn, session: Db) -> None:
    """Mail a sign-in link, if somebody has this address; the answer does not tell."""
    await actions.send_mail_link(session, link.mail, link.to)


@routes.post(
    "/sessions",
    status_code=201,
    dependencies=[signing_in],
    responses=documented(
        Forbidden,
        actions.LinkUnknown,
        actions.LinkUsed,
        actions.LinkExpired,
        actions.PasswordWrong,
        actions.TooManyTries,
        SecretTold,
    ),
)
@tells_secret
async def begin_session(way: SignInIn, session: Db, database: Whole) -> SessionOut:
    """Sign a browser in; for clients with the scope `sign_in`."""
    if way.link:
        secret, person = await actions.sign_in_by_link(session, way.link)
    else:
        assert way.mail
        assert way.password
        secret, person = await actions.sign_in_by_password(database, way.mail, way.password)
    return SessionOut(secret=secret, person_id=person.id, language=person.language)


@routes.post("/sessions/end", status_code=204, dependencies=[signing_in], responses=documented(Forbidden))
async def end_session(ended: SessionIn, session: Db) -> None:
    """Sign a browser out."""
    await actions.end_session(session, ended.secret)
