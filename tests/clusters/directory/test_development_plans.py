"""What the development plan of a school says on mentoring: kept by who leads the school, read by who knows it well."""

import asyncio
from datetime import UTC, date, datetime, timedelta
from uuid import UUID

import pytest

from kit.clock import real_now
from services.clusters.directory.development_plans import actions
from services.clusters.directory.development_plans.schemas import DevelopmentPlanIn
from tests.acts.asking import acts
from tests.people import a_cluster, a_person, a_school, an_official, refusal, told, wrong_fields
from tests.policy.test_sight import program_of

SAID = {
    "text": "Every teacher visits a colleague twice a year.\n\nWho mentors teaches two lessons less.",
    "link": "https://skola.example/rozvoj",
    "since": "2025-09-01",
    "language": "cs",
}
KNOWN = ("development_plan.written", "development_plan.removed")
TOLD = "select kind, actor_id, data from fact where data ->> 'school_id' = $1 and kind = any($2) order by seq"


def plan_of(school_id):
    return f"/v1/schools/{school_id}/development-plan"


def read(version):
    """The header that names the version that was read."""
    return {} if version is None else {"if-match": f'"{version}"'}


async def see(asker, school_id):
    return await asker.clusters.get(plan_of(school_id))


async def write(asker, school_id, version=0, without=(), **other):
    said = {name: value for name, value in (SAID | other).items() if name not in without}
    return await asker.clusters.put(plan_of(school_id), json=said, headers=read(version))


async def remove(asker, school_id, version):
    return await asker.clusters.delete(plan_of(school_id), headers=read(version))


async def facts(house, school_id):
    return [(row["kind"], row["actor_id"], row["data"]) for row in await house.rows("clusters", TOLD, school_id, KNOWN)]


async def kept(house, school_id):
    return await house.rows("clusters", "select * from development_plan where school_id = $1", school_id)


async def test_where_nothing_is_known_nothing_is_shown(cluster):
    shown = told(await see(cluster.cara, cluster.mentee))
    assert shown == {
        "text": "", "link": "", "since": None, "language": "", "version": 0, "changed_at": None, "can": ["see"],
    }  # fmt: skip


async def test_the_school_its_cluster_and_its_offices_see_what_was_written(house, cluster):
    told(await write(cluster.ben, cluster.mentee))
    offices = [
        await an_official(house, "national_coordinator", "CZ"),
        await an_official(house, "programme_coordinator"),
    ]
    for asker in (*cluster.everybody.values(), *offices, await program_of(house, cluster)):
        answer = await see(asker, cluster.mentee)
        shown = told(answer)
        assert {name: shown[name] for name in SAID} == SAID
        assert (shown["version"], bool(shown["changed_at"])) == (1, True)
        assert shown["can"] == (["see", "write"] if asker in (cluster.ben, cluster.hana) else ["see"])
        assert answer.headers["etag"].startswith('"1.')


async def test_a_teacher_of_a_school_in_no_cluster_sees_that_of_their_school(house):
    school = await a_school(house)
    head, teacher = [
        await house.as_person((await a_person(house, school, role))["person_id"]) for role in ("head", "teacher")
    ]
    told(await write(head, school))
    assert told(await see(teacher, school))["text"] == SAID["text"]


async def test_for_everybody_else_there_is_none(house, cluster):
    told(await write(cluster.ben, cluster.mentee))
    other = await a_cluster(house)
    strangers = [other.anna, other.hana, await an_official(house, "national_coordinator", "JO")]
    told(await cluster.ben.clusters.delete(f"/v1/staff/{cluster.staff['dan']}"))
    await house.hear()
    for asker in (*strangers, cluster.dan, await program_of(house, other)):
        assert refusal(await see(asker, cluster.mentee)) == (404, "not-found")
        assert refusal(await write(asker, cluster.mentee, 1)) == (404, "not-found")
        assert refusal(await remove(asker, cluster.mentee, 1)) == (404, "not-found")
    assert refusal(await see(house.guest, cluster.mentee)) == (401, "unauthenticated")
    assert refusal(await see(cluster.ben, cluster.id)) == (404, "not-found")


