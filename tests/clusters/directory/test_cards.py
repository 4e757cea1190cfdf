"""What people say of themselves, and who sees what of it."""

from itertools import product
from uuid import UUID, uuid4

import pytest

from services.clusters.directory.cards.models import Circle
from services.clusters.directory.cards.seeing import circle_of, shown_to
from services.roster.standing import COORDINATOR, HEAD, MENTOR, TEACHER, Member, Standing
from tests.people import a_cluster, a_person, an_official, refusal, told, wrong_fields
from tests.pictures import a_picture, opened, taken_in_louny

SCHOOL, OTHER, CLUSTER, ELSEWHERE, CARA = [UUID(int=number) for number in range(1, 6)]
SAID = {"subjects": ["Maths", "Čeština"], "languages": ["cs", "en"], "shows": "Spoken feedback\nin thirty seconds."}


def works(school, role, cluster=CLUSTER, school_role="mentee"):
    return Member(id=uuid4(), standings=(Standing(school, role, cluster, school_role),))


READERS = {
    "herself": (Member(id=CARA), Circle.coordinators),
    "the coordinator of her school": (works(SCHOOL, COORDINATOR), Circle.coordinators),
    "the head of her school": (works(SCHOOL, HEAD), Circle.coordinators),
    "the coordinator of the mentor school": (works(OTHER, COORDINATOR, school_role=MENTOR), Circle.coordinators),
    "a teacher of the mentor school": (works(OTHER, TEACHER, school_role=MENTOR), Circle.clusters),
    "the coordinator of another mentee school": (works(OTHER, COORDINATOR), Circle.clusters),
    "a colleague": (works(SCHOOL, TEACHER), Circle.school),
    "a colleague in no cluster": (works(SCHOOL, TEACHER, None, None), Circle.school),
    "a mentor of another cluster": (works(OTHER, COORDINATOR, ELSEWHERE, MENTOR), Circle.everyone),
    "the ministry": (Member(id=uuid4(), offices=(("national_coordinator", "CZ"),)), Circle.everyone),
    "a program of her cluster for herself": (
        Member(id=CARA, client=uuid4(), bound_to=CLUSTER, standings=works(SCHOOL, COORDINATOR).standings),
        Circle.clusters,
    ),
    "a program": (Member(client=uuid4(), bound_to=CLUSTER), Circle.everyone),
}


@pytest.mark.parametrize(("reader", "circle"), READERS.values(), ids=READERS)
def test_each_reader_stands_in_one_circle_around_her(reader, circle):
    assert circle_of(reader, CARA, [SCHOOL], [CLUSTER]) == circle


@pytest.mark.parametrize(("reader", "wide"), list(product(Circle, Circle)))
def test_a_circle_sees_what_is_for_it_or_for_a_wider_one(reader, wide):
    order = list(Circle)
    portrait = uuid4()
    said = SAID | {"portrait_id": portrait} | dict.fromkeys(("subjects_for", "shows_for", "portrait_for"), wide)
    nothing = {"subjects": [], "languages": [], "shows": "", "portrait_id": None}
    sees = order.index(reader) <= order.index(wide)
    assert shown_to(reader, said) == (SAID | {"portrait_id": portrait} if sees else nothing)


def test_each_part_has_a_circle_of_its_own():
    said = SAID | {"portrait_id": CARA, "subjects_for": "school", "shows_for": "everyone", "portrait_for": "clusters"}
    seen = shown_to(Circle.clusters, said)
    assert seen == {"subjects": [], "languages": [], "shows": SAID["shows"], "portrait_id": CARA}


async def introduce(asker, **more):
    return told(await asker.clusters.put("/v1/me/card", json=SAID | more))


async def set_portrait(asker, content=None):
    sent = {"file": ("me.jpg", content or a_picture(), "image/jpeg")}
    return told(await asker.clusters.put("/v1/me/portrait", files=sent))["portrait_id"]


async def page(asker, person):
    return told(await asker.clusters.get(f"/v1/people/{person.id}"))


