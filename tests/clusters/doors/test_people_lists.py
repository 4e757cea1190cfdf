"""People from a spreadsheet: each row becomes an invitation, and nobody is put anywhere."""

import asyncio
import time

import pytest

from tests.clusters.doors.listing import a_csv, brought_in, read, tried, wrong_rows
from tests.clusters.doors.test_invitations import invited, listed, mails_to
from tests.people import NUMBERS, a_cluster, a_school, an_official, refusal, told

HEADING = "Name;Mail;Number in the register;School;Town;Role;Language"
FACTS = "select kind from fact where actor_id = $1 or data->>'school_id' = $2 order by seq"
MANY, WITHIN, LONGEST_ANSWER = 10_000, 120.0, 2.0  # rows, seconds


@pytest.fixture
async def nora(house):
    return await an_official(house, "national_coordinator", "CZ")


@pytest.fixture
async def school(house):
    """A school that nobody leads, by its id, its number with zeros, its name and its town."""
    base = next(NUMBERS)
    number, name, town = f"00{base}77", f"ZŠ Seznamov {base}", f"Seznamov {base}"
    ids = [{"country": "CZ", "scheme": "RED-IZO", "number": number}]
    return {"id": await a_school(house, name=name, town=town, official_ids=ids), "number": number, "at": (name, town)}


def mail(name, school):
    return f"{name}-{school['number']}@school.test"


async def invitations(house, school_id):
    return await house.rows(
        "clusters",
        "select mail, role, names_first, confirmed_at is not null as sent, answer from invitation "
        "where school_id = $1 order by mail",
        school_id,
    )


async def told_of(house, asker, school):
    """What was told of a school, and of what somebody did."""
    return [row["kind"] for row in await house.rows("clusters", FACTS, asker.id, school["id"])]


async def test_each_row_becomes_an_invitation_and_the_same_file_again_changes_nothing(house, nora, school):
    name, town = school["at"]
    data = a_csv(
        "Pozvaní;;;;;;",
        HEADING,
        f"Dana Malá;{mail('dana', school).upper()};{school['number'].lstrip('0')};;;;cs",
        f"Ema Nová;{mail('ema', school)};;{name.upper()};{town};koordinátorka;maďarština",
        "# An example;dana@example.org;1;;;teacher;cs",
    )
    before = await told_of(house, nora, school)
    path, shown = await tried(house, nora, "people", data, "RED-IZO")
    assert (shown["rows"], shown["outcomes"]) == (2, {"new": 2})
    assert await told_of(house, nora, school) == before
    assert not await house.rows("clusters", "select from address where mail = $1", mail("dana", school))
    told(await nora.clusters.post(f"{path}/beginning", json={}), 202)
    await house.catch_up()
    done = told(await nora.clusters.get(path))
    assert (done["state"], done["done"]) == ("done", 2)
    assert (await told_of(house, nora, school)).count("invitation.sent") == 2
    first, second = await invitations(house, school["id"])
    assert tuple(first) == (mail("dana", school), "teacher", False, True, None)
    assert tuple(second) == (mail("ema", school), "coordinator", True, True, None)
    (person,) = await house.rows(
        "clusters",
        "select name, language from person join address on person_id = person.id where mail = $1",
        mail("ema", school),
    )
    assert tuple(person) == ("Ema Nová", "hu")
    assert not await house.rows("clusters", "select from staff where school_id = $1", school["id"])
    again = await brought_in(house, nora, "people", data, "RED-IZO")
    assert again["outcomes"] == {"waiting": 2}
    assert [len(await mails_to(house, mail(who, school))) for who in ("dana", "ema")] == [1, 1]
    assert len(await invitations(house, school["id"])) == 2


async def test_the_letter_lets_them_in_and_they_belong_by_their_own_yes(house, nora, school):
    await brought_in(
        house, nora, "people", a_csv(HEADING, f"Dana;{mail('dana', school)};{school['number']};;;;"), "RED-IZO"
    )
    (letter,) = await mails_to(house, mail("dana", school))
    assert school["at"][0] in letter["text"]
    assert "/sign-in/link?key=" in letter["text"]
    ((invitation_id, person_id),) = await house.rows(
        "clusters", "select id, person_id from invitation where school_id = $1", school["id"]
    )
    dana = await house.as_person(person_id)
    told(await dana.clusters.post(f"/v1/invitations/{invitation_id}/acceptance"), 201)
    again = await tried(
        house, nora, "people", a_csv(HEADING, f"Dana;{mail('dana', school)};{school['number']};;;;"), "RED-IZO"
    )
    assert again[1]["outcomes"] == {"same": 1}