async def test_who_leads_the_school_writes_and_takes_out_in_person_alone(house, cluster):
    told(await write(cluster.hana, cluster.mentee))
    told(await write(cluster.ben, cluster.mentee, 1, text="Changed."))
    others = [
        cluster.cara,
        cluster.anna,
        cluster.marie,
        await an_official(house, "national_coordinator", "CZ"),
        await an_official(house, "programme_coordinator"),
        await program_of(house, cluster),
        await program_of(house, cluster, cluster.ben),
        await house.as_service("demo"),
    ]
    for asker in others:
        assert refusal(await write(asker, cluster.mentee, 2)) == (403, "forbidden")
        assert refusal(await remove(asker, cluster.mentee, 2)) == (403, "forbidden")
    assert told(await see(cluster.cara, cluster.mentee))["text"] == "Changed."
    told(await remove(cluster.hana, cluster.mentee, 2), 204)


@pytest.mark.parametrize(("without", "left"), [("text", "link"), ("link", "text")])
async def test_the_text_or_the_link_is_enough(cluster, without, left):
    shown = told(await write(cluster.ben, cluster.mentee, without=[without]))
    assert (shown[without], shown[left]) == ("", SAID[left])


@pytest.mark.parametrize(
    ("said", "wrong"),
    [
        ({"text": "", "link": ""}, {"/link": "text_or_link"}),
        ({"text": " \n\t ", "link": " "}, {"/link": "text_or_link"}),
        ({"text": "\u200b", "link": ""}, {"/link": "text_or_link"}),
        ({"text": "x" * 5_001, "link": ""}, {"/text": "string_too_long"}),
        ({"link": "rozvoj"}, {"/link": "link_invalid"}),
        ({"link": "javascript:alert(1)"}, {"/link": "link_invalid"}),
        ({"link": "ftp://skola.example/rozvoj", "text": ""}, {"/link": "link_invalid"}),
        ({"since": "1989-12-31"}, {"/since": "greater_than_equal"}),
        ({"since": "last year"}, {"/since": "date_from_datetime_parsing"}),
        ({"since": None}, {"/since": "date_type"}),
        ({"language": "Czech"}, {"/language": "string_pattern_mismatch"}),
    ],
)
async def test_what_cannot_stand_there_is_refused_at_its_field_and_nothing_is_kept(house, cluster, said, wrong):
    assert wrong_fields(await write(cluster.ben, cluster.mentee, **said)) == wrong
    assert (await kept(house, cluster.mentee), await facts(house, cluster.mentee)) == ([], [])


async def test_all_may_be_left_out_but_the_day_and_one_of_both(cluster):
    answer = await write(cluster.ben, cluster.mentee, without=["text", "link"])
    assert wrong_fields(answer) == {"/link": "text_or_link"}
    assert wrong_fields(await write(cluster.ben, cluster.mentee, without=["since"])) == {"/since": "missing"}


async def test_it_stands_there_since_today_at_the_latest(house, cluster):
    today = real_now().date()
    for ahead in (today + timedelta(days=2), date(9999, 12, 31)):
        refused = await write(cluster.ben, cluster.mentee, since=str(ahead))
        assert wrong_fields(refused) == {"/since": "since_ahead"}
    assert (await kept(house, cluster.mentee), await facts(house, cluster.mentee)) == ([], [])
    told(await write(cluster.ben, cluster.mentee, since=str(today)))
    refused = await write(cluster.ben, cluster.mentee, 1, text="Other.", since=str(today + timedelta(days=2)))
    assert wrong_fields(refused) == {"/since": "since_ahead"}
    shown = told(await see(cluster.ben, cluster.mentee))
    assert (shown["text"], shown["since"], shown["version"]) == (SAID["text"], str(today), 1)


