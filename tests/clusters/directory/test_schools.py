"""Schools: what is known of one, and the directory that finds it by any part of any of its names."""

import pytest

from services.clusters.clusters.finding import queries
from services.clusters.directory.schools.jobs import sort_schools
from tests.people import NUMBERS, a_school, an_official, refusal, told, wrong_fields

LENESICE = {
    "name": "ZŠ Lenešice",
    "official_name": "Základní škola Lenešice, příspěvková organizace",
    "kind": "primary_and_lower_secondary",
    "town": "Lenešice",
    "address": "Knížete Václava 402\n439 23 Lenešice",
    "country": "CZ",
    "website": "https://www.zslenešice.cz/",
    "zone": "Europe/Prague",
    "latitude": 50.37,
    "longitude": 13.77,
    "subjects": ["Čeština", "Maths"],
    "languages": ["cs", "en"],
    "offers": "A kitchen timer in group work.",
    "looks_for": "Robots in the afternoon club.",
    "headcounts": [{"year": 2025, "students": 207, "teachers": 21}, {"year": 2026, "students": 200, "teachers": 22}],
}


def number():
    return f"6000{next(NUMBERS):05}"


def numbered(value=None, scheme="RED-IZO"):
    return {"country": "CZ", "scheme": scheme, "number": value or number()}


async def register(asker, **other):
    return await asker.clusters.post("/v1/schools", json=LENESICE | other)


@pytest.fixture
async def nora(house):
    return await an_official(house, "national_coordinator", "CZ")


@pytest.fixture
async def country(house):
    """The schools that tests before have made do not stand in the way."""
    await house.rows("clusters", "update school set country = 'XX', kind = null, found_by = null")
    await house.rows("clusters", "update school_order set country = 'XX'")


@pytest.fixture(params=[1_000, 0], ids=["few", "many"])
def few_or_many(request, monkeypatch):
    """Few that are found are put in order; of many, the order is walked."""
    monkeypatch.setattr(queries, "FEW", request.param)


async def found(asker, **asked):
    return told(await asker.clusters.get("/v1/schools", params=asked))["items"]


async def names(asker, **asked):
    return [school["name"] for school in await found(asker, **asked)]


async def test_all_that_is_said_of_a_school_is_shown(nora):
    ids = [numbered(), numbered(scheme="IČO")]
    made = told(await register(nora, official_ids=ids), 201)
    shown = told(await nora.clusters.get(f"/v1/schools/{made['id']}"))
    for name, value in LENESICE.items():
        assert shown[name] == value == made[name], name
    assert sorted(shown["official_ids"], key=lambda one: one["scheme"]) == sorted(ids, key=lambda one: one["scheme"])
    assert (shown["whole"], shown["branches"], shown["clusters"], shown["shows_people"]) == (None, [], [], True)


async def test_a_number_of_a_register_is_of_one_school(nora):
    mine = numbered()
    made = told(await register(nora, official_ids=[mine, mine]), 201)
    assert refusal(await register(nora, official_ids=[mine])) == (409, "official-id-taken")
    other = told(await register(nora, official_ids=[mine | {"scheme": "IČO"}]), 201)
    path = f"/v1/schools/{other['id']}"
    assert refusal(await nora.clusters.put(path, json=LENESICE | {"official_ids": [mine]})) == (
        409,
        "official-id-taken",
    )
    shown = told(await nora.clusters.get(f"/v1/schools/{made['id']}"))
    assert shown["official_ids"] == [mine]


