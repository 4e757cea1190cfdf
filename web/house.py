"""What a web process keeps between requests: connections, tokens, who is signed in, pages for guests."""

import asyncio
import hashlib
import time
from collections import OrderedDict
from dataclasses import dataclass, field
from typing import Any

from markupsafe import Markup

from kit.client import Bearer, Client, ClientCredentials, Http, Refused, grant
from kit.feed import FactOut, FactsOut
from kit.logs import log
from web.clients.base import Kept
from web.clients.clusters.people import Me
from web.settings import Settings

RENEW_BEFORE = 20.0
MOST_SESSIONS, MOST_PAGES = 20_000, 500
SERVICES = ("clusters", "events", "diaries")
WAIT, HEARD_WITHIN = 20, 30.0
SESSION_ENDED = "session.ended"
READERS_CHANGED = {"entry.published", "entry.retracted", "entry.removed"}
EVERYBODY = ("staff.", "membership.", "office.", "school.", "cluster.")


class SessionEnded(Exception):
    """The cookie opens no session (any more)."""


@dataclass
class Token:
    """`session` is what facts call the browser's session: the digest of its secret."""

    value: str
    ends: float
    session: str
    me: Me | None = None


@dataclass(eq=False)
class Watcher:
    """A live page of one reader."""

    changed: asyncio.Event = field(default_factory=asyncio.Event)
    readers_changed: bool = False


@dataclass
class House:
    """`fresh(service)` says whether what is kept about a service can be trusted: its facts are being heard."""

    settings: Settings
    http: Http
    kept: Kept = field(default_factory=Kept)
    tokens: OrderedDict[str, Token] = field(default_factory=OrderedDict)
    guest_pages: OrderedDict[str, tuple[bytes, dict[str, str]]] = field(default_factory=OrderedDict)
    contents: OrderedDict[tuple[str, ...], tuple[Markup, Markup]] = field(default_factory=OrderedDict)
    heard: dict[str, float] = field(default_factory=dict)
    watching: dict[str, set[Watcher]] = field(default_factory=dict)
    turns: dict[str, int] = field(default_factory=dict)

    @property
    def own(self) -> Bearer:
        if not hasattr(self, "_own"):
            secret = self.settings.secret.get_secret_value()
            self._own = ClientCredentials(self.http, self.settings.clusters_url, "web", secret)
        return self._own

    def url_of(self, service: str) -> str:
        url: str = getattr(self.settings, f"{service}_url")
        return url

    async def token(self, secret: str) -> Token:
        """An access token for a browser's session. Raises SessionEnded."""
        known = self.tokens.get(secret)
        if known and known.ends - RENEW_BEFORE > time.monotonic():
            return known
        turn = self.turn("clusters")
        form = {"grant_type": "session", "client_id": "web", "session": secret}
        form["client_secret"] = self.settings.secret.get_secret_value()
        try:
            granted = await grant(self.http, f"{self.settings.clusters_url}/v1/tokens", form)
        except Refused as refused:
            self.tokens.pop(secret, None)
            if refused.status in (400, 422):
                raise SessionEnded from refused
            raise
        session = hashlib.sha256(secret.encode()).hexdigest()
        token = Token(granted["access_token"], time.monotonic() + granted["expires_in"], session)
        # What was heard meanwhile may have ended the session.
        if turn == self.turn("clusters"):
            self.tokens[secret] = token
            if len(self.tokens) > MOST_SESSIONS:
                self.tokens.popitem(last=False)
        return token

    def fresh(self, service: str) -> bool:
        return time.monotonic() - self.heard.get(service, float("-inf")) < HEARD_WITHIN

    def turn(self, service: str) -> int:
        """Rises with every fact of a service; what was asked before a fact must not be kept after it."""
        return self.turns.get(service, 0)

    def keep_guest_page(self, path: str, page: bytes, headers: dict[str, str], turn: int) -> None:
        if self.fresh("diaries") and turn == self.turn("diaries"):
            self.guest_pages[path] = (page, headers)
            if len(self.guest_pages) > MOST_PAGES:
                self.guest_pages.popitem(last=False)

    def guest_page(self, path: str) -> tuple[bytes, dict[str, str]] | None:
        return self.guest_pages.get(path) if self.fresh("diaries") else None

    async def listen(self, service: str) -> None:
        """Hear a service's facts for ever, and forget what they change."""
        client = Client(self.http, self.url_of(service), self.own)
        after: int | None = None
        while True:
            try:
                params: dict[str, Any] = {"after": after, "wait": WAIT} if after is not None else {"newest": "true"}
                answer = FactsOut.model_validate(await client.ask("GET", "/v1/facts", params=params, timeout=WAIT + 10))
                if after is None:
                    self.forget(service)
                for fact in answer.items:
                    self.hear(service, fact)
                after = answer.next
                if not answer.behind:
                    self.heard[service] = time.monotonic()
            except Refused:
                after = None
                await asyncio.sleep(0.5)
            except Exception:
                log.exception("cannot hear facts", service=service)
                await asyncio.sleep(2)

    def forget(self, service: str) -> None:
        self.turns[service] = self.turn(service) + 1
        if service == "clusters":
            self.tokens.clear()
        if service in ("diaries", "clusters"):
            self.guest_pages.clear()

    def forget_session(self, session: str) -> None:
        for secret in [secret for secret, token in self.tokens.items() if token.session == session]:
            del self.tokens[secret]

    def hear(self, service: str, fact: FactOut) -> None:
        self.turns[service] = self.turn(service) + 1
        if service == "clusters":
            if fact.kind == SESSION_ENDED:
                self.forget_session(fact.data["session"])
            person = fact.data.get("person_id")
            for token in self.tokens.values():
                if token.me and (fact.kind.startswith(EVERYBODY) or str(token.me.id) == person):
                    token.me = None
            if fact.kind.startswith(("person.", *EVERYBODY)):
                self.guest_pages.clear()
        elif service == "diaries":
            self.guest_pages.clear()
            for watcher in self.watching.get(str(fact.data.get("entry_id")), ()):
                watcher.readers_changed |= fact.kind in READERS_CHANGED
                watcher.changed.set()
