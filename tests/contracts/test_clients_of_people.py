"""Contracts of web's clients of people: what they say of themselves, and what others see of it."""

from uuid import UUID, uuid4

from tests.contracts.conftest import refused
from tests.empty_house import NAMED, without_programme
from tests.people import an_official
from tests.pictures import a_picture
from web.clients.clusters.cards import Cards
from web.clients.clusters.clusters import Clusters
from web.clients.clusters.colleagues import Colleagues
from web.clients.clusters.people import People
from web.clients.clusters.programme import Programmes
from web.clients.clusters.schools import Schools

PICTURE = ("me.jpg", a_picture(), "image/jpeg")
SAID = {"subjects": ["Maths"], "languages": ["cs"], "shows": "Robots", "shows_for": "school"}


async def test_cards(cluster, asked_as):
    cards, people = asked_as(cluster.cara, Cards), asked_as(cluster.cara, People)
    await cards.change(SAID)
    mine = await cards.show()
    assert (mine.subjects, mine.shows, mine.shows_for, mine.portrait_for) == (["Maths"], "Robots", "school", "clusters")
    assert (mine.seen_by_my_clusters.subjects, mine.seen_by_my_clusters.shows) == (["Maths"], "")
    assert mine.seen_by_my_clusters.says_something
    assert await refused(cards.change({"shows": "x" * 700})) == 422
    assert await refused(cards.set_portrait(None)) == 422
    await cards.set_portrait(PICTURE)
    assert (await cards.show()).portrait_id == (await people.me()).portrait_id
    await cards.remove_portrait()
    assert (await people.me()).portrait_id is None


async def test_colleagues(cluster, asked_as):
    colleagues = asked_as(cluster.marie, Colleagues)
    await asked_as(cluster.cara, People).change_profile(
        name="Cara Sykes", language="en", zone="UTC", title_before="Mgr.", title_after="Ph.D."
    )
    await asked_as(cluster.cara, Cards).change(SAID)
    await asked_as(cluster.cara, Cards).set_portrait(PICTURE)
    cara = await colleagues.show(cluster.cara.id)
    assert (cara.formally, cara.initials, cara.subjects, cara.shows) == ("Mgr. Cara Sykes, Ph.D.", "CS", ["Maths"], "")
    (standing,) = cara.standings
    assert (standing.role, standing.town, [one.id for one in standing.clusters]) == (
        "teacher",
        "Praha",
        [UUID(cluster.id)],
    )
    picture = await colleagues.portrait(cara.id, "small", None)
    assert picture.headers["content-type"] == "image/webp"
    assert (await colleagues.portrait(cara.id, "small", picture.headers["etag"])).status_code == 304
    assert await refused(colleagues.show(uuid4())) == 404
    by_subject = await asked_as(cluster.marie, Clusters).people(UUID(cluster.id), by="subject", q="sykes")
    assert [(one.subject, one.portrait_id) for one in by_subject.items] == [("Maths", cara.portrait_id)]
    staff = await asked_as(cluster.marie, Schools).people(UUID(cluster.mentee))
    assert "Mgr. Cara Sykes, Ph.D." in [one.formally for one in staff.items]


async def test_the_logo_of_the_programme(house, asked_as):
    async with without_programme(house):
        programmes = asked_as(await an_official(house, "programme_coordinator"), Programmes)
        assert await refused(programmes.set_logo(PICTURE)) == 404
        await programmes.change(None, NAMED)
        assert await refused(programmes.set_logo(None)) == 422
        assert await refused(programmes.logo("small", None)) == 404
        await programmes.set_logo(PICTURE)
        shown = await programmes.show()
        assert (shown.version, shown.logo.width, shown.logo.height) == (2, 1200, 900)
        assert (await programmes.logo("large", None)).headers["etag"] == f'"{shown.logo.id}-large"'
        await programmes.remove_logo()
        assert (await programmes.show()).logo is None
