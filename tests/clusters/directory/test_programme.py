"""What the programme of the house is, who may say so, and what follows from its countries."""

import asyncio

import pytest

from tests.empty_house import NAMED, without_programme
from tests.people import an_official, refusal, told

PROGRAMME = "/v1/programme"
FIRST = {"name": "A", "begins": "2026-09-02"}


@pytest.fixture(autouse=True)
async def unnamed(house):
    async with without_programme(house):
        yield


@pytest.fixture
async def petra(house):
    return await an_official(house, "programme_coordinator")


async def change(asker, version=None, **other):
    headers = {} if version is None else {"if-match": f'"{version}"'}
    return await asker.clusters.put(PROGRAMME, json=NAMED | other, headers=headers)


async def test_a_programme_is_named_and_shown_to_everybody_signed_in(house, cluster, petra):
    assert refusal(await cluster.cara.clusters.get(PROGRAMME)) == (404, "not-found")
    told(await change(petra))
    answer = await cluster.cara.clusters.get(PROGRAMME)
    shown = told(answer)
    assert shown["countries"] == ["CZ", "PT"]
    assert [phase["name"] for phase in shown["phases"]] == ["Getting to know each other", "Looking back"]
    assert (shown["hashtag"], shown["version"], shown["can"]) == ("MenSI-schools", 1, ["see"])
    assert answer.headers["etag"].startswith('"1.')
    assert told(await petra.clusters.get(PROGRAMME))["can"] == ["see", "change"]
    assert refusal(await house.guest.clusters.get(PROGRAMME)) == (401, "unauthenticated")


async def test_only_the_programme_changes_it_and_only_the_version_that_was_read(cluster, petra):
    assert refusal(await change(cluster.anna)) == (403, "forbidden")
    told(await change(petra))
    assert refusal(await change(petra)) == (428, "precondition-required")
    told(await change(petra, 1, name="MenSI 2"))
    assert refusal(await change(petra, 1)) == (412, "changed")
    assert told(await petra.clusters.get(PROGRAMME))["name"] == "MenSI 2"


async def test_a_phase_keeps_its_id_when_it_moves(petra):
    first, last = told(await change(petra))["phases"]
    moved = [
        first | {"begins": last["begins"]},
        last | {"begins": first["begins"]},
        {"name": "New", "begins": "2027-01-04"},
    ]
    told(await change(petra, 1, phases=moved))
    now = told(await petra.clusters.get(PROGRAMME))["phases"]
    assert [phase["id"] for phase in now[::2]] == [last["id"], first["id"]]
    told(await change(petra, 2, phases=[first]))
    assert [phase["id"] for phase in told(await petra.clusters.get(PROGRAMME))["phases"]] == [first["id"]]


@pytest.mark.parametrize(
    ("wrong", "pointer", "code"),
    [
        ({"ends": "2026-09-01"}, "/ends", "year_wrong"),
        ({"ends": "2028-09-01"}, "/ends", "year_wrong"),
        ({"phases": [{"name": "Early", "begins": "2026-08-31"}]}, "/phases", "phase_outside"),
        ({"phases": [FIRST, FIRST | {"name": "B"}]}, "/phases", "phase_twice"),
        ({"phases": [FIRST, FIRST | {"begins": "2026-09-03"}]}, "/phases", "phase_twice"),
        ({"countries": []}, "/countries", "too_short"),
        ({"countries": ["cz"]}, "/countries/0", "string_pattern_mismatch"),
        ({"licence": "GPL"}, "/licence", "enum"),
        ({"hashtag": "two words"}, "/hashtag", "hashtag_wrong"),
        ({"name": " "}, "/name", "string_too_short"),
    ],
)  # fmt: skip
async def test_what_is_wrong_is_said_at_its_place(petra, wrong, pointer, code):
    answer = await change(petra, **wrong)
    assert [(error["pointer"], error["code"]) for error in answer.json()["errors"]] == [(pointer, code)]


async def test_a_contact_is_an_address_or_nothing(petra):
    assert told(await change(petra, contact=""))["contact"] == ""
    answer = await change(petra, 1, contact="nobody")
    assert answer.status_code == 422
    assert {error["pointer"].split("/")[1] for error in answer.json()["errors"]} == {"contact"}


async def test_new_things_begin_in_countries_that_take_part(house, petra):
    new = {"name": "Abroad", "country": "HR", "approach": "top_down", "zone": "UTC"}
    asked = {"name": "Ivo", "mail": "ivo@abroad.test", "kind": "national_coordinator", "country": "HR"}
    told(await change(petra))
    assert refusal(await petra.clusters.post("/v1/clusters", json=new)) == (409, "country-not-taking-part")
    assert refusal(await petra.clusters.post("/v1/offices/invitations", json=asked)) == (409, "country-not-taking-part")
    told(await change(petra, 1, countries=["HR"]))
    told(await petra.clusters.post("/v1/clusters", json=new), 201)
    told(await petra.clusters.post("/v1/offices/invitations", json=asked), 201)


async def test_while_it_has_no_name_every_country_takes_part(petra):
    new = {"name": "Somewhere", "country": "IT", "approach": "top_down", "zone": "UTC"}
    told(await petra.clusters.post("/v1/clusters", json=new), 201)


async def test_two_who_name_it_at_once_name_it_once(house, petra):
    answers = await asyncio.gather(change(petra, name="One"), change(petra, name="Other"))
    assert sorted(answer.status_code for answer in answers) == [200, 428]
    assert len(await house.rows("clusters", "select 1 from programme")) == 1
    assert len(await house.rows("clusters", "select 1 from phase")) == 2
