"""By which names a process is asked: a foreign page that gives its own name our address reads nothing."""

from collections.abc import Iterable
from urllib.parse import urlsplit

from starlette.responses import PlainTextResponse
from starlette.types import ASGIApp, Receive, Scope, Send

LOOPBACK = ("localhost", "127.0.0.1", "[::1]")
FOR_ANYBODY = ("/live", "/ready", "/metrics")
PORTS = {"http": "80", "https": "443"}


class KnownHosts:
    """Refuses a request to a name that is none of these addresses' (421). Who looks after processes asks by number."""

    def __init__(self, app: ASGIApp, urls: Iterable[str]) -> None:
        self.app = app
        self.names = frozenset(name for url in urls if url for name in names_of(url))

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http" or scope["path"] in FOR_ANYBODY or _asked(scope) in self.names:
            return await self.app(scope, receive, send)
        refusal = PlainTextResponse("Nobody of this name is here.", 421)
        return await refusal(scope, receive, send)


def names_of(url: str) -> set[str]:
    """The hosts by which this address is asked, without a port too where it says nothing; all names of this machine."""
    parts = urlsplit(url)
    host = f"[{parts.hostname}]" if ":" in (parts.hostname or "") else str(parts.hostname)
    port = str(parts.port or PORTS.get(parts.scheme, ""))
    hosts = LOOPBACK if host in LOOPBACK else (host,)
    names = {f"{each}:{port}" for each in hosts}
    return names | set(hosts) if port == PORTS.get(parts.scheme) else names


def _asked(scope: Scope) -> str:
    hosts = [value for name, value in scope["headers"] if name == b"host"]
    return hosts[0].decode("latin1").lower() if len(hosts) == 1 else ""
