"""How much somebody may bring."""

from functools import partial

from tests.clusters.doors.listing import a_csv, read
from tests.people import refusal, told, wrong_fields


async def test_a_list_of_a_school_is_not_endless_and_nobody_has_endless_lists(house, cluster):
    rows = [f"X;many{n}-{cluster.id}@school.test" for n in range(501)]
    bring = partial(read, cluster.ben, "people", school_id=cluster.mentee)
    assert wrong_fields(await bring(a_csv("Name;Mail", *rows))) == {"/file": "sheet_school"}
    made = [told(await bring(a_csv("Name;Mail", rows[n])), 201)["id"] for n in range(11)]
    assert refusal(await cluster.ben.clusters.get(f"/v1/imports/{made[0]}")) == (404, "not-found")
    for path in (f"/v1/imports/{one}" for one in made[1:]):
        for _ in range(2):
            told(await cluster.ben.clusters.put(f"{path}/columns", json={"columns": ["name", "mail"]}))
    trials = "select convert_from(payload, 'UTF8')::jsonb ->> 'import_id' as id from pgqueuer where entrypoint = $1"
    waiting = [row["id"] for row in await house.rows("clusters", trials, "import.try")]
    assert sorted(one for one in waiting if one in made) == sorted(made[1:])
    await house.catch_up()
    await house.rows("clusters", "update import set begun_at = now() where id = any($1)", made[1:])
    assert wrong_fields(await bring(a_csv("Name;Mail", rows[0]))) == {"/file": "lists_running"}