async def test_who_says_nothing_is_seen_by_their_clusters_with_nothing(cluster):
    mine = told(await cluster.cara.clusters.get("/v1/me/card"))
    assert (mine["subjects"], mine["shows"], mine["portrait_id"]) == ([], "", None)
    assert {mine["subjects_for"], mine["shows_for"], mine["portrait_for"]} == {"clusters"}
    assert (await page(cluster.anna, cluster.cara))["subjects"] == []


async def test_she_sees_how_people_of_her_clusters_see_her(cluster):
    mine = await introduce(cluster.cara, shows_for="school")
    assert mine["shows"] == SAID["shows"]
    assert mine["seen_by_my_clusters"] == {
        "subjects": SAID["subjects"],
        "languages": SAID["languages"],
        "shows": "",
        "portrait_id": None,
    }
    seen = await page(cluster.marie, cluster.cara)
    assert {name: seen[name] for name in mine["seen_by_my_clusters"]} == mine["seen_by_my_clusters"]
    assert (await page(cluster.dan, cluster.cara))["shows"] == SAID["shows"]


async def test_subjects_of_the_school_are_offered_as_the_language_sorts_them(cluster):
    shown = told(await cluster.ben.clusters.get(f"/v1/schools/{cluster.mentee}"))
    subjects = {"subjects": ["Fyzika", "Dějepis", "Čeština"]}
    told(await cluster.ben.clusters.put(f"/v1/schools/{cluster.mentee}", json=shown | subjects))
    mine = told(await cluster.hana.clusters.get("/v1/me/card"))
    assert mine["subjects_of_my_schools"] == ["Čeština", "Dějepis", "Fyzika"]


async def test_a_subject_stands_once_in_its_first_spelling(cluster):
    mine = await introduce(cluster.cara, subjects=["Čeština", "cestina", " Maths "])
    assert mine["subjects"] == ["Čeština", "Maths"]


@pytest.mark.parametrize(
    ("said", "where", "code"),
    [
        ({"subjects": ["x"] * 21}, "/subjects", "too_long"),
        ({"subjects": ["a\nb"]}, "/subjects/0", "string_pattern_mismatch"),
        ({"languages": ["Czech"]}, "/languages/0", "string_pattern_mismatch"),
        ({"shows": "x" * 601}, "/shows", "string_too_long"),
        ({"portrait_for": "the web"}, "/portrait_for", "enum"),
    ],
)
async def test_what_is_too_much_is_said_beside_it(cluster, said, where, code):
    assert wrong_fields(await cluster.cara.clusters.put("/v1/me/card", json=said)) == {where: code}


async def test_titles_stand_beside_the_name_and_stay_when_left_out(cluster):
    profile = {"name": "Cara Sykes", "language": "en", "zone": "UTC"}
    titled = {"title_before": " PaedDr. ", "title_after": "Ph.D."}
    told(await cluster.cara.clusters.put("/v1/me", json=profile | titled))
    told(await cluster.cara.clusters.put("/v1/me", json=profile))
    seen = await page(cluster.ben, cluster.cara)
    assert (seen["title_before"], seen["name"], seen["title_after"]) == ("PaedDr.", "Cara Sykes", "Ph.D.")
    told(await cluster.cara.clusters.put("/v1/me", json=profile | {"title_after": ""}))
    assert (await page(cluster.ben, cluster.cara))["title_after"] == ""
    long = await cluster.cara.clusters.put("/v1/me", json=profile | {"title_before": "x" * 61})
    assert wrong_fields(long) == {"/title_before": "string_too_long"}


async def seen_portrait(asker, person, size="large"):
    return await asker.clusters.get(f"/v1/people/{person.id}/portrait", params={"size": size})


async def test_her_picture_is_a_square_without_what_the_camera_knew(cluster):
    await set_portrait(cluster.cara, taken_in_louny())
    for size, edge in (("small", 96), ("large", 384)):
        answer = await seen_portrait(cluster.ben, cluster.cara, size)
        image = opened(answer.content)
        assert (answer.headers["content-type"], image.format, image.size) == ("image/webp", "WEBP", (edge, edge))
        assert not image.getexif()
        assert b"Louny" not in answer.content


