"""Rows of lists that are to be looked at: they come in only if somebody says that they are right."""

from uuid import uuid4

import pytest

from tests.clusters.doors.listing import a_csv, rows_of, tried, wrong_rows
from tests.clusters.doors.test_domains import website
from tests.clusters.doors.test_invitations import invited, listed, mails_to
from tests.people import NUMBERS, a_person, a_school, an_official, told, wrong_fields

FAR, SWAPPED, HERE = "31.95;35.93", "13,8;50,37", "50.37;13.8"


@pytest.fixture
async def nora(house):
    return await an_official(house, "national_coordinator", "CZ")


@pytest.fixture
async def theirs(house, cluster):
    """The domain of the mentor school, as its website says."""
    domain = f"gymnazium-{uuid4().hex[:8]}.test"
    await website(house, cluster.mentor, f"https://www.{domain}/kontakt")
    return domain


async def of_the_mentee(house, cluster, *mails):
    data = a_csv("Name;Mail", *(f"Dana;{mail}" for mail in mails))
    return await tried(house, cluster.ben, "people", data, school_id=cluster.mentee)


async def test_an_address_of_another_school_is_looked_at_and_stays_out(house, cluster, theirs):
    other, own = f"dana@mail.{theirs}", f"ema-{cluster.id}@ours.test"
    path, shown = await of_the_mentee(house, cluster, other, own)
    assert shown["outcomes"] == {"doubtful": 1, "new": 1}
    ((name,),) = await house.rows("clusters", "select name from school where id = $1", cluster.mentor)
    (row,) = await rows_of(cluster.ben, path, "doubtful")
    assert row["number"] == 2
    assert row["wrong"] == [{"column": "Mail", "value": other, "code": "mail_of_school", "school": name}]
    told(await cluster.ben.clusters.post(f"{path}/beginning", json={}), 202)
    await house.catch_up()
    done = told(await cluster.ben.clusters.get(path))
    assert (done["state"], done["done"], done["sure"]) == ("done", 1, False)
    assert done["outcomes"] == {"doubtful": 1, "new": 1}
    assert (await rows_of(cluster.ben, path, "doubtful"))[0]["cells"] == ["Dana", other]
    assert await listed(cluster.ben, cluster) == {own: "sent"}
    assert not await house.rows("clusters", "select from address where mail = $1", other)


async def test_with_a_yes_they_are_invited_too(house, cluster, theirs):
    other, own = f"dana@{theirs}", f"ema-{cluster.id}@ours.test"
    path, _ = await of_the_mentee(house, cluster, other, own)
    told(await cluster.ben.clusters.post(f"{path}/beginning", json={"sure": True}), 202)
    await house.catch_up()
    done = told(await cluster.ben.clusters.get(path))
    assert (done["done"], done["sure"], done["outcomes"]) == (2, True, {"new": 2})
    assert await listed(cluster.ben, cluster) == {own: "sent", other: "sent"}
    assert len(await mails_to(house, other)) == 1


async def test_a_list_of_nothing_else_waits_for_the_yes(house, cluster, theirs):
    path, _ = await of_the_mentee(house, cluster, f"dana@{theirs}")
    begun = await cluster.ben.clusters.post(f"{path}/beginning", json={})
    assert wrong_fields(begun) == {"/sure": "all_doubtful"}
    assert told(await cluster.ben.clusters.get(path))["state"] == "tried"
    told(await cluster.ben.clusters.post(f"{path}/beginning", json={"sure": True}), 202)


async def test_an_address_that_becomes_another_schools_after_the_trial_stays_out(house, cluster, theirs):
    later = f"later-{theirs}"
    path, shown = await of_the_mentee(house, cluster, f"dana@{later}", f"ema-{cluster.id}@ours.test")
    assert shown["outcomes"] == {"new": 2}
    await website(house, cluster.mentor, f"https://{later}")
    told(await cluster.ben.clusters.post(f"{path}/beginning", json={}), 202)
    await house.catch_up()
    done = told(await cluster.ben.clusters.get(path))
    assert (done["state"], done["outcomes"]) == ("done", {"doubtful": 1, "new": 1})


