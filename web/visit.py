"""One request of one reader: who they are, in which language, and the services asked as them."""

from typing import Annotated, Any, TypeVar

from fastapi import Depends, Request, Response

from kit.client import Refused
from web import languages
from web.clients.base import ServiceClient
from web.clients.clusters.notices import Notices
from web.clients.clusters.people import Me, People
from web.flash import Flash
from web.kept.tokens import SessionEnded, StepAwaited, Token
from web.settings import Settings
from web.shared import Shared

C = TypeVar("C", bound=ServiceClient)
LANGUAGE_COOKIE = "language"


class SignInFirst(Exception):
    """The page is for people who are signed in."""


def session_cookie(settings: Settings) -> str:
    """`__Host-` needs https; on one's own machine there is none."""
    return "__Host-session" if settings.is_https else "session"


def forget_session(visit: "Visit", answer: Response) -> Response:
    """The browser that gets this answer is signed in no more."""
    visit.shared.tokens.drop(visit.secret)
    settings = visit.shared.settings
    answer.delete_cookie(session_cookie(settings), path="/", httponly=True, samesite="lax", secure=settings.is_https)
    return answer


def device_cookie(settings: Settings) -> str:
    """By this a browser is known as one in which somebody signed in before; it stays when they sign out."""
    return "__Host-device" if settings.is_https else "device"


def provider_cookie(settings: Settings) -> str:
    """What a browser keeps while it is at a provider to sign in."""
    return "__Host-provider" if settings.is_https else "provider"


def introduction_cookie(settings: Settings) -> str:
    """What a browser keeps while somebody says whether they work where their account says it."""
    return "__Host-introduction" if settings.is_https else "introduction"


def asked_language(request: Request) -> str:
    """What a guest chose; else what their browser asks for."""
    chosen = languages.spoken(request.cookies.get(LANGUAGE_COOKIE))
    return chosen or languages.wanted(request.headers.get("accept-language", ""))


class Visit:
    """`awaited` is what this session waits for before it opens anything: a code, or a second step at all."""

    def __init__(self, request: Request, shared: Shared, token: Token | None, secret: str) -> None:
        self.request, self.shared, self.token, self.secret = request, shared, token, secret
        self.language = languages.FALLBACK
        self.me: Me | None = None
        self.flash: Flash | None = None
        self.awaited = ""

    @property
    def zone(self) -> str | None:
        return self.me.zone if self.me else None

    @property
    def office_country(self) -> str:
        """That of the reader's first office in a country; empty without one."""
        return next((office.country for office in self.me.offices if office.country), "") if self.me else ""

    @property
    def only_country(self) -> str | None:
        """That of the reader's office, where they hold one alone and it is in a country."""
        offices = self.me.offices if self.me else []
        return (offices[0].country or None) if len(offices) == 1 else None

    def countries(self, taking_part: list[str]) -> list[str]:
        """Of these, those that the reader's offices are for; of somebody without one, all."""
        offices = self.me.offices if self.me else []
        own = [office.country for office in offices if office.country]
        return sorted({*own}) if own and len(own) == len(offices) else taking_part

    def hold_office(self) -> None:
        """A form that only an office may send is not shown to others, who would type for nothing."""
        if not (self.me and self.me.offices):
            raise Refused(403, {"params": {"who": ["national_coordinator", "programme_coordinator"]}})

    def ask(self, kind: type[C], service: str = "") -> C:
        """A client of its service (of this one, where each has such), asked as the reader; or as web itself."""
        shared, bearer = self.shared, self.shared.own if kind.as_web else self._bearer
        return kind(shared.http, shared.url_of(service or kind.service), bearer, shared.answers)

    async def _bearer(self) -> str | None:
        return self.token.value if self.token else None

    async def sees(self, path: str) -> None:
        """Whoever looks at a page has seen what was told about it."""
        if self.me and self.me.may_have_news(path):
            await if_there(self.ask(Notices).see(path))
            self.forget_me()

    @property
    def session(self) -> str:
        """What clusters calls the session of this browser."""
        return self.token.session if self.token else ""

    def forget_me(self) -> None:
        """Who is signed in is asked anew by the next request: this one changed it."""
        if self.token:
            self.token.me = None

    def forget_token(self) -> None:
        """The next request gets another: this one's says which language its reader reads."""
        self.shared.tokens.drop(self.secret)


async def if_there(asked: Any, *also: int) -> Any:
    """An answer, or None where its service is down or, of these statuses, refuses: a page degrades by block."""
    try:
        return await asked
    except Refused as refused:
        if refused.status not in (503, *also):
            raise
        return None


async def arrive(request: Request) -> Visit:
    """The reader of this request; a guest when no session is open. Sets the language for all that is said."""
    shared: Shared = request.app.state.shared
    secret = request.cookies.get(session_cookie(shared.settings), "")
    token, waits_for = None, ""
    if secret:
        try:
            token = await shared.tokens.of(secret)
        except SessionEnded:
            secret = ""
        except StepAwaited as awaited:
            waits_for = awaited.what
    visit = Visit(request, shared, token, secret)
    visit.awaited = waits_for
    if token:
        try:
            visit.me = await who_is_signed_in(visit, token)
        except Refused as refused:
            if refused.status != 401:
                raise
            shared.tokens.drop(secret)
            visit = Visit(request, shared, None, "")
    theirs = languages.spoken(visit.me.language) if visit.me else None
    visit.language = theirs or asked_language(request)
    request.state.visit = visit
    languages.language.set(visit.language)
    return visit


async def who_is_signed_in(visit: Visit, token: Token) -> Me:
    """As it is kept, while the facts of clusters are heard; else asked anew."""
    shared = visit.shared
    if token.me and shared.hearing.fresh("clusters"):
        return token.me
    heard = shared.hearing.heard("clusters")
    me = await visit.ask(People).me()
    # What was heard meanwhile may be newer than this answer.
    token.me = me if heard == shared.hearing.heard("clusters") else None
    return me


async def signed_in(visit: Annotated[Visit, Depends(arrive)]) -> Visit:
    if visit.me is None:
        raise SignInFirst
    return visit


AnyVisit = Annotated[Visit, Depends(arrive)]
SignedIn = Annotated[Visit, Depends(signed_in)]