async def test_every_problem_has_its_row_and_its_column_and_nothing_changes(house, nora, school):
    number = school["number"]
    abroad = {"country": "JO", "scheme": "RED-IZO", "number": f"9{number}"}
    await a_school(house, "JO", official_ids=[abroad])
    twin = f"Dvojčata {number}"
    for _ in range(2):
        await a_school(house, name="ZŠ", town=twin)
    path, shown = await tried(
        house,
        nora,
        "people",
        a_csv(
            HEADING,
            f"Dana;dana@skola;{number};;;;",
            f";{mail('a', school)};{number};;;;",
            f"Dana;{mail('b', school)};123{number};;;;",
            f"Dana;{mail('c', school)};9{number};;;;",
            f"Dana;{mail('d', school)};;ZŠ;{twin};;",
            f"Dana;{mail('e', school)};;Nikde;Nikde;;",
            f"Dana;{mail('f', school)};{number};;;king;",
            f"Dana;{mail('g', school)};{number};;;;elvish",
            f"Dana;{mail('h', school)};{number};;;;",
            f"Dana;{mail('H', school)};{number};;;;",
            f"Dana;{mail('i', school)};;Only a name;;;",
        ),
        "RED-IZO",
    )
    assert shown["outcomes"] == {"wrong": 10, "new": 1}
    assert await wrong_rows(nora, path) == [
        (2, "Mail", "mail"),
        (3, "Name", "missing"),
        (4, "Number in the register", "school_unknown"),
        (5, "Number in the register", "school_elsewhere"),
        (6, "School", "school_several"),
        (7, "School", "school_unknown"),
        (8, "Role", "role"),
        (9, "Language", "language"),
        (11, "Mail", "twice"),
        (12, "Number in the register", "missing"),
    ]
    assert await invitations(house, school["id"]) == []


async def test_who_is_here_or_asked_or_said_no_is_told_apart_and_nobody_elses_account(house, cluster, nora):
    waits, declines, here = (f"{who}-{cluster.id}@school.test" for who in ("waits", "declines", "new"))
    await invited(cluster.ben, cluster.mentee, waits)
    said_no = await invited(cluster.ben, cluster.mentee, declines)
    dana = await house.as_person(
        (await house.rows("clusters", "select person_id from address where mail = $1", declines))[0]["person_id"]
    )
    told(await dana.clusters.post(f"/v1/invitations/{said_no}/refusal"), 204)
    elsewhere = (await a_cluster(house)).addresses["cara"]
    rows = [f"X;{mail};;;" for mail in (cluster.addresses["cara"], waits, declines, elsewhere, here)]
    path, shown = await tried(
        house, cluster.ben, "people", a_csv("Name;Mail;School;Role;Language", *rows), school_id=cluster.mentee
    )
    assert shown["outcomes"] == {"same": 1, "waiting": 1, "wrong": 1, "new": 2}
    assert await wrong_rows(cluster.ben, path) == [(4, "Mail", "declined")]
    new = told(await cluster.ben.clusters.get(f"{path}/rows", params={"outcome": "new"}))["items"]
    known_elsewhere, unknown = ({**row, "number": 0, "mail": ""} for row in new)
    assert known_elsewhere == unknown


async def test_who_left_the_school_or_whose_invitation_was_withdrawn_is_not_asked_again(house, cluster):
    withdrawn = f"withdrawn-{cluster.id}@school.test"
    invitation = await invited(cluster.ben, cluster.mentee, withdrawn)
    told(await cluster.ben.clusters.delete(f"/v1/invitations/{invitation}"), 204)
    await house.rows("clusters", "update staff set ended_at = now() where id = $1", cluster.staff["cara"])
    data = a_csv("Name;Mail", f"Cara;{cluster.addresses['cara']}", f"X;{withdrawn}")
    path, shown = await tried(house, cluster.ben, "people", data, school_id=cluster.mentee)
    assert shown["outcomes"] == {"wrong": 2}
    assert await wrong_rows(cluster.ben, path) == [(2, "Mail", "left"), (3, "Mail", "withdrawn")]


async def test_a_school_that_is_led_is_asked_first_and_gives_its_own_roles(house, cluster, nora):
    name, town = (await house.rows("clusters", "select name, town from school where id = $1", cluster.mentee))[0]
    await house.rows("clusters", "update school set name = $2 where id = $1", cluster.mentee, f"{name} {cluster.id}")
    mails = [f"{who}-{cluster.id}@school.test" for who in ("dana", "ema", "jan")]
    data = a_csv(
        "Name;Mail;School;Town;Role",
        *(f"X;{m};{name} {cluster.id};{town};{role}" for m, role in zip(mails, ("teacher", "", "head"), strict=True)),
    )
    path, shown = await tried(house, nora, "people", data)
    assert shown["outcomes"] == {"proposed": 2, "wrong": 1}
    assert await wrong_rows(nora, path) == [(4, "Role", "is_led")]
    told(await nora.clusters.post(f"{path}/beginning", json={}), 202)
    await house.catch_up()
    assert await listed(cluster.ben, cluster) == {mails[0]: "proposed", mails[1]: "proposed"}
    assert await mails_to(house, mails[0]) == []
    asked = "select news from notice where kind = 'invitation_proposed' and person_id = $1"
    assert [row["news"] for row in await house.rows("clusters", asked, cluster.ben.id)] == [2]