async def test_today_is_that_of_who_writes(cluster, monkeypatch):
    """At half past midnight in Prague it is still the day before in UTC."""
    monkeypatch.setattr(actions, "now", lambda: datetime(2026, 3, 17, 23, 30, tzinfo=UTC))
    told(await write(cluster.ben, cluster.mentee, since="2026-03-18"))
    refused = await write(cluster.ben, cluster.mentee, 1, since="2026-03-19")
    assert wrong_fields(refused) == {"/since": "since_ahead"}


async def test_who_writes_names_the_version_that_they_read(house, cluster):
    assert refusal(await write(cluster.ben, cluster.mentee, None)) == (428, "precondition-required")
    assert refusal(await write(cluster.ben, cluster.mentee, 1)) == (412, "changed")
    assert (await kept(house, cluster.mentee), await facts(house, cluster.mentee)) == ([], [])
    told(await write(cluster.ben, cluster.mentee, 0))
    for asked in (write, remove):
        assert refusal(await asked(cluster.hana, cluster.mentee, None)) == (428, "precondition-required")
        for stale in (0, 2):
            assert refusal(await asked(cluster.hana, cluster.mentee, stale)) == (412, "changed")
    shown = told(await write(cluster.hana, cluster.mentee, 1, text="Also of guests."))
    assert (shown["text"], shown["version"]) == ("Also of guests.", 2)
    assert refusal(await write(cluster.ben, cluster.mentee, 1, text="Late.")) == (412, "changed")
    assert told(await see(cluster.ben, cluster.mentee))["text"] == "Also of guests."


async def test_the_tag_of_what_was_read_is_the_one_to_write_with(cluster):
    for text in ("First.", "Second."):
        tag = (await see(cluster.ben, cluster.mentee)).headers["etag"]
        answer = await cluster.ben.clusters.put(
            plan_of(cluster.mentee), json=SAID | {"text": text}, headers={"if-match": tag}
        )
        assert told(answer)["text"] == text


@pytest.mark.parametrize("version", [0, 1])
async def test_of_two_who_write_at_once_one_is_told_of_the_other(house, cluster, version):
    for _ in range(version):
        told(await write(cluster.ben, cluster.mentee))
    texts = {"Ben says so.": cluster.ben, "Hana says so.": cluster.hana}
    both = [write(asker, cluster.mentee, version, text=text) for text, asker in texts.items()]
    answers = await asyncio.gather(*both)
    assert sorted(one.status_code for one in answers) == [200, 412]
    (won,) = [one.json() for one in answers if one.status_code == 200]
    ((row),) = await kept(house, cluster.mentee)
    assert (row["text"], row["version"]) == (won["text"], version + 1)
    assert [(kind, who) for kind, who, _ in await facts(house, cluster.mentee)][version:] == [
        ("development_plan.written", texts[won["text"]].id)
    ]


async def test_who_writes_the_first_waits_for_who_is_writing_it(house, cluster):
    hana = await house.member("clusters", cluster.hana)
    async with house.database("clusters").transaction() as db:
        assert await actions.open_development_plan(db, UUID(cluster.mentee)) is None
        waiting = asyncio.create_task(write(cluster.ben, cluster.mentee))
        assert not (await asyncio.wait([waiting], timeout=0.5))[0]
        await actions.write(db, UUID(cluster.mentee), DevelopmentPlanIn(**SAID | {"text": "First."}), None, hana)
    assert refusal(await waiting) == (412, "changed")
    assert told(await see(cluster.ben, cluster.mentee))["text"] == "First."


async def test_of_one_who_writes_and_one_who_takes_it_out_at_once_one_is_told(cluster):
    told(await write(cluster.ben, cluster.mentee))
    answers = await asyncio.gather(
        write(cluster.ben, cluster.mentee, 1, text="Still."), remove(cluster.hana, cluster.mentee, 1)
    )
    assert [one.status_code for one in answers] in ([200, 412], [412, 204])