async def test_a_picture_is_seen_by_its_circle_alone(house, cluster):
    await set_portrait(cluster.cara)
    stranger = (await a_cluster(house)).anna
    nora = await an_official(house, "national_coordinator", "CZ")
    for circle, sees in (
        ("coordinators", {"cara", "ben", "hana", "anna"}),
        ("school", {"cara", "ben", "hana", "anna", "dan"}),
        ("clusters", {"cara", "ben", "hana", "anna", "dan", "marie"}),
        ("everyone", {"cara", "ben", "hana", "anna", "dan", "marie", "nora"}),
    ):
        await introduce(cluster.cara, portrait_for=circle)
        for name, asker in {**cluster.everybody, "nora": nora}.items():
            answer = await seen_portrait(asker, cluster.cara)
            assert answer.status_code == (200 if name in sees else 404), (circle, name)
        assert refusal(await seen_portrait(stranger, cluster.cara)) == (404, "not-found")
        assert refusal(await seen_portrait(house.guest, cluster.cara)) == (401, "unauthenticated")


async def test_a_new_picture_replaces_the_old_one_and_none_leaves_nothing(house, cluster):
    first, second = await set_portrait(cluster.cara), await set_portrait(cluster.cara, a_picture(colour="red"))
    assert first != second
    tags = [(await seen_portrait(cluster.ben, cluster.cara, size)).headers["etag"] for size in ("small", "large")]
    assert tags == [f'"{second}-small"', f'"{second}-large"']
    for _ in range(2):
        told(await cluster.cara.clusters.delete("/v1/me/portrait"), 204)
    assert refusal(await seen_portrait(cluster.cara, cluster.cara)) == (404, "not-found")
    assert await house.rows("clusters", "select 1 from portrait where person_id = $1", cluster.cara.id) == []


async def test_what_is_no_picture_is_said_beside_the_file(cluster):
    for content, code in ((b"<svg/>", "not_a_picture"), (b"", "not_a_picture")):
        sent = {"file": ("me.svg", content, "image/svg+xml")}
        assert wrong_fields(await cluster.cara.clusters.put("/v1/me/portrait", files=sent)) == {"/file": code}


async def test_strangers_cannot_tell_that_she_exists(house, cluster):
    await introduce(cluster.cara, subjects_for="everyone")
    stranger = (await a_cluster(house)).anna
    abroad = await an_official(house, "national_coordinator", "JO")
    for asker in (stranger, abroad):
        assert refusal(await asker.clusters.get(f"/v1/people/{cluster.cara.id}")) == (404, "not-found")
    nobody = await cluster.cara.clusters.get(f"/v1/people/{uuid4()}")
    assert refusal(nobody) == (404, "not-found")


async def test_a_page_names_no_school_and_no_cluster_out_of_sight(house, cluster):
    """Cara works at a school of another cluster as well, of which Anna knows nothing."""
    other = await a_cluster(house)
    await a_person(house, other.mentee, mail=cluster.addresses["cara"], name="Cara Sykes")
    await house.hear()
    seen = await page(cluster.anna, cluster.cara)
    assert [standing["school_id"] for standing in seen["standings"]] == [cluster.mentee]
    assert [one["id"] for standing in seen["standings"] for one in standing["clusters"]] == [cluster.id]
    assert len((await page(cluster.cara, cluster.cara))["standings"]) == 2


async def test_only_the_programme_and_they_themselves_see_an_office(house, cluster):
    demo = await house.as_service("demo")
    olga, nora = (
        await an_official(house, "programme_coordinator"),
        await an_official(house, "national_coordinator", "CZ"),
    )
    for asker in (olga, demo, nora):
        assert [one["kind"] for one in (await page(asker, nora))["offices"]] == ["national_coordinator"]
    assert refusal(await cluster.anna.clusters.get(f"/v1/people/{nora.id}")) == (404, "not-found")


async def test_a_change_is_told_without_what_was_said(house, cluster):
    await introduce(cluster.cara)
    await set_portrait(cluster.cara)
    told_of = "select data from fact where kind = 'card.changed' and data ->> 'person_id' = $1"
    rows = await house.rows("clusters", told_of, str(cluster.cara.id))
    assert [row["data"] for row in rows] == [{"person_id": str(cluster.cara.id)}] * 2
