"""What stood in the rows of a list goes soon after its end; what became of them, and what was wrong where, stays."""

import pytest

from kit.worker import sweep
from services.clusters.doors.imports.jobs import jobs
from tests.clusters.doors.listing import a_csv, read, rows_of, tried, wrong_rows
from tests.clusters.doors.test_erasure import rows_that_say
from tests.people import NUMBERS, an_official, refusal, told

OF_LISTS = ("import", "import_line", "import_sheet")


@pytest.fixture
async def nora(house):
    return await an_official(house, "national_coordinator", "CZ")


async def ended(house, cluster, *rows):
    path, _ = await tried(house, cluster.ben, "people", a_csv("Name;Mail;Notes", *rows), school_id=cluster.mentee)
    told(await cluster.ben.clusters.post(f"{path}/beginning", json={}), 202)
    await house.catch_up()
    return path


async def aged(house, path, column, hours):
    """So long ago, and then the hourly chore."""
    moved = f"update import set {column} = now() - $2 * interval '1 hour' where id = $1"
    await house.rows("clusters", moved, path.rsplit("/", 1)[1], hours)
    await sweep(jobs, house.context("clusters"))


async def lists_that_say(house, words):
    return sorted(table for _, table in await rows_that_say(house, words) if table in OF_LISTS)


async def test_names_and_addresses_go_half_a_day_after_the_end(house, cluster):
    mail, note = f"dana-{cluster.id}@school.test", f"note-{cluster.id}"
    wrong = f"ema-{cluster.id}@"
    path = await ended(house, cluster, f"Dana;{mail};{note}", f"Ema;{wrong};{note}")
    await aged(house, path, "ended_at", 11)
    assert await lists_that_say(house, mail) == ["import", "import_line"]
    assert await lists_that_say(house, wrong) == ["import_line"]
    shown = told(await cluster.ben.clusters.get(path))
    assert (shown["forgotten_at"], shown["said_until"] > shown["ended_at"]) == (None, True)
    await aged(house, path, "ended_at", 13)
    for words in (mail, wrong, note):
        assert await lists_that_say(house, words) == []
    shown = told(await cluster.ben.clusters.get(path))
    assert (shown["outcomes"], shown["done"], bool(shown["forgotten_at"])) == ({"new": 1, "wrong": 1}, 1, True)
    assert [column["heading"] for column in shown["columns"]] == ["Name", "Mail", "Notes"]
    assert await wrong_rows(cluster.ben, path) == [(3, "Mail", "mail")]
    (row,) = await rows_of(cluster.ben, path, "wrong")
    assert (row["name"], row["mail"], row["cells"], row["wrong"][0]["value"]) == ("", None, [], "")
    forgotten_at = shown["forgotten_at"]
    await aged(house, path, "ended_at", 14)
    assert told(await cluster.ben.clusters.get(path))["forgotten_at"] == forgotten_at


async def headless(house, cluster, first, second):
    """A list whose first row is somebody's, as it has no headings: who brings it says what its columns are."""
    data = a_csv(f"Dana Nová;{first}", f"Ema;{second}")
    path = f"/v1/imports/{told(await read(cluster.ben, 'people', data, school_id=cluster.mentee), 201)['id']}"
    told(await cluster.ben.clusters.put(f"{path}/columns", json={"columns": ["name", "mail"]}))
    await house.catch_up()
    return path


async def test_who_stands_in_the_first_row_of_a_list_without_headings_is_forgotten_too(house, cluster):
    mail = f"dana-{cluster.id}@school.test"
    path = await headless(house, cluster, mail, f"ema-{cluster.id}@")
    shown = told(await cluster.ben.clusters.get(path))
    assert [column["heading"] for column in shown["columns"]] == ["Dana Nová", mail]
    told(await cluster.ben.clusters.post(f"{path}/beginning", json={}), 202)
    await house.catch_up()
    await aged(house, path, "ended_at", 13)
    assert await lists_that_say(house, mail) == []
    shown = told(await cluster.ben.clusters.get(path))
    assert [column["heading"] for column in shown["columns"]] == ["", ""]
    assert await wrong_rows(cluster.ben, path) == [(2, "", "mail")]


async def test_a_list_that_runs_or_waits_keeps_its_rows(house, cluster):
    mails = [f"p{n}-{cluster.id}@school.test" for n in range(2)]
    path, _ = await tried(
        house, cluster.ben, "people", a_csv("Name;Mail", *(f"P;{mail}" for mail in mails)), school_id=cluster.mentee
    )
    await aged(house, path, "made_at", 6 * 24)
    assert await lists_that_say(house, mails[1]) == ["import_line", "import_sheet"]
    told(await cluster.ben.clusters.post(f"{path}/beginning", json={}), 202)
    await aged(house, path, "begun_at", 20)
    assert await lists_that_say(house, mails[1]) == ["import_line", "import_sheet"]
    await house.catch_up()
    assert told(await cluster.ben.clusters.get(path))["outcomes"] == {"new": 2}


async def test_a_list_that_failed_on_its_way_ends_after_a_week_and_its_rows_go_as_of_any_other(house, cluster):
    mail = f"dana-{cluster.id}@school.test"
    path, _ = await tried(house, cluster.ben, "people", a_csv("Name;Mail", f"D;{mail}"), school_id=cluster.mentee)
    told(await cluster.ben.clusters.post(f"{path}/beginning", json={}), 202)
    failed = "delete from pgqueuer where convert_from(payload, 'UTF8')::jsonb ->> 'import_id' = $1"
    await house.rows("clusters", failed, path.rsplit("/", 1)[1])
    await aged(house, path, "begun_at", 6 * 24)
    assert told(await cluster.ben.clusters.get(path))["state"] == "running"
    await aged(house, path, "begun_at", 8 * 24)
    shown = told(await cluster.ben.clusters.get(path))
    assert (shown["state"], shown["done"], shown["forgotten_at"]) == ("stopped", 0, None)
    assert await lists_that_say(house, mail) == ["import", "import_line"]
    await aged(house, path, "ended_at", 13)
    assert await lists_that_say(house, mail) == []


async def test_a_list_that_nobody_began_goes_within_a_week_and_one_that_came_in_within_a_month(house, cluster):
    mail = f"dana-{cluster.id}@school.test"
    path, _ = await tried(house, cluster.ben, "people", a_csv("Name;Mail", f"D;{mail}"), school_id=cluster.mentee)
    await aged(house, path, "made_at", 8 * 24)
    assert refusal(await cluster.ben.clusters.get(path)) == (404, "not-found")
    assert await lists_that_say(house, mail) == []
    path = await ended(house, cluster, f"Dana;{mail};")
    await aged(house, path, "made_at", 8 * 24)
    told(await cluster.ben.clusters.get(path))
    await aged(house, path, "made_at", 31 * 24)
    assert refusal(await cluster.ben.clusters.get(path)) == (404, "not-found")


async def test_schools_are_still_named(house, nora):
    name = f"ZŠ Pamětní {next(NUMBERS)}"
    path, _ = await tried(house, nora, "schools", a_csv("Name;Town;Website", f"{name};Most;x y z", "B;Most;"), "R")
    told(await nora.clusters.post(f"{path}/beginning", json={}), 202)
    await house.catch_up()
    await aged(house, path, "ended_at", 13)
    (row,) = await rows_of(nora, path, "wrong")
    assert (row["name"], row["town"], row["cells"], row["wrong"][0]["code"]) == (name, "Most", [], "website")
