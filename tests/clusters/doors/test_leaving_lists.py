"""Lists that others brought, when somebody whom they name leaves for good."""

import asyncio
from uuid import UUID

from services.clusters.doors.erasure.lists import erase_from_lists
from tests.clusters.doors.listing import a_csv, read
from tests.clusters.doors.listing import tried as tried_of
from tests.clusters.doors.test_erasure import by_link, erased, leave, rows_that_say
from tests.clusters.doors.test_forgetting_lists import headless
from tests.clusters.doors.test_school_lists import YEAR, a_list, bring, fresh, nora, some_rows, tried
from tests.people import a_person, told

__all__ = ["nora"]


async def somebody_who_leaves(house, cluster, name):
    mail = f"{name}-{cluster.id}@school.test"
    person = await a_person(house, cluster.mentee, name=name.title(), mail=mail, role="teacher")
    return await house.as_person(person["person_id"]), mail


async def test_who_leaves_for_good_takes_only_their_address_out_of_lists_of_others(house, cluster, nora):
    ann, mail = await somebody_who_leaves(house, cluster, "ann")
    base, other = fresh(), f"jo{mail}"
    rows = [
        f"{base};ZŠ Testov {base};Testov;write to {mail}.",
        f"{base + 1};ZŠ Testov {base + 1};Testov;{other}",
        f"{base + 2};ZŠ Testov {base + 2};;Ann, {mail}",
    ]
    data = "\n".join(["RED_IZO;NAME;TOWN;NOTE", *rows]).encode()
    made = told(await bring(nora, data), 201)
    path = f"/v1/imports/{made['id']}"
    told(await nora.clusters.put(f"{path}/columns", json=YEAR | {"columns": ["number", "name", "town", None]}))
    await house.catch_up()
    told(await leave(house, ann, mail), 202)
    await erased(house)
    (sheet,) = await house.rows("clusters", "select rows from import_sheet where import_id = $1", made["id"])
    assert [row[3] for row in sheet["rows"][1:]] == ["", other, ""]
    assert ("clusters", "import_line") not in await rows_that_say(house, f"Ann, {mail}")
    told(await nora.clusters.post(f"{path}/beginning", json={}), 202)
    await house.catch_up()
    done = told(await nora.clusters.get(path))
    assert (done["state"], done["outcomes"], done["done"]) == ("done", {"new": 2, "wrong": 1}, 2)


async def test_a_row_whose_name_went_stays_out_and_stops_nothing(house, nora):
    base = fresh()
    path, _ = await tried(house, nora, a_list(*some_rows(base, 2)))
    told(await nora.clusters.post(f"{path}/beginning", json={}), 202)
    empty = "update import_sheet set rows = jsonb_set(rows, '{3}', '[]') where import_id = $1"
    await house.rows("clusters", empty, path.rsplit("/", 1)[1])
    await house.catch_up()
    done = told(await nora.clusters.get(path))
    assert (done["state"], done["outcomes"], done["done"]) == ("done", {"new": 1, "wrong": 1}, 1)


async def test_who_leaves_while_a_list_is_tried_out_stands_in_none_of_its_rows(house, cluster, nora, monkeypatch):
    from services.clusters.doors.imports import actions

    ann, mail = await somebody_who_leaves(house, cluster, "ann")
    data = f"NAME;TOWN;NOTE\nZŠ Bez města {fresh()};;{mail}\n".encode()
    made = told(await bring(nora, data), 201)
    path = f"/v1/imports/{made['id']}"
    session = await by_link(house, mail)
    told(await nora.clusters.put(f"{path}/columns", json=YEAR | {"columns": ["name", "town", None]}))
    worked_out, loop = actions._lines, asyncio.get_running_loop()

    async def gone():
        told(await ann.clusters.post("/v1/me/erasure", json={"writings": "stay", "session": session}), 202)
        async with house.database("clusters").transaction() as db:
            await erase_from_lists(db, ann.id)

    def meanwhile(*given):
        monkeypatch.setattr(actions, "_lines", worked_out)
        asyncio.run_coroutine_threadsafe(gone(), loop).result()
        return worked_out(*given)

    monkeypatch.setattr(actions, "_lines", meanwhile)
    await actions.try_list(house.database("clusters"), UUID(made["id"]))
    (row,) = told(await nora.clusters.get(f"{path}/rows", params={"outcome": "wrong"}))["items"]
    assert row["cells"][2] == ""
    assert not await house.rows("clusters", "select from import_line where strpos(cells::text, $1) > 0", mail)


async def test_who_leaves_for_good_stands_in_no_list_and_takes_their_rows_along_before(house, cluster):
    mail = f"left-{cluster.id}@school.test"
    new = {"name": "Lída", "mail": mail, "role": "teacher"}
    person = await a_person(house, cluster.mentee, **new)
    lida = await house.as_person(person["person_id"])
    data = a_csv("Name;Mail", f"Lída;{mail.upper()}", f"Dana;dana-{cluster.id}@school.test")
    told(await read(cluster.ben, "people", data, school_id=cluster.mentee), 201)
    path, shown = await tried_of(house, cluster.ben, "people", data, school_id=cluster.mentee)
    assert shown["outcomes"] == {"same": 1, "new": 1}
    (mine,) = told(await lida.clusters.get("/v1/me/record"))["import_line"]
    assert (mine["mail"], mine["name"], mine["outcome"]) == (mail, "Lída", "same")
    told(await leave(house, lida, mail), 202)
    await erased(house)
    assert await rows_that_say(house, mail) == await rows_that_say(house, mail.upper()) == []
    assert told(await cluster.ben.clusters.get(path))["outcomes"] == {"new": 1}
    told(await cluster.ben.clusters.post(f"{path}/beginning", json={}), 202)
    await house.catch_up()
    assert told(await cluster.ben.clusters.get(path))["done"] == 1


async def test_who_leaves_for_good_does_not_stay_as_the_headings_of_a_list_that_has_none(house, cluster):
    ann, mail = await somebody_who_leaves(house, cluster, "ann")
    path = await headless(house, cluster, mail, f"ema-{cluster.id}@school.test")
    told(await leave(house, ann, mail), 202)
    await erased(house)
    assert await rows_that_say(house, mail) == []
    shown = told(await cluster.ben.clusters.get(path))
    assert [column["heading"] for column in shown["columns"]] == ["", ""]


async def test_headings_stay_when_somebody_leaves_of_whom_the_rows_say_something(house, cluster):
    ann, mail = await somebody_who_leaves(house, cluster, "ann")
    data = a_csv("Name;Mail", f"Ann;{mail}")
    path, _ = await tried_of(house, cluster.ben, "people", data, school_id=cluster.mentee)
    told(await leave(house, ann, mail), 202)
    await erased(house)
    shown = told(await cluster.ben.clusters.get(path))
    assert [(column["heading"], column["example"]) for column in shown["columns"]] == [("Name", ""), ("Mail", "")]
