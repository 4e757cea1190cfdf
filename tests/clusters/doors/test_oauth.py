"""The token endpoint as OAuth's libraries know it (RFC 6749, 8414, 7517)."""

import base64
import json
import warnings
from urllib.parse import quote, quote_plus
from uuid import uuid4

import httpx
import jwt
import pytest
from authlib.integrations.httpx_client import AsyncOAuth2Client
from joserfc import jwt as joserfc_jwt
from joserfc.jwk import KeySet, OKPKey

from kit.identity import AUDIENCE
from services.clusters.doors.tokens.actions import signing_key
from tests.clusters.doors.test_clients import a_client, asking, grant
from tests.house import PUBLIC_URL, SECRETS
from tests.people import refusal, told
from web.app import create_app
from web.settings import Settings

TOKENS, KEYS = "/v1/tokens", "/v1/keys"
WELL_KNOWN = "/.well-known/oauth-authorization-server"
CLIENT_CREDENTIALS = {"grant_type": "client_credentials"}


def basic(client_id, secret):
    pair = f"{quote_plus(client_id)}:{quote_plus(secret)}"
    return {"authorization": "Basic " + base64.b64encode(pair.encode()).decode()}


def refused(answer):
    """(status, error) of a refusal as RFC 6749 has it."""
    assert answer.headers["content-type"] == "application/json"
    assert (answer.headers["cache-control"], answer.headers["pragma"]) == ("no-store", "no-cache")
    assert answer.json().keys() == {"error", "error_description"}
    return answer.status_code, answer.json()["error"]


async def test_a_client_says_who_it_is_by_basic_or_in_the_form(house):
    for sent in (
        {"headers": basic("demo", SECRETS["demo"]), "data": CLIENT_CREDENTIALS},
        {"headers": basic("demo", SECRETS["demo"]), "data": CLIENT_CREDENTIALS | {"client_id": "demo"}},
        {"data": CLIENT_CREDENTIALS | {"client_id": "demo", "client_secret": SECRETS["demo"]}},
    ):
        answer = await house.guest.clusters.post(TOKENS, **sent)
        granted = told(answer)
        assert (answer.headers["cache-control"], granted["token_type"]) == ("no-store", "Bearer")
        told(await asking(house, granted["access_token"]).clusters.get("/v1/clusters"))


async def test_a_client_that_says_twice_or_wrongly_who_it_is_is_refused(house):
    right, form = basic("demo", SECRETS["demo"]), CLIENT_CREDENTIALS
    both = {"client_id": "demo", "client_secret": SECRETS["demo"]}
    for data in (form | both, form | {"client_secret": "x"}, form | {"client_id": "web"}):
        assert refused(await house.guest.clusters.post(TOKENS, headers=right, data=data)) == (400, "invalid_request")
    garbled = [
        f"Basic {said}" for said in ("!", "", base64.b64encode(b"demo").decode(), base64.b64encode(b"\xff:x").decode())
    ]
    for header in (
        basic("demo", "not it"),
        *({"authorization": said} for said in [*garbled, "Bearer abc", "Digest x"]),
    ):
        answer = await house.guest.clusters.post(TOKENS, headers=header, data=form)
        assert refused(answer) == (401, "invalid_client"), header
        assert answer.headers["www-authenticate"].startswith("Basic realm=")
    assert refused(await house.guest.clusters.post(TOKENS, data=form)) == (401, "invalid_client")


@pytest.mark.parametrize(
    ("changes", "expected"),
    [
        ({"grant_type": None}, (400, "invalid_request")),
        ({"grant_type": ""}, (400, "invalid_request")),
        ({"grant_type": "password"}, (400, "unsupported_grant_type")),
        ({"grant_type": "authorization_code"}, (400, "unsupported_grant_type")),
        ({"grant_type": ["client_credentials", "client_credentials"]}, (400, "invalid_request")),
        ({"scope": ["webhooks", "webhooks"]}, (400, "invalid_request")),
        ({"scope": "webhooks everything"}, (400, "invalid_scope")),
        ({"scope": "  "}, (400, "invalid_scope")),
        ({"scope": "operate"}, (400, "invalid_scope")),
        ({"scope": "webhooks", "person_id": "{cara}"}, (400, "invalid_scope")),
        ({"person_id": "nobody"}, (400, "invalid_request")),
        ({"person_id": str(uuid4())}, (400, "invalid_grant")),
        ({"grant_type": "session", "session": "x"}, (400, "unauthorized_client")),
        ({"client_secret": "\0"}, (400, "invalid_request")),
        ({"client_id": "\0"}, (400, "invalid_request")),
        ({"client_id": "x" * 20_000}, (400, "invalid_request")),
    ],
)
async def test_a_wrong_request_is_refused_in_the_words_of_oauth(house, cluster, changes, expected):
    client = await a_client(cluster, "webhooks", "act_for_people")
    form = CLIENT_CREDENTIALS | {"client_id": client["client_id"], "client_secret": client["secret"]} | changes
    form = {name: value for name, value in form.items() if value is not None}
    if form.get("person_id") == "{cara}":
        form["person_id"] = str(cluster.cara.id)
    assert refused(await house.guest.clusters.post(TOKENS, data=form)) == expected


