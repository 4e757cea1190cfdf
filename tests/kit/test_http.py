"""HTTP as everyone knows it, at every address of every service."""

import json
from uuid import uuid4

import pytest

from tests.diaries.writing import add_picture, published, start
from tests.events.making import announce
from tests.house import MODULES
from tests.kit.test_pages import LISTS
from tests.people import refusal, told
from tests.services import operations
from web.app import create_app
from web.settings import Settings

ANY_ID = str(uuid4())
METHODS = {"GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS"}


def addresses():
    """(service, path) of every route."""
    return sorted({(service, path) for service, _, path in operations()})


def methods_at(service, path):
    """What the service can do at an address; `/offices/invitations` is one of `/offices/{office_id}` too."""
    found = {method for one, method, known in operations() if one == service and leads_to(known, path)}
    return found | ({"HEAD"} if "GET" in found else set())


def leads_to(known, path):
    known, path = known.split("/"), path.split("/")
    return len(known) == len(path) and all(a == b or a.startswith("{") for a, b in zip(known, path, strict=True))


def filled(path):
    return "/".join(ANY_ID if part.startswith("{") else part for part in path.split("/"))


@pytest.mark.parametrize(("service", "path"), addresses())
async def test_a_method_that_is_not_there_is_told_which_are(house, service, path):
    has = methods_at(service, path)
    for method in METHODS - has:
        answer = await house.guest[service].request(method, filled(path))
        assert answer.status_code == 405, method
        assert set(answer.headers["allow"].split(", ")) == has


@pytest.mark.parametrize(("service", "path", "params"), LISTS)
async def test_head_says_what_get_says_without_the_body(house, common_cluster, service, path, params):
    asker = common_cluster.cara[service]
    read, looked = await asker.get(path, params=params), await asker.head(path, params=params)
    assert (looked.status_code, looked.content) == (200, b"")
    assert looked.headers["etag"] == read.headers["etag"]
    assert looked.headers["content-length"] == str(len(read.content))
    known = {"If-None-Match": read.headers["etag"]}
    assert (await asker.head(path, params=params, headers=known)).status_code == 304
    assert (await house.guest[service].head(path, params=params)).status_code in (200, 401)


async def test_head_is_guarded_as_get_is(house, cluster):
    entry_id = await start(cluster.cara, cluster)
    assert (await cluster.cara.diaries.head(f"/v1/entries/{entry_id}")).status_code == 200
    assert (await cluster.dan.diaries.head(f"/v1/entries/{entry_id}")).status_code == 404
    for service in MODULES:
        for path in ("/live", "/ready", "/metrics", "/v1/openapi.json"):
            assert (await house.guest[service].head(path)).status_code == 200, path


@pytest.mark.parametrize("written", ["{tag}", "W/{tag}", '"other", {tag}', '"a,b" ,W/{tag}', "*", " , {tag},"])
async def test_who_has_this_version_is_told_so(cluster, written):
    entry_id = await published(cluster.cara, cluster)
    read = await cluster.cara.diaries.get(f"/v1/entries/{entry_id}")
    known = {"If-None-Match": written.format(tag=read.headers["etag"])}
    again = await cluster.cara.diaries.get(f"/v1/entries/{entry_id}", headers=known)
    assert (again.status_code, again.headers["etag"], again.content) == (304, read.headers["etag"], b"")


@pytest.mark.parametrize("written", ['"other"', "{bare}", '"{bare}x"', "nonsense", '"a" "b"'])
async def test_who_has_another_version_gets_this_one(cluster, written):
    entry_id = await published(cluster.cara, cluster)
    bare = (await cluster.cara.diaries.get(f"/v1/entries/{entry_id}")).headers["etag"].strip('"')
    known = {"If-None-Match": written.format(bare=bare)}
    assert (await cluster.cara.diaries.get(f"/v1/entries/{entry_id}", headers=known)).status_code == 200


@pytest.mark.parametrize(
    ("written", "expected"),
    [('"1"', 200), ('"7", "1"', 200), ("{tag}", 200), ("*", 200), ('W/"1"', 412), ("W/{tag}", 412), ('"2"', 412),
     ("1", 400), ('"1', 400), ('"1", *', 400)],
)  # fmt: skip
async def test_a_change_wants_the_very_version(cluster, written, expected):
    entry_id = await start(cluster.cara, cluster)
    tag = (await cluster.cara.diaries.get(f"/v1/entries/{entry_id}")).headers["etag"]
    words = {"title": "T", "text": "x", "language": "en"}
    headers = {"If-Match": written.format(tag=tag)}
    answer = await cluster.cara.diaries.put(f"/v1/entries/{entry_id}", json=words, headers=headers)
    assert answer.status_code == expected, answer.text


@pytest.mark.parametrize(
    "headers",
    [{}, {"content-type": "text/plain"}, {"content-type": "application/x-www-form-urlencoded"},
     {"content-type": "application/jsonx"}, {"content-type": "application/json", "content-encoding": "gzip"}],
)  # fmt: skip
async def test_a_body_of_another_kind_is_not_taken(cluster, headers):
    entry = json.dumps({"cluster_id": cluster.id, "title": "T", "text": "x", "language": "en"}).encode()
    answer = await cluster.cara.diaries.post("/v1/entries", content=entry, headers=headers)
    assert refusal(answer) == (415, "unsupported-media-type")
    picture = await cluster.cara.diaries.post(f"/v1/entries/{ANY_ID}/pictures", json={"description": "A board"})
    assert refusal(picture) == (415, "unsupported-media-type")
    for kind in ("application/json; charset=utf-8", "APPLICATION/JSON", "application/vnd.school+json"):
        told(await cluster.cara.diaries.post("/v1/entries", content=entry, headers={"content-type": kind}), 201)