async def test_who_looks_after_a_country_corrects_its_schools_and_brings_none_into_another(house, nora):
    school = await a_school(house, "CZ")
    path, corrected = f"/v1/schools/{school}", LENESICE | {"town": "Lenešice nad Ohří"}
    assert told(await nora.clusters.put(path, json=corrected))["town"] == "Lenešice nad Ohří"
    assert refusal(await nora.clusters.put(path, json=corrected | {"country": "PT"})) == (403, "forbidden")
    abroad = await a_school(house, "JO")
    assert refusal(await nora.clusters.put(f"/v1/schools/{abroad}", json=corrected))[0] in (403, 404)
    programme = await an_official(house, "programme_coordinator")
    moved = {name: said for name, said in corrected.items() if name not in ("latitude", "longitude")}
    assert told(await programme.clusters.put(path, json=moved | {"country": "PT"}))["country"] == "PT"


async def test_a_branch_is_of_a_school_that_is_none(house, nora):
    demo = await house.as_service("demo")
    whole = told(await register(nora), 201)["id"]
    branch = told(await register(nora, name="Branch", branch_of=whole), 201)["id"]
    shown = told(await nora.clusters.get(f"/v1/schools/{branch}"))
    assert shown["whole"] == {"id": whole, "name": "ZŠ Lenešice"}
    assert told(await nora.clusters.get(f"/v1/schools/{whole}"))["branches"] == [{"id": branch, "name": "Branch"}]
    for of, code in ((branch, "unknown"), (str(nora.id), "unknown")):
        answer = await register(nora, branch_of=of)
        assert [(one["pointer"], one["code"]) for one in answer.json()["errors"]] == [("/branch_of", code)]
    answer = await demo.clusters.put(f"/v1/schools/{whole}", json=LENESICE | {"branch_of": branch})
    assert answer.status_code == 422
    other = told(await register(nora, name="Other"), 201)["id"]
    answer = await demo.clusters.put(f"/v1/schools/{whole}", json=LENESICE | {"branch_of": other})
    assert [one["code"] for one in answer.json()["errors"]] == ["has_branches"]


async def test_a_place_far_from_its_country_waits_for_a_yes(nora):
    far, swapped = {"latitude": 31.95, "longitude": 35.93}, {"latitude": 13.8, "longitude": 50.37}
    assert wrong_fields(await register(nora, **far)) == {"/latitude": "place_far"}
    assert wrong_fields(await register(nora, **swapped)) == {"/latitude": "place_swapped"}
    made = told(await register(nora, **far, there=True), 201)
    assert (made["latitude"], made["longitude"]) == (31.95, 35.93)


async def test_a_change_to_a_place_far_away_waits_for_a_yes_and_one_that_stays_there_does_not(house, nora):
    demo = await house.as_service("demo")
    path = f"/v1/schools/{told(await register(nora), 201)['id']}"
    moved = LENESICE | {"latitude": 31.95, "longitude": 35.93}
    assert wrong_fields(await demo.clusters.put(path, json=moved)) == {"/latitude": "place_far"}
    assert told(await nora.clusters.get(path))["latitude"] == LENESICE["latitude"]
    told(await demo.clusters.put(path, json=moved | {"there": True}))
    told(await demo.clusters.put(path, json=moved | {"name": "ZŠ Jinde"}))
    assert wrong_fields(await demo.clusters.put(path, json=moved | {"longitude": 36.5})) == {"/latitude": "place_far"}


@pytest.mark.parametrize(
    ("wrong", "pointer"),
    [
        ({"longitude": None}, "/longitude"),
        ({"latitude": None}, "/longitude"),
        ({"latitude": 91}, "/latitude"),
        ({"kind": "big"}, "/kind"),
        ({"official_ids": [{"country": "CZ", "scheme": "", "number": "1"}]}, "/official_ids/0/scheme"),
        ({"website": "ftp://x"}, "/website"),
        ({"languages": ["Czech language"]}, "/languages/0"),
    ],
)
async def test_what_is_wrong_is_said_at_its_place(nora, wrong, pointer):
    answer = await register(nora, **wrong)
    assert (answer.status_code, [error["pointer"] for error in answer.json()["errors"]]) == (422, [pointer])


