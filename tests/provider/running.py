"""Providers of OpenID Connect that really run, and whoever has an account there."""

import json
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any
from urllib.parse import quote, urljoin

import httpx
from bs4 import BeautifulSoup

from deploy.node import Node
from tests.house import PUBLIC_URL
from tests.ports import free_ports
from tests.web.browser import fields_of

SERVER = Path(__file__).with_name("server.mjs")
SECRET = "a secret: 100 % of it + more"
MOST_STEPS = 12


def _http() -> httpx.AsyncClient:
    """To this machine: what it would trust elsewhere takes 20 ms to read."""
    return httpx.AsyncClient(trust_env=False, verify=False)


@dataclass
class Running:
    """One provider; `settings` is how a house is told of it."""

    key: str
    name: str
    issuer: str
    settings: dict[str, Any] = field(default_factory=dict)

    async def has(self, subject: str, **claims: Any) -> str:
        """Somebody has an account there, of which it says this."""
        async with _http() as http:
            (await http.put(f"{self.issuer}/test/accounts/{quote(subject)}", json=claims)).raise_for_status()
        return subject

    async def spoils(self, **how: Any) -> None:
        """From now on its answers are wrong like this; like nothing: they are right again."""
        async with _http() as http:
            (await http.put(f"{self.issuer}/test/spoilt", json=how)).raise_for_status()


async def signed_in_there(address: str, subject: str) -> str:
    """Sign in at the provider as a browser does: the address of the house that it sends back to."""
    async with _http() as http:
        answer = await http.get(address)
        for _ in range(MOST_STEPS):
            if answer.has_redirect_location:
                on = urljoin(str(answer.url), answer.headers["location"])
                if on.startswith(PUBLIC_URL):
                    return on
                answer = await http.get(on)
                continue
            assert answer.status_code == 200, answer.text
            form = BeautifulSoup(answer.text, "html.parser").select_one("form")
            typed = fields_of(form)
            typed |= {"login": subject, "password": "x"} if "login" in typed else {}
            answer = await http.post(urljoin(str(answer.url), str(form["action"])), data=typed)
    raise AssertionError(f"nobody was sent back from {answer.url}")


@contextmanager
def running(
    key: str,
    name: str,
    *,
    house: str = PUBLIC_URL,
    alg: str = "RS256",
    way: str = "client_secret_basic",
    **settings: Any,
) -> Iterator[Running]:
    """It signs with `alg`, and knows the house by this `way`; `settings` are more of what the house is told."""
    (port,) = free_ports()
    issuer = f"http://127.0.0.1:{port}"
    back = f"{house}/sign-in/with/{key}/answer"
    client = {"client_id": "staffroom", "redirect_uris": [back], "token_endpoint_auth_method": way}
    client |= {} if way == "none" else {"client_secret": SECRET}
    said = json.dumps({"port": port, "alg": alg, "clients": [client], "ways": [way]})
    told = {"key": key, "name": name, "issuer": issuer, "client_id": "staffroom", "inside": True, **settings}
    told |= {} if way == "none" else {"secret": SECRET}
    with Node().start(SERVER, said, folder=SERVER.parents[2]) as process:
        try:
            assert process.stdout.readline().strip() == "ready", "the provider did not start"
            yield Running(key, name, issuer, told)
        finally:
            process.kill()
            process.wait()
