"""Which school is in which cluster, from a spreadsheet: each school is asked, and none is put there."""

from uuid import UUID

import pytest

from tests.clusters.doors.listing import a_csv, brought_in, read, tried, wrong_rows
from tests.clusters.doors.test_joining import a_led_school
from tests.people import NUMBERS, a_cluster, a_school, an_official, refusal, told

HEADING = "Cluster;Approach;School number;Role"


@pytest.fixture
async def nora(house):
    return await an_official(house, "national_coordinator", "CZ")


@pytest.fixture
async def numbers(house):
    """Three schools, by their numbers."""
    base = f"0{next(NUMBERS)}55"
    for n in range(3):
        ids = [{"country": "CZ", "scheme": "RED-IZO", "number": f"{base}{n}"}]
        await a_school(house, name=f"ZŠ Člen {base}{n}", official_ids=ids)
    return [f"{base}{n}" for n in range(3)]


async def named(house, cluster_id):
    return (await house.rows("clusters", "select name from cluster where id = $1", cluster_id))[0]["name"]


async def asked(house, cluster):
    rows = await house.rows(
        "clusters",
        "select school.name, invitation.role, invitation.answer from school_invitation invitation "
        "join cluster on cluster.id = cluster_id join school on school.id = school_id "
        "where cluster.name = $1 order by school.name",
        cluster,
    )
    return [tuple(row) for row in rows]


async def test_schools_are_asked_into_a_cluster_that_the_list_forms_and_the_same_again_asks_nobody(
    house, nora, numbers
):
    name = f"Klastr {numbers[0]}"
    data = a_csv(
        HEADING,
        f"{name};zřizuje ministerstvo;{numbers[0]};mentorská škola",
        f"{name.upper()};top-down;{numbers[1].lstrip('0')};mentee",
        f"{name};ministry;{numbers[2]};مدرسة مسترشدة",
    )
    path, shown = await tried(house, nora, "memberships", data, "RED-IZO")
    assert shown["outcomes"] == {"new": 3}
    assert not await house.rows("clusters", "select from cluster where name = $1", name)
    told(await nora.clusters.post(f"{path}/beginning", json={}), 202)
    await house.catch_up()
    done = told(await nora.clusters.get(path))
    assert (done["state"], done["done"]) == ("done", 3)
    schools = [f"ZŠ Člen {number}" for number in numbers]
    expected = [(school, role, None) for school, role in zip(schools, ("mentor", "mentee", "mentee"), strict=True)]
    assert await asked(house, name) == expected
    (formed,) = await house.rows("clusters", "select id, approach, country, zone from cluster where name = $1", name)
    assert tuple(formed)[1:] == ("top_down", "CZ", "Europe/Prague")
    assert not await house.rows("clusters", "select from membership where cluster_id = $1", formed["id"])
    assert (await brought_in(house, nora, "memberships", data, "RED-IZO"))["outcomes"] == {"waiting": 3}
    assert await asked(house, name) == expected
    by_id = a_csv("Cluster;School;Town;Role", f"{formed['id']};{schools[0]};Praha;mentor")
    assert (await tried(house, nora, "memberships", by_id))[1]["outcomes"] == {"waiting": 1}


async def test_a_school_belongs_once_its_own_coordinator_says_yes(house, cluster, nora):
    school, leader = await a_led_school(house)
    await house.rows("clusters", "update school set name = $2 where id = $1", school, f"ZŠ {school}")
    data = a_csv("Cluster;School;Town;Role", f"{cluster.id};ZŠ {school};Praha;mentee")
    await brought_in(house, nora, "memberships", data)
    (waiting,) = told(await leader.clusters.get("/v1/me"))["school_invitations"]
    told(await leader.clusters.post(f"/v1/school-invitations/{waiting['id']}/acceptance", json={}), 201)
    assert (await tried(house, nora, "memberships", data))[1]["outcomes"] == {"same": 1}
    other = a_csv("Cluster;School;Town;Role", f"{cluster.id};ZŠ {school};Praha;mentor")
    path, _ = await tried(house, nora, "memberships", other)
    assert await wrong_rows(nora, path) == [(2, "Role", "role_another")]