async def test_who_is_here_or_was_asked_is_asked_about_no_more_and_who_is_known_there_is_no_other(
    house, cluster, theirs
):
    here, waits = f"here-{cluster.id}@{theirs}", f"waits-{cluster.id}@{theirs}"
    await a_person(house, cluster.mentee, mail=here)
    asked = {"name": "W", "mail": waits, "works_at_both": True}
    told(await cluster.ben.clusters.post(f"/v1/schools/{cluster.mentee}/invitations", json=asked), 201)
    known = (await a_person(house, cluster.mentor, mail=f"known-{cluster.id}@{theirs}"))["mail"]
    path, shown = await of_the_mentee(house, cluster, here, waits, known, f"nobody@{theirs}")
    assert shown["outcomes"] == {"same": 1, "waiting": 1, "doubtful": 2}
    first, second = await rows_of(cluster.ben, path, "doubtful")
    for row in (first, second):
        row["number"], row["mail"], row["cells"], row["wrong"][0]["value"] = 0, "", [], ""
    assert first == second


async def test_a_domain_that_most_of_a_school_use_is_theirs_in_their_own_list_alone(house, cluster, theirs, nora):
    for name in ("ben", "hana", "cara"):
        moved = "update address set mail = $1 where person_id = $2"
        await house.rows("clusters", moved, f"{name}-{cluster.id}@{theirs}", getattr(cluster, name).id)
    assert (await of_the_mentee(house, cluster, f"new@{theirs}"))[1]["outcomes"] == {"new": 1}
    name, town = f"ZŠ {cluster.id}", f"Obec {cluster.id}"
    await house.rows("clusters", "update school set name = $2, town = $3 where id = $1", cluster.mentee, name, town)
    data = a_csv("Name;Mail;School;Town", f"Dana;new@{theirs};{name};{town}", f"Ema;ema@ours.test;{name};{town}")
    path, shown = await tried(house, nora, "people", data)
    assert shown["outcomes"] == {"doubtful": 1, "proposed": 1}
    told(await nora.clusters.post(f"{path}/beginning", json={"sure": True}), 202)
    await house.catch_up()
    assert told(await nora.clusters.get(path))["outcomes"] == {"proposed": 2}


async def test_what_was_shown_to_who_leads_the_school_is_done_when_somebody_above_begins_it(
    house, cluster, theirs, nora
):
    for name in ("ben", "hana", "cara"):
        moved = "update address set mail = $1 where person_id = $2"
        await house.rows("clusters", moved, f"{name}-{cluster.id}@{theirs}", getattr(cluster, name).id)
    path, shown = await of_the_mentee(house, cluster, f"new@{theirs}")
    assert shown["outcomes"] == {"new": 1}
    told(await nora.clusters.post(f"{path}/beginning", json={}), 202)
    await house.catch_up()
    done = told(await nora.clusters.get(path))
    assert (done["done"], done["outcomes"]) == (1, {"proposed": 1})


async def test_a_yes_says_nothing_where_no_row_was_doubtful(house, cluster, theirs):
    later = f"later-{theirs}"
    path, _ = await of_the_mentee(house, cluster, f"dana@{later}", f"ema-{cluster.id}@ours.test")
    begun = told(await cluster.ben.clusters.post(f"{path}/beginning", json={"sure": True}), 202)
    assert begun["sure"] is False
    await website(house, cluster.mentor, f"https://{later}")
    await house.catch_up()
    done = told(await cluster.ben.clusters.get(path))
    assert (done["state"], done["outcomes"]) == ("done", {"doubtful": 1, "new": 1})


async def test_the_school_of_which_this_one_is_a_branch_is_no_other(house, cluster, theirs):
    branch = "update school set branch_of = $2 where id = $1"
    await house.rows("clusters", branch, cluster.mentee, cluster.mentor)
    assert (await of_the_mentee(house, cluster, f"dana@{theirs}"))[1]["outcomes"] == {"new": 1}