async def test_a_request_that_is_no_form_is_refused(house):
    whole = CLIENT_CREDENTIALS | {"client_id": "demo", "client_secret": SECRETS["demo"]}
    form = "application/x-www-form-urlencoded"
    for answer, expected in (
        (await house.guest.clusters.post(TOKENS, json=whole), 415),
        (await house.guest.clusters.post(TOKENS), 415),
        (await house.guest.clusters.post(TOKENS, content=b"\xff=\xfe", headers={"content-type": form}), 400),
        (await house.guest.clusters.post(TOKENS, content=b"a=%ff", headers={"content-type": form}), 400),
        (await house.guest.clusters.post(TOKENS, content=b"a&" * 4_000, headers={"content-type": form}), 400),
    ):
        assert refused(answer) == (expected, "invalid_request")


async def test_a_token_has_the_scopes_that_were_asked_for_and_no_more(house, cluster):
    client = await a_client(cluster, "webhooks", "act_for_people")
    known = client["client_id"], client["secret"]
    everything = told(await grant(house, *known))
    assert set(everything["scope"].split()) == {"webhooks", "act_for_people"}
    less = told(await grant(house, *known, scope="act_for_people"))
    assert less["scope"] == "act_for_people"
    endpoint = {"url": "http://1.1.1.1/x", "kinds": [], "cluster_id": cluster.id}
    assert refusal(await asking(house, less["access_token"]).events.post("/v1/endpoints", json=endpoint))[0] == 403
    told(await asking(house, everything["access_token"]).events.post("/v1/endpoints", json=endpoint), 201)
    acting = told(await grant(house, *known, person_id=str(cluster.cara.id)))
    assert acting["scope"] == "act_for_people"
    only_webhooks = await a_client(cluster, "webhooks")
    answer = await grant(house, only_webhooks["client_id"], only_webhooks["secret"], person_id=str(cluster.cara.id))
    assert refused(answer) == (400, "unauthorized_client")


async def test_a_library_of_the_field_gets_a_token(house, cluster):
    client = await a_client(cluster, "act_for_people")
    for method in ("client_secret_basic", "client_secret_post"):
        oauth = AsyncOAuth2Client(
            client["client_id"],
            client["secret"],
            token_endpoint_auth_method=method,
            transport=house.hosts,
            base_url="http://clusters",
        )
        granted = await oauth.fetch_token("http://clusters/v1/tokens", grant_type="client_credentials")
        assert granted["scope"] == "act_for_people"
        assert (await oauth.get("http://clusters/v1/clusters")).status_code == 200


async def test_libraries_of_the_field_check_our_tokens(house):
    token = told(await grant(house, "demo", SECRETS["demo"]))["access_token"]
    document = told(await house.guest.clusters.get(KEYS))
    kid = jwt.get_unverified_header(token)["kid"]
    key = jwt.PyJWKSet.from_dict(document)[kid]
    claims = jwt.decode(token, key, algorithms=["EdDSA"], audience=AUDIENCE, issuer=PUBLIC_URL)
    assert claims["kind"] == "client"
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        from authlib.jose import JsonWebKey, JsonWebToken

        keys = JsonWebKey.import_key_set(document)
        assert JsonWebToken(["EdDSA"]).decode(token, keys)["sub"] == claims["sub"]
    with pytest.raises(jwt.InvalidSignatureError):
        jwt.decode(token[:-8] + "AAAAAAAA", key, algorithms=["EdDSA"], audience=AUDIENCE)


async def test_a_token_of_the_version_before_still_opens(house, cluster):
    async with house.database("clusters").transaction() as db:
        jwk = (await signing_key(db)).jwk
    token = told(await grant(house, "demo", SECRETS["demo"], person_id=str(cluster.cara.id)))["access_token"]
    old = jwk | {"alg": "Ed25519"}
    claims = joserfc_jwt.decode(token, KeySet([OKPKey.import_key(jwk)]), algorithms=["EdDSA"]).claims
    header = {"alg": "Ed25519", "kid": jwk["kid"]}
    before = joserfc_jwt.encode(header, claims, OKPKey.import_key(old), algorithms=["Ed25519"])
    for service, path in (("clusters", "/v1/me"), ("events", "/v1/today"), ("diaries", "/v1/today")):
        told(await asking(house, before)[service].get(path))


async def test_the_house_says_how_to_get_a_token(house):
    said = told(await house.guest.clusters.get(WELL_KNOWN))
    assert said["issuer"] == PUBLIC_URL
    assert set(said["token_endpoint_auth_methods_supported"]) == {"client_secret_basic", "client_secret_post"}
    form = CLIENT_CREDENTIALS | {"client_id": "demo", "client_secret": SECRETS["demo"]}
    told(await house.http.post(said["token_endpoint"], data=form))
    assert told(await house.http.get(said["jwks_uri"])) == told(await house.guest.clusters.get(KEYS))
    app = create_app(Settings(clusters_url="http://clusters", public_url=PUBLIC_URL), house.http)
    async with (
        app.router.lifespan_context(app),
        httpx.AsyncClient(transport=httpx.ASGITransport(app), base_url=PUBLIC_URL) as web,
    ):
        assert json.loads((await web.get(WELL_KNOWN)).content) == said


async def test_credentials_are_read_as_forms_write_them(house, cluster):
    client = await a_client(cluster, "webhooks")
    pair = f"{quote(client['client_id'], safe='')}:{quote(client['secret'], safe='')}".replace("-", "%2D")
    header = {"authorization": "basic " + base64.b64encode(pair.encode()).decode()}
    told(await house.guest.clusters.post(TOKENS, headers=header, data=CLIENT_CREDENTIALS))