async def test_saying_the_same_again_changes_nothing_and_tells_nothing(house, cluster):
    first = told(await write(cluster.ben, cluster.mentee))
    before, known = await facts(house, cluster.mentee), await kept(house, cluster.mentee)
    again = told(await write(cluster.hana, cluster.mentee, 1, text=f"  {SAID['text']}\n"))
    assert again == first
    assert (await facts(house, cluster.mentee), await kept(house, cluster.mentee)) == (before, known)


@pytest.mark.parametrize("other", [{"text": "Other."}, {"link": ""}, {"since": "2024-09-01"}, {"language": "en"}])
async def test_each_part_can_be_changed(house, cluster, other):
    told(await write(cluster.hana, cluster.mentee))
    shown = told(await write(cluster.ben, cluster.mentee, 1, **other))
    assert ({name: shown[name] for name in SAID}, shown["version"]) == (SAID | other, 2)
    ((row),) = await kept(house, cluster.mentee)
    assert row["changed_by"] == cluster.ben.id


async def test_taking_it_out_leaves_nothing_and_twice_is_harmless(house, cluster):
    told(await write(cluster.ben, cluster.mentee))
    told(await remove(cluster.ben, cluster.mentee, 1), 204)
    ((row),) = await kept(house, cluster.mentee)
    assert (row["text"], row["link"], row["since"]) == ("", "", None)
    shown = told(await see(cluster.ben, cluster.mentee))
    assert (shown["since"], shown["version"]) == (None, 2)
    for version in (1, 2):
        told(await remove(cluster.ben, cluster.mentee, version), 204)
    assert [kind for kind, _, _ in await facts(house, cluster.mentee)] == [*KNOWN]
    assert told(await write(cluster.hana, cluster.mentee, 2))["text"] == SAID["text"]


async def test_who_read_what_was_taken_out_does_not_write_over_what_somebody_wrote_since(cluster):
    told(await write(cluster.ben, cluster.mentee))
    told(await remove(cluster.hana, cluster.mentee, 1), 204)
    told(await write(cluster.hana, cluster.mentee, 2, text="Quite another one."))
    assert refusal(await write(cluster.ben, cluster.mentee, 1, text="Of last year.")) == (412, "changed")
    assert told(await see(cluster.ben, cluster.mentee))["text"] == "Quite another one."


async def test_its_facts_name_the_school_and_who_did_it_and_say_no_word_of_it(house, cluster):
    told(await write(cluster.hana, cluster.mentee))
    told(await remove(cluster.ben, cluster.mentee, 1), 204)
    data = {"school_id": cluster.mentee}
    assert await facts(house, cluster.mentee) == [(KNOWN[0], cluster.hana.id, data), (KNOWN[1], cluster.ben.id, data)]


async def test_the_acts_of_the_school_show_who_did_it(house, cluster):
    told(await write(cluster.hana, cluster.mentee))
    told(await remove(cluster.ben, cluster.mentee, 1), 204)
    for asker in (cluster.ben, await an_official(house, "national_coordinator", "CZ")):
        found = await acts(asker, f"/schools/{cluster.mentee}/acts", ["clusters"], about="schools")
        assert [(act["kind"], act["actor"]["name"]) for act in found[:2]] == [
            (KNOWN[1], "Ben Hill"),
            (KNOWN[0], "Hana Velká"),
        ]
    found = await acts(cluster.anna, f"/schools/{cluster.mentor}/acts", ["clusters"])
    assert not {act["kind"] for act in found} & {*KNOWN}


@pytest.mark.parametrize(("who", "language"), [("hana", "cs"), ("ben", "en")])
async def test_it_is_in_the_language_of_who_wrote_where_none_is_said(cluster, who, language):
    shown = told(await write(getattr(cluster, who), cluster.mentee, without=["language"]))
    assert shown["language"] == language
    shown = told(await write(cluster.ben, cluster.mentee, 1, language="pt"))
    assert shown["language"] == "pt"