UNREADABLE = [
    b"\xff\xfe{}", b"{", b"", b"[" * 100_000, b'{"a":' * 900 + b"1" + b"}" * 900, b"9" * 20_000, b"1e999", b"NaN",
    b'{"title": "\\u0000"}', b'{"title": "\\ud800"}', b'"\\ud800"', b"\x00", b"null", b'{"a": 1, "a": 2}',
    b'{"text": ' + b"9" * 400 + b"}",
]  # fmt: skip


@pytest.mark.parametrize(("service", "method", "path"), [o for o in operations() if o[1] in ("POST", "PUT")])
async def test_what_cannot_be_read_is_refused(house, common_cluster, service, method, path):
    asker = await house.as_service("diaries") if path == "/v1/notices" else common_cluster.anna
    headers = {"content-type": "application/json", "if-match": "*"}
    for body in UNREADABLE:
        answer = await asker[service].request(method, filled(path), content=body, headers=headers)
        assert answer.status_code < 500, (body[:40], answer.text)


async def test_a_parameter_of_a_notice_that_nests_without_end_is_refused(house, cluster):
    diaries = await house.as_service("diaries")
    nested = "1"
    for _ in range(900):
        nested = f'{{"a": {nested}}}'
    for params in (nested, '{"x": NaN}', '{"x": "\\u0000"}', '{"x": "\\ud800"}', '{"x": 1e999}'):
        notice = f'{{"person_id": "{cluster.cara.id}", "kind": "comment_posted", "params": {params}, "path": "/x"}}'
        body = f'{{"notices": [{notice}]}}'
        headers = {"content-type": "application/json"}
        answer = await diaries.clusters.post("/v1/notices", content=body.encode(), headers=headers)
        assert answer.status_code in (400, 413, 422), (params[:20], answer.text)


async def test_who_makes_something_is_told_where_it_is(house, cluster):
    demo = await house.as_service("demo")
    school = {"name": "S", "town": "T", "country": "CZ", "zone": "UTC"}
    formed = {"name": "C", "country": "CZ", "approach": "top_down", "zone": "UTC"}
    entry = {"cluster_id": cluster.id, "title": "T", "text": "x", "language": "en"}
    key = {"idempotency-key": uuid4().hex}
    for made in (
        await demo.clusters.post("/v1/schools", json=school),
        await demo.clusters.post("/v1/clusters", json=formed),
    ):
        where = made.headers["location"]
        assert told(await demo.clusters.get(where))["id"] == told(made, 201)["id"]
    for _ in range(2):
        made = await cluster.cara.diaries.post("/v1/entries", json=entry, headers=key)
        assert made.headers["location"] == f"/v1/entries/{told(made, 201)['id']}"
    picture = await add_picture(cluster.cara, made.json()["id"])
    assert (await cluster.cara.diaries.get(picture.headers["location"])).headers["content-type"] == "image/webp"
    event = await announce(cluster.anna, cluster, 1)
    assert told(await cluster.anna.events.get(f"/v1/events/{event['id']}"))["id"] == event["id"]


async def test_the_type_of_a_problem_leads_to_its_page(house, cluster):
    refused = await cluster.dan.diaries.get(f"/v1/entries/{ANY_ID}")
    where = refused.json()["type"]
    said = told(await house.guest.diaries.get(where))
    assert said == {name: refused.json()[name] for name in ("type", "title", "status")}
    page = await house.guest.diaries.get(where, headers={"accept": "text/html,*/*"})
    assert page.headers["content-type"].startswith("text/html")
    assert refused.json()["title"] in page.text
    for unknown in ("nonsense", "test-problem", "%2e%2e"):
        assert (await house.guest.diaries.get(f"/problems/{unknown}")).status_code == 404


async def test_web_tells_methods_and_problems_too(house):
    web = create_app(
        Settings(public_url="http://web", clusters_url="http://clusters", events_url="http://events"), house.http
    )
    async with web.router.lifespan_context(web):
        house.hosts.add("web", web)
        try:
            for path, method, allowed in (
                ("/events", "DELETE", "GET, HEAD, POST"),
                ("/static/x.js", "POST", "GET, HEAD"),
                ("/live", "PUT", "GET, HEAD"),
                ("/sign-out", "GET", "POST"),
            ):
                answer = await house.http.request(method, f"http://web{path}")
                assert (answer.status_code, answer.headers["allow"]) == (405, allowed), path
            page = await house.http.head("http://web/sign-in")
            assert (page.status_code, page.content) == (200, b"")
            known = (await house.http.get("http://web/problems/event-over")).json()
            assert known["status"] == 409
            for unknown in ("nonsense", "%0A", "a" * 61):
                assert (await house.http.get(f"http://web/problems/{unknown}")).status_code == 404, unknown
        finally:
            house.hosts.remove("web")


async def test_every_refusal_of_a_token_has_its_page(house):
    for accept in ("text/html", "application/json"):
        answer = await house.guest.clusters.get("/problems/invalid-request", headers={"accept": accept})
        assert answer.status_code == 200, accept
        assert "This is no request for a token" in answer.text
