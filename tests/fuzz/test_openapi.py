"""Whatever the OpenAPI documents allow, and what they do not, is answered as they say."""

from copy import deepcopy

import httpx
import pytest
import requests
import schemathesis
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis.errors import Unsatisfiable
from schemathesis import GenerationMode
from schemathesis.specs.openapi.checks import ignored_auth, negative_data_rejection, positive_data_acceptance

from tests.diaries.writing import add_picture, comment, start
from tests.events.making import announce, site
from tests.people import a_cluster, told
from tests.services import app_of, operations

pytestmark = pytest.mark.proof

POSITIVE, NEGATIVE = GenerationMode.POSITIVE, GenerationMode.NEGATIVE
EXAMPLES = 8
TOO_LARGE = 413
# A well-formed wish may be refused by the house's own rules; and signing is what tests/policy tries.
EXCLUDED = [positive_data_acceptance, ignored_auth]


def schema(service):
    """The document without its ways to sign: every request is signed here."""
    document = deepcopy(app_of(service).openapi())
    del document["components"]["securitySchemes"]
    for methods in document["paths"].values():
        for operation in methods.values():
            operation.pop("security", None)
    return schemathesis.openapi.from_dict(document)


SCHEMAS = {service: schema(service) for service in ("clusters", "events", "diaries")}


@pytest.fixture(scope="module")
def known(house):
    """Things that a coordinator knows of, by the names that paths and bodies call them."""

    async def make():
        cluster = await a_cluster(house)
        event = await announce(cluster.anna, cluster, 2)
        entry_id = await start(cluster.anna, cluster)
        told(await cluster.anna.diaries.put(f"/v1/entries/{entry_id}/publication", json={"reach": "cluster"}))
        comment_id = told(await comment(cluster.anna, entry_id), 201)["id"]
        askers = {"coordinator": cluster.anna, "house": await house.as_service("demo")}
        return askers, {
            "cluster_id": cluster.id,
            "school_id": cluster.mentor,
            "person_id": str(cluster.cara.id),
            "staff_id": cluster.staff["dan"],
            "membership_id": cluster.memberships["mentee"],
            "event_id": event["id"],
            "place_id": site(event),
            "entry_id": entry_id,
            "comment_id": comment_id,
            "picture_id": told(await add_picture(cluster.anna, entry_id), 201)["id"],
        }

    return house.loop.run_until_complete(make())


@pytest.fixture(autouse=True)
def set_up(house):
    """What is tried here may open the house."""
    yield
    house.loop.run_until_complete(house.set_up())


@pytest.mark.parametrize(
    ("mode", "who"),
    [(POSITIVE, "coordinator"), (POSITIVE, "house"), (NEGATIVE, "coordinator")],
    ids=["allowed", "allowed, as the house", "not allowed"],
)
@pytest.mark.parametrize(("service", "method", "path"), operations())
def test_every_operation_answers_as_documented(house, known, service, method, path, mode, who):
    askers, ids = known
    operation = SCHEMAS[service][path][method]

    @settings(
        max_examples=EXAMPLES,
        deadline=None,
        derandomize=True,
        database=None,
        phases=[Phase.explicit, Phase.generate],
        suppress_health_check=list(HealthCheck),
    )
    @given(case=operation.as_strategy(generation_mode=mode))
    def answers_as_documented(case):
        if mode is POSITIVE:
            point_at(case, ids)
        answer = house.loop.run_until_complete(send(house, askers[who], service, case))
        too_large = [negative_data_rejection] if answer.status_code == TOO_LARGE else []
        case.validate_response(answer, excluded_checks=EXCLUDED + too_large)

    try:
        answers_as_documented()
    except Unsatisfiable:
        pytest.skip("nothing that is sent here could be wrong")


def point_at(case, ids):
    """Let the case be about things that exist."""
    for given_to in (case.path_parameters, case.query, case.body):
        if isinstance(given_to, dict):
            given_to.update({name: ids[name] for name in given_to.keys() & ids.keys()})


async def send(house, asker, service, case):
    prepared = requests.Request(**case.as_transport_kwargs(f"http://{service}")).prepare()
    prepared.headers.pop("Authorization", None)
    body = prepared.body if prepared.body is not None else b""
    request = httpx.Request(prepared.method, prepared.url, headers=dict(prepared.headers) | asker.headers, content=body)
    return await house.http.send(request)
