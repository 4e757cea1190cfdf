"""Access tokens by the secret of a browser's session, and whom each is for."""

import hashlib
import time
from collections import OrderedDict
from dataclasses import dataclass

from kit.client import Http, Refused, grant
from kit.feed import FactOut
from web.clients.clusters.facts import OF_PERSON, PASSED_OVER, OfPerson, OfSession
from web.clients.clusters.people import Me
from web.kept.hearing import Hearing
from web.settings import Settings

RENEW_BEFORE = 20.0
MOST_SESSIONS = 20_000
AWAITED = {"second_step_wanted": "second_step", "second_factor_wanted": "second_factor"}


# Whatever else is told may change anybody's standing.
OF_ONE_OR_NONE = OF_PERSON | PASSED_OVER


class StepAwaited(Exception):
    """The session opens nothing yet: `what` it waits for is `second_step` or `second_factor`."""

    def __init__(self, what: str) -> None:
        super().__init__(what)
        self.what = what


class SessionEnded(Exception):
    """The cookie opens no session (any more)."""


@dataclass
class Token:
    """`session` is what facts call the browser's session: the digest of its secret."""

    value: str
    ends: float
    session: str
    me: Me | None = None


class Tokens:
    """Ends with its session; whom it is for is asked anew when anything was told of them or of everybody."""

    hears = ("clusters",)

    def __init__(self, http: Http, settings: Settings, hearing: Hearing) -> None:
        self._http, self._settings, self._hearing = http, settings, hearing
        self.kept: OrderedDict[str, Token] = OrderedDict()

    async def of(self, secret: str) -> Token:
        """An access token for a browser's session. Raises SessionEnded, StepAwaited."""
        known = self.kept.get(secret)
        if known and known.ends - RENEW_BEFORE > time.monotonic():
            return known
        heard = self._hearing.heard("clusters")
        form = {"grant_type": "session", "client_id": "web", "session": secret}
        form["client_secret"] = self._settings.secret.get_secret_value()
        try:
            granted = await grant(self._http, f"{self._settings.clusters_url}/v1/tokens", form)
        except Refused as refused:
            self.drop(secret)
            if refused.error in AWAITED:
                raise StepAwaited(AWAITED[refused.error]) from refused
            if refused.status in (400, 422):
                raise SessionEnded from refused
            raise
        session = hashlib.sha256(secret.encode()).hexdigest()
        token = Token(granted["access_token"], time.monotonic() + granted["expires_in"], session)
        # What was heard meanwhile may have ended the session.
        if heard == self._hearing.heard("clusters"):
            self.kept[secret] = token
            if len(self.kept) > MOST_SESSIONS:
                self.kept.popitem(last=False)
        return token

    def drop(self, secret: str) -> None:
        self.kept.pop(secret, None)

    def forget(self, service: str) -> None:
        self.kept.clear()

    def hear(self, service: str, fact: FactOut) -> None:
        if fact.kind == OfSession.told_as:
            session = OfSession.heard(fact.data).session
            for secret in [secret for secret, token in self.kept.items() if token.session == session]:
                self.drop(secret)
        person_id = OfPerson.heard(fact.data).person_id if fact.kind in OF_PERSON else None
        for token in self.kept.values():
            if token.me and (fact.kind not in OF_ONE_OR_NONE or token.me.id == person_id):
                token.me = None