async def test_who_leads_a_school_brings_its_people_and_no_other_schools(house, cluster):
    mails = [f"{who}-{cluster.id}@school.test" for who in ("dana", "ema")]
    data = a_csv(
        "Jméno;Příjmení;E-mail;Škola;Role",
        f"Dana;Malá;{mails[0]};;ředitelka",
        f"Ema;;{mails[1]};Jiná škola;",
    )
    path, shown = await tried(house, cluster.ben, "people", data, school_id=cluster.mentee)
    assert (shown["country"], shown["school_id"], shown["outcomes"]) == ("CZ", cluster.mentee, {"new": 1, "wrong": 1})
    assert await wrong_rows(cluster.ben, path) == [(3, "Škola", "school_another")]
    (new,) = told(await cluster.ben.clusters.get(f"{path}/rows", params={"outcome": "new"}))["items"]
    assert new["name"] == "Dana Malá"
    told(await cluster.ben.clusters.post(f"{path}/beginning", json={}), 202)
    await house.catch_up()
    assert await listed(cluster.ben, cluster) == {mails[0]: "sent"}
    assert refusal(await read(cluster.ben, "people", data)) == (403, "forbidden")
    assert refusal(await read(cluster.ben, "schools", data, country="CZ")) == (403, "forbidden")
    assert refusal(await read(cluster.ben, "people", data, school_id=cluster.mentor)) == (403, "forbidden")
    assert refusal(await read(cluster.cara, "people", data, school_id=cluster.mentee)) == (403, "forbidden")
    for asker in (cluster.cara, cluster.anna):
        assert refusal(await asker.clusters.get(path)) == (404, "not-found")
    assert told(await cluster.hana.clusters.get(path))["id"] == shown["id"]


async def test_two_who_bring_the_same_people_at_once_ask_each_once(house, nora, school):
    rows = [f"P;{mail(f'p{n}', school)};{school['number']};;;;" for n in range(5)]
    paths = [(await tried(house, nora, "people", a_csv(HEADING, *rows), "RED-IZO"))[0] for _ in range(2)]
    await asyncio.gather(*(nora.clusters.post(f"{path}/beginning", json={}) for path in paths))
    await house.catch_up()
    assert len(await invitations(house, school["id"])) == 5
    assert [len(await mails_to(house, mail(f"p{n}", school))) for n in range(5)] == [1] * 5
    outcomes = [told(await nora.clusters.get(path))["outcomes"] for path in paths]
    assert {"waiting": 5} in outcomes
    assert {"new": 5} in outcomes


async def test_a_list_goes_on_where_it_was_interrupted_and_ends_with_the_standing_of_who_brings_it(
    house, cluster, monkeypatch
):
    from services.clusters.doors.imports import actions

    rows = [f"P;p{n}-{cluster.id}@school.test;" for n in range(5)]
    path, _ = await tried(house, cluster.ben, "people", a_csv("Name;Mail;Role", *rows), school_id=cluster.mentee)
    told(await cluster.ben.clusters.post(f"{path}/beginning", json={}), 202)
    monkeypatch.setattr(actions, "CHUNK", 2)
    async with house.database("clusters").transaction() as db:
        assert await actions._bring_in_some(db, path.rsplit("/", 1)[1])
    assert told(await cluster.ben.clusters.get(path))["done"] == 2
    await house.rows("clusters", "update staff set ended_at = now() where id = $1", cluster.staff["ben"])
    await house.catch_up()
    shown = told(await cluster.hana.clusters.get(path))
    assert (shown["state"], shown["done"]) == ("stopped", 2)
    assert not await house.rows("clusters", "select from import_sheet where import_id = $1", path.rsplit("/", 1)[1])


async def test_who_was_asked_between_the_trial_and_the_deed_is_not_asked_again(house, cluster):
    mails = [f"{who}-{cluster.id}@school.test" for who in ("dana", "ema")]
    data = a_csv("Name;Mail", *(f"X;{address}" for address in mails))
    path, shown = await tried(house, cluster.ben, "people", data, school_id=cluster.mentee)
    assert shown["outcomes"] == {"new": 2}
    await invited(cluster.hana, cluster.mentee, mails[0])
    told(await cluster.ben.clusters.post(f"{path}/beginning", json={}), 202)
    await house.catch_up()
    assert told(await cluster.ben.clusters.get(path))["outcomes"] == {"new": 1, "waiting": 1}
    assert [len(await mails_to(house, address)) for address in mails] == [1, 1]


@pytest.mark.proof
async def test_ten_thousand_people_are_asked_within_two_minutes_and_the_house_answers_meanwhile(house, nora, school):
    rows = [f"P {n};{mail(f'many{n}', school)};{school['number']};;;;" for n in range(MANY)]
    answers, began = [], time.monotonic()
    bringing = asyncio.create_task(brought_in(house, nora, "people", a_csv(HEADING, *rows), "RED-IZO"))
    while not bringing.done():
        asked = time.monotonic()
        told(await nora.clusters.get("/v1/me"))
        answers.append(time.monotonic() - asked)
        await asyncio.sleep(0.2)
    done = await bringing
    took = time.monotonic() - began
    print(f"{MANY} people in {took:.0f} s, the longest answer meanwhile {max(answers):.2f} s")
    assert (done["state"], done["done"]) == ("done", MANY)
    assert took < WITHIN
    assert max(answers) < LONGEST_ANSWER