async def test_a_school_is_found_by_any_part_of_any_name_without_accents_in_any_script(country, nora, few_or_many):
    mine = numbered()
    told(await register(nora, official_ids=[mine]), 201)
    told(await register(nora, name="Łódź Ørsted", official_name="", town="Straße"), 201)
    told(await register(nora, name="مدرسة أحمد", official_name="", town="دمشق"), 201)
    told(await register(nora, name="100%_škola", official_name="", town="Most"), 201)
    for words in ("lenesice", "LENEŠ", "škola základní", "prispevkova", mine["number"][2:], "zs nesi"):
        assert await names(nora, q=words) == ["ZŠ Lenešice"], words
    assert await names(nora, q="lodz orsted") == ["Łódź Ørsted"]
    assert await names(nora, q="strasse") == ["Łódź Ørsted"]
    assert await names(nora, q="احمد") == ["مدرسة أحمد"]
    assert await names(nora, q="100%_") == ["100%_škola"]
    assert await names(nora, q="%") == ["100%_škola"]
    assert await names(nora, q="nothing like it") == []


async def test_a_short_number_is_found_as_a_whole(country, nora, few_or_many):
    for name in ("3. základní škola Falu", "30. základní škola Falu"):
        told(await register(nora, name=name, official_ids=[numbered(f"{number()}-33")]), 201)
    assert await names(nora, q="falu 3") == ["3. základní škola Falu"]
    assert await names(nora, q="falu 30") == ["30. základní škola Falu"]
    assert await names(nora, q="falu 3 zakl") == ["3. základní škola Falu"]
    assert await names(nora, q="3. falu") == ["3. základní škola Falu"]


async def test_the_directory_is_in_the_order_of_the_reader_and_walked_to_its_end(house, country, nora):
    for name in ("Cheb", "Dana", "Čáslav", "Hora", "Cvikov"):
        told(await register(nora, name=name, official_name=""), 201)
    await nora.clusters.put("/v1/me", json={"name": "Nora", "language": "cs", "zone": "UTC"})
    walked, after = [], None
    czech = await house.as_person(nora.id)
    while True:
        page = told(
            await czech.clusters.get(
                "/v1/schools", params={"limit": 2, "country": "CZ"} | ({"after": after} if after else {})
            )
        )
        walked += [school["name"] for school in page["items"]]
        if not (after := page["next"]):
            break
    assert walked == ["Cvikov", "Čáslav", "Dana", "Hora", "Cheb"]


async def test_it_is_narrowed_down(house, country, cluster, nora, few_or_many):
    told(await register(nora, name="A", kind="vocational", official_name=""), 201)
    told(await register(nora, name="B", official_name=""), 201)
    told(await register(await an_official(house, "programme_coordinator"), name="C", country="PT", there=True), 201)
    assert await names(nora, kind="vocational") == ["A"]
    assert await names(nora, country="PT") == ["C"]
    assert (await names(nora, q="lenesice", country="CZ"), await names(nora, q="zz", country="CZ")) == (["A", "B"], [])
    assert await names(nora, q="lenesice", kind="vocational", country="CZ", in_cluster=False) == ["A"]
    assert await names(nora, country="CZ", in_cluster=False) == ["A", "B"]
    within = await found(nora, in_cluster=True, country="CZ")
    assert {school["id"] for school in within} == {cluster.mentor, cluster.mentee}


async def test_what_is_called_alike_in_the_same_town_is_said(country, nora):
    told(await register(nora), 201)
    told(await register(nora, town="Louny", official_name=""), 201)
    asked = {"name": "ZS Lenesice", "town": "lenesice", "country": "CZ"}
    alike = told(await nora.clusters.get("/v1/schools/alike", params=asked))
    assert [(school["name"], school["town"]) for school in alike] == [("ZŠ Lenešice", "Lenešice")]
    for other in ({"name": "Gymnázium"}, {"town": "Praha"}, {"country": "PT"}):
        assert told(await nora.clusters.get("/v1/schools/alike", params=asked | other)) == []


