"""The people of a cluster: by school and by subject, found by parts of their names, as each reader may see them."""

import pytest

from services.clusters.clusters.colleagues.dividing import by_subject, found_by
from tests.clusters.directory.test_cards import introduce, set_portrait
from tests.people import a_person, an_official, told, wrong_fields
from tests.statements import Statements


def person(name, *subjects):
    return {"name": name, "subjects": list(subjects)}


def test_any_parts_of_a_name_find_somebody_without_accents():
    people = [person("Markéta Pospíšilová"), person("Karel Zeman"), person("ليلى حداد")]
    for words, found in (("POSPIS", 0), ("ova mark", 0), ("zem", 1), ("حداد", 2)):
        assert found_by(words, people) == [people[found]]
    assert found_by("mark zeman", people) == []
    assert found_by(" ", people) == people


def test_everybody_stands_under_each_of_their_subjects_in_its_usual_spelling():
    people = [person("A", "maths"), person("B", "Maths", "Art"), person("C"), person("D", "Maths")]
    divided = [(row["subject"], row["name"], row["says_none"]) for row in by_subject(people)]
    assert divided == [
        ("Maths", "A", False),
        ("Maths", "B", False),
        ("Art", "B", False),
        ("Maths", "D", False),
        ("", "C", True),
    ]


async def people(asker, cluster, **params):
    return told(await asker.clusters.get(f"/v1/clusters/{cluster.id}/people", params=params))


async def divided(asker, cluster, limit=100, **params):
    """(subject, name) of everybody, page after page."""
    found, after = [], None
    while True:
        more = {"after": after} if after else {}
        page = await people(asker, cluster, by="subject", limit=limit, **params, **more)
        assert len(page["items"]) <= limit
        found += [(row["subject"], row["name"]) for row in page["items"]]
        if not (after := page["next"]):
            return found


@pytest.fixture
async def teaching(cluster):
    """Cara and Ben teach; Hana shows her subjects to her school alone."""
    await introduce(cluster.cara, subjects=["Maths", "Čeština"])
    await introduce(cluster.ben, subjects=["maths"], languages=[])
    await introduce(cluster.hana, subjects=["Maths"], subjects_for="school")
    return cluster


async def test_a_cluster_by_subject_as_the_language_of_the_reader_sorts(teaching):
    assert await divided(teaching.anna, teaching) == [
        ("Čeština", "Cara Sykes"),
        ("Maths", "Ben Hill"),
        ("Maths", "Cara Sykes"),
        ("Maths", "Hana Velká"),
        (None, "Anna Nováková"),
        (None, "Marie Malá"),
        (None, "دان"),
    ]


async def test_pages_go_on_where_the_one_before_ended(teaching):
    whole = await divided(teaching.anna, teaching)
    assert await divided(teaching.anna, teaching, limit=2) == whole
    assert await divided(teaching.anna, teaching, limit=1, q="cara") == whole[0:1] + whole[2:3]
    school = (await people(teaching.anna, teaching, limit=2))["next"]
    asked = {"by": "subject", "after": school}
    answer = await teaching.anna.clusters.get(f"/v1/clusters/{teaching.id}/people", params=asked)
    assert wrong_fields(answer) == {"/after": "cursor_invalid"}


async def test_who_may_not_see_a_subject_finds_nobody_by_it(house, teaching):
    """Marie teaches at the mentor school, so she is in no narrower circle around Hana than the cluster."""
    assert ("Maths", "Hana Velká") not in await divided(teaching.marie, teaching)
    assert (None, "Hana Velká") in await divided(teaching.marie, teaching)
    assert ("Maths", "Hana Velká") in await divided(teaching.dan, teaching)
    ministry = await an_official(house, "national_coordinator", "CZ")
    assert {subject for subject, _ in await divided(ministry, teaching)} == {None}


async def test_each_row_shows_what_its_person_shows_to_the_reader(house, teaching):
    profile = {"name": "Cara Sykes", "language": "en", "zone": "UTC", "title_before": "Mgr."}
    told(await teaching.cara.clusters.put("/v1/me", json=profile))
    portrait = await set_portrait(teaching.cara)
    await introduce(teaching.cara, portrait_for="school")
    for asker, seen in ((teaching.dan, portrait), (teaching.marie, None)):
        (row,) = (await people(asker, teaching, q="sykes"))["items"]
        assert (row["title_before"], row["portrait_id"], row["languages"]) == ("Mgr.", seen, ["cs", "en"])
        staff = told(await asker.clusters.get(f"/v1/schools/{teaching.mentee}/people"))["items"]
        (same,) = [one for one in staff if one["name"] == "Cara Sykes"]
        assert (same["title_before"], same["portrait_id"], same["subjects"]) == ("Mgr.", seen, row["subjects"])
        assert not {"shows", "subjects_for", "at_schools", "in_clusters"} & row.keys()


async def test_a_list_of_many_asks_the_database_as_often_as_one_of_few(house, teaching, monkeypatch):
    statements = Statements(house.database("clusters"), monkeypatch)

    async def asked(**params):
        before = statements.count
        await people(teaching.anna, teaching, **params)
        return statements.count - before

    few = [await asked(by=by) for by in ("school", "subject")]
    for _ in range(8):
        await a_person(house, teaching.mentee)
    assert [await asked(by=by) for by in ("school", "subject")] == few
    assert max(few) <= 4
