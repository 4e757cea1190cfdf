"""A process is asked by its own names alone, and what a visitor sends along breaks nothing."""

import httpx
import pytest

from kit.hosts import names_of
from tests.house import PUBLIC_URL
from tests.web.conftest import Web
from tests.web.making import an_entry

ODD = [b"caf\xe9", b"\xff\xfe", b"a" * 5_000, b"[", b"http://[", "Ž".encode(), b"00-\xb2-1-00"]


@pytest.mark.parametrize(
    ("url", "names"),
    [
        ("https://staffroom.example.org", {"staffroom.example.org", "staffroom.example.org:443"}),
        ("http://clusters:8000", {"clusters:8000"}),
        ("http://localhost:8000", {"localhost:8000", "127.0.0.1:8000", "[::1]:8000"}),
        (
            "http://127.0.0.1:80",
            {f"{host}{port}" for host in ("localhost", "127.0.0.1", "[::1]") for port in ("", ":80")},
        ),
    ],
)
def test_an_address_has_these_names(url, names):
    assert names_of(url) == names


@pytest.mark.parametrize(
    "host", ["evil.test", "staffroom.test.evil.test", "", "staffroom.test:8000", "evil.test@staffroom.test"]
)
async def test_web_answers_to_its_own_name_alone(house, host):
    web = httpx.AsyncClient(transport=httpx.ASGITransport(Web(house).app), base_url=PUBLIC_URL)
    for path in ("/mailbox", "/sign-in", "/static/x"):
        assert (await web.get(path, headers={"host": host})).status_code == 421
    assert (await web.get("/live", headers={"host": host})).status_code == 200


@pytest.mark.parametrize("service", ["clusters", "events", "diaries"])
async def test_a_service_answers_to_its_own_names_alone(house, service):
    for path in ("/v1/mailbox", "/v1/public-entries", "/v1/openapi.json"):
        assert (await house.guest[service].get(path, headers={"host": "evil.test"})).status_code == 421
    assert (await house.guest[service].get("/ready", headers={"host": "10.0.0.7:8000"})).status_code == 200


@pytest.mark.parametrize(
    "name",
    ["x-request-id", "traceparent", "accept-language", "cookie", "if-none-match", "hx-target", "origin", "referer",
     "sec-fetch-site", "authorization", "user-agent", "x-forwarded-for", "accept", "idempotency-key", "if-match"],
)  # fmt: skip
async def test_no_header_of_a_visitor_breaks_an_answer(house, web, common_cluster, name):
    entry_id = await an_entry(common_cluster.cara, common_cluster, "everyone")
    browser = httpx.AsyncClient(transport=httpx.ASGITransport(web.app, raise_app_exceptions=False), base_url=PUBLIC_URL)
    for value in ODD:
        sent = [(name.encode(), value)]
        for path in ("/", f"/entries/{entry_id}", "/sign-in", f"/entries/{entry_id}/pictures/{entry_id}"):
            assert (await browser.get(path, headers=sent)).status_code < 500, (path, value)
        assert (await browser.post("/sign-in", headers=sent, data={"mail": "a@b.test"})).status_code < 500, value
        for service in ("clusters", "events", "diaries"):
            answer = await house.guest[service].get("/v1/public-entries", headers=sent)
            assert answer.status_code < 500, (service, value)