async def test_everybody_signed_in_knows_of_schools_and_only_some_of_who_works_there(house, cluster):
    elsewhere = await a_school(house)
    for person in (cluster.cara, cluster.anna):
        shown = told(await person.clusters.get(f"/v1/schools/{elsewhere}"))
        assert (shown["shows_people"], shown["clusters"]) == (False, [])
        assert refusal(await person.clusters.get(f"/v1/schools/{elsewhere}/people")) == (404, "not-found")
    shown = told(await cluster.cara.clusters.get(f"/v1/schools/{cluster.mentor}"))
    assert (shown["shows_people"], [one["id"] for one in shown["clusters"]]) == (True, [cluster.id])
    people = told(await cluster.cara.clusters.get(f"/v1/schools/{cluster.mentor}/people"))["items"]
    assert [person["name"] for person in people] == ["Anna Nováková", "Marie Malá"]
    assert refusal(await house.guest.clusters.get("/v1/schools")) == (401, "unauthenticated")


async def test_the_people_of_a_school_are_walked_to_the_end(cluster):
    path, walked, after = f"/v1/schools/{cluster.mentee}/people", [], None
    while True:
        page = told(await cluster.cara.clusters.get(path, params={"limit": 1} | ({"after": after} if after else {})))
        walked += [person["name"] for person in page["items"]]
        if not (after := page["next"]):
            break
    assert len(walked) == len({*walked}) == 4


async def test_a_school_from_the_version_before_is_sorted_in(house, country, nora):
    await house.rows(
        "clusters",
        "insert into school (id, name, town, address, country, website, zone)"
        " values (gen_random_uuid(), 'Stará škola', 'Most', '', 'CZ', '', 'UTC')",
    )
    assert await names(nora, q="stara", country="CZ") == []
    for _ in range(2):
        await sort_schools(house.context("clusters"))
        assert await names(nora, q="stara", country="CZ") == ["Stará škola"]


async def test_a_name_that_the_version_before_changed_is_found_again(house, country, nora):
    made = told(await register(nora), 201)["id"]
    await house.rows("clusters", "update school set name = 'Přejmenovaná', official_name = '' where id = $1", made)
    await sort_schools(house.context("clusters"))
    assert await names(nora, q="prejmenovana", country="CZ") == ["Přejmenovaná"]


async def test_only_the_version_that_was_read_is_changed(house, nora):
    demo = await house.as_service("demo")
    made = told(await register(nora), 201)
    path, read = f"/v1/schools/{made['id']}", {"if-match": f'"{made["version"]}"'}
    told(await demo.clusters.put(path, json=LENESICE, headers=read))
    assert refusal(await demo.clusters.put(path, json=LENESICE, headers=read)) == (412, "changed")


async def test_a_change_of_name_moves_it(house, country, nora):
    demo = await house.as_service("demo")
    made = told(await register(nora), 201)["id"]
    told(
        await demo.clusters.put(
            f"/v1/schools/{made}", json=LENESICE | {"name": "Nová", "official_name": "", "town": "Most"}
        )
    )
    assert await names(nora, q="lenesice", country="CZ") == []
    assert await names(nora, q="nova most", country="CZ") == ["Nová"]


async def test_one_number_of_a_year_may_be_unknown_and_not_both(nora, country):
    known = {"headcounts": [{"year": 2026, "students": 200}, {"year": 2025, "teachers": 21}]}
    school = told(await register(nora, **known), 201)
    shown = told(await nora.clusters.get(f"/v1/schools/{school['id']}"))
    for each in (school, shown):
        assert {one["year"]: (one["students"], one["teachers"]) for one in each["headcounts"]} == {
            2026: (200, None),
            2025: (None, 21),
        }
    answer = await register(nora, headcounts=[{"year": 2026}])
    assert wrong_fields(answer) == {"/headcounts/0/teachers": "missing"}