async def test_a_row_that_was_refused_anyway_is_not_asked_about(house, cluster, theirs):
    domain = f"withdrawn-{cluster.id}.test"
    withdrawn = f"dana@{domain}"
    invitation = await invited(cluster.ben, cluster.mentee, withdrawn)
    told(await cluster.ben.clusters.delete(f"/v1/invitations/{invitation}"), 204)
    await website(house, cluster.mentor, f"https://{domain}")
    assert (await of_the_mentee(house, cluster, withdrawn))[1]["outcomes"] == {"wrong": 1}


async def schools_of(house, asker, *rows, **more):
    data = a_csv("Number;Name;Town;Latitude;Longitude", *rows)
    return await tried(house, asker, "schools", data, "RED-IZO", **more)


async def named_like(house, name):
    return await house.rows(
        "clusters", "select name, latitude from school where name like $1 order by name", f"{name}%"
    )


async def test_a_school_far_from_its_country_is_looked_at_and_stays_out(house, nora):
    name = f"ZŠ Daleká {next(NUMBERS)}"
    rows = [f";{name} {n};Most;{place}" for n, place in enumerate((HERE, FAR, SWAPPED, ";"))]
    path, shown = await schools_of(house, nora, *rows)
    assert shown["outcomes"] == {"new": 2, "doubtful": 2}
    wrong = [(row["number"], *row["wrong"][0].values()) for row in await rows_of(nora, path, "doubtful")]
    assert wrong == [(3, "Latitude", "31.95", "place_far", ""), (4, "Latitude", "13,8", "place_swapped", "")]
    told(await nora.clusters.post(f"{path}/beginning", json={}), 202)
    await house.catch_up()
    done = told(await nora.clusters.get(path))
    assert (done["state"], done["done"], done["outcomes"]) == ("done", 2, {"new": 2, "doubtful": 2})
    assert [row["name"] for row in await named_like(house, name)] == [f"{name} 0", f"{name} 3"]


async def test_a_place_that_is_on_no_map_or_only_half_of_one_stays_out_and_is_not_left_away(house):
    nora = await an_official(house, "national_coordinator", "AU")
    name = f"School {next(NUMBERS)}"
    rows = [f";{name} {n};Sydney;{place}" for n, place in enumerate(("-33.9;151.2", "151.2;-33.9", "-33.9;"))]
    path, shown = await schools_of(house, nora, *rows, country="AU")
    assert shown["outcomes"] == {"new": 1, "wrong": 2}
    assert await wrong_rows(nora, path) == [(3, "Latitude", "place"), (4, "Latitude", "place_half")]


async def test_a_school_far_from_its_country_comes_in_with_a_yes(house, nora):
    name = f"ZŠ Daleká {next(NUMBERS)}"
    path, _ = await schools_of(house, nora, f";{name} 0;Most;{FAR}", f";{name} 1;Most;{HERE}")
    told(await nora.clusters.post(f"{path}/beginning", json={"sure": True}), 202)
    await house.catch_up()
    done = told(await nora.clusters.get(path))
    assert (done["done"], done["outcomes"]) == (2, {"new": 2})
    assert [row["latitude"] for row in await named_like(house, name)] == [31.95, 50.37]
    lines = await house.rows("clusters", "select cells, wrong from import_line where import_id = $1", done["id"])
    assert [tuple(line) for line in lines] == [([], []), ([], [])]


async def test_a_school_that_is_here_is_not_asked_about_and_one_that_looks_alike_says_it_with_its_choice(house, nora):
    base = next(NUMBERS)
    here, alike = f"ZŠ Zdejší {base}", f"ZŠ Podobná {base}"
    ids = [{"country": "CZ", "scheme": "RED-IZO", "number": f"{base}71"}]
    await a_school(house, name=here, town="Most", official_ids=ids)
    await a_school(house, name=alike, town="Most")
    path, shown = await schools_of(house, nora, f"{base}71;{here};Most;{FAR}", f"{base}72;{alike};Most;{FAR}")
    assert shown["outcomes"] == {"same": 1, "alike": 1}
    (row,) = await rows_of(nora, path, "alike")
    assert [one["code"] for one in row["wrong"]] == ["place_far"]
    told(await nora.clusters.post(f"{path}/beginning", json={"another": [3]}), 202)
    await house.catch_up()
    assert {row["latitude"] for row in await named_like(house, alike)} == {None, 31.95}