async def test_every_problem_has_its_row_and_its_column(house, nora, numbers):
    first, second, third = numbers
    bottom_up, closed = await a_cluster(house, "bottom_up"), await a_cluster(house)
    told(await nora.clusters.put(f"/v1/clusters/{closed.id}/closure", json={}))
    known, new = await named(house, (await a_cluster(house)).id), f"Nový {first}"
    path, shown = await tried(
        house,
        nora,
        "memberships",
        a_csv(
            HEADING,
            f";top-down;{first};mentor",
            f"{known};;{first};king",
            f"{known};sideways;{first};mentee",
            f"{known};;1234{first};mentee",
            f"{known};bottom-up;{first};mentee",
            f"{await named(house, bottom_up.id)};;{first};mentee",
            f"{await named(house, closed.id)};;{first};mentee",
            f"{new};;{first};mentor",
            f"{new};bottom-up;{second};mentor",
            f"{new};top-down;{third};mentee",
            f"01a218dc-97d9-7631-8737-1bbc7e3bef67;top-down;{first};mentor",
            f"{known};;{first};mentee",
            f"{known};;{first};mentor",
        ),
        "RED-IZO",
    )
    assert await wrong_rows(nora, path) == [
        (2, "Cluster", "missing"),
        (3, "Role", "role"),
        (4, "Approach", "approach"),
        (5, "School number", "school_unknown"),
        (6, "Approach", "approach_another"),
        (7, "Cluster", "cluster_of_schools"),
        (8, "Cluster", "cluster_closed"),
        (9, "Approach", "approach_missing"),
        (10, "Approach", "approach_of_schools"),
        (11, "Role", "no_mentor"),
        (12, "Cluster", "cluster_unknown"),
        (14, "School number", "twice"),
    ]
    assert shown["outcomes"] == {"wrong": 12, "new": 1}
    assert await asked(house, known) == []


async def test_a_school_that_said_no_lately_or_is_asked_too_often_stays_out(house, nora, numbers):
    school, leader = await a_led_school(house)
    await house.rows("clusters", "update school set name = $2 where id = $1", school, f"ZŠ {school}")
    clusters = [await named(house, (await a_cluster(house)).id) for _ in range(4)]
    rows = [f"{name};ZŠ {school};Praha;mentee" for name in clusters]
    path, shown = await tried(house, nora, "memberships", a_csv("Cluster;School;Town;Role", *rows))
    assert shown["outcomes"] == {"new": 3, "wrong": 1}
    assert await wrong_rows(nora, path) == [(5, "School", "school_asked_too_often")]
    await brought_in(house, nora, "memberships", a_csv("Cluster;School;Town;Role", rows[0]))
    (waiting,) = told(await leader.clusters.get("/v1/me"))["school_invitations"]
    told(await leader.clusters.post(f"/v1/school-invitations/{waiting['id']}/refusal", json={}), 204)
    path, _ = await tried(house, nora, "memberships", a_csv("Cluster;School;Town;Role", rows[0]))
    assert await wrong_rows(nora, path) == [(2, "School", "school_declined")]


async def test_the_programme_coordinator_asks_schools_into_any_cluster(house, numbers):
    cluster = await a_cluster(house, "bottom_up")
    data = a_csv(HEADING, f"{cluster.id};;{numbers[0]};lab")
    petra = await an_official(house, "programme_coordinator")
    done = await brought_in(house, petra, "memberships", data, "RED-IZO")
    assert (done["outcomes"], done["done"]) == ({"new": 1}, 1)
    told_of = "select distinct office from fact where cluster_id = $1 and actor_id = $2"
    offices = await house.rows("clusters", told_of, UUID(cluster.id), petra.id)
    assert [row["office"] for row in offices] == ["programme_coordinator"]


@pytest.mark.parametrize("names", [("C++", "C#"), ("★", "—")])
async def test_clusters_whose_names_differ_in_signs_are_two(house, nora, numbers, names):
    signs = [f"{name};top-down;{one};mentor" for name, one in zip(names, numbers, strict=False)]
    done = await brought_in(house, nora, "memberships", a_csv(HEADING, *signs), "RED-IZO")
    assert (done["outcomes"], done["done"]) == ({"new": 2}, 2)
    assert [await asked(house, name) for name in names] == [[(f"ZŠ Člen {one}", "mentor", None)] for one in numbers[:2]]


async def test_a_name_that_nobody_could_read_stays_out(house, nora, numbers):
    data = a_csv(HEADING, f"\u200b;top-down;{numbers[0]};mentor")
    path, _ = await tried(house, nora, "memberships", data, "RED-IZO")
    assert await wrong_rows(nora, path) == [(2, "Cluster", "unusable")]


async def test_who_leads_a_school_brings_no_memberships(cluster):
    data = a_csv(HEADING, "X;;1;mentor")
    assert refusal(await read(cluster.ben, "memberships", data)) == (403, "forbidden")
    assert refusal(await read(cluster.ben, "memberships", data, country="CZ", school_id=cluster.mentee)) == (
        403,
        "forbidden",
    )
