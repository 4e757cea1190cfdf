"""A school leaves a cluster by its page, and comes back by being asked again."""

import pytest

from tests.clusters.doors.test_joining import asked, say
from tests.people import a_cluster, an_official, told
from tests.web.browser import form_to


@pytest.fixture
async def left(house):
    """A cluster of the test's own."""
    return await a_cluster(house)


@pytest.fixture
async def petra(house):
    return await an_official(house, "programme_coordinator")


def schools_of(page):
    return [link["href"].removeprefix("/schools/") for link in page.select("table.ledger th[scope=row] a")]


async def release(browser, cluster, role):
    page = await browser.see(f"/clusters/{cluster.id}")
    return await browser.submit(form_to(page, f"/memberships/{cluster.memberships[role]}/end"))


async def test_a_school_leaves_and_comes_back(house, web, left, petra):
    browser = await web.signed_in(petra)
    said = (await browser.see(f"/clusters/{left.id}")).select_one("table.ledger details.end").text
    assert ("lose their places in its coming events" in said, "It can be asked again." in said) == (True, True)
    answer = await release(browser, left, "mentee")
    assert "The school has left the cluster." in answer.page.text
    assert schools_of(answer.page) == [left.mentor]
    await house.catch_up()
    ben = await web.signed_in(left.ben)
    await ben.see(f"/clusters/{left.id}", 404)
    told(await say(left.ben, await asked(petra, left.id, left.mentee, role="mentee"), "acceptance"), 201)
    await web.hear()
    assert schools_of(await ben.see(f"/clusters/{left.id}")) == [left.mentor, left.mentee]


async def test_the_last_mentor_stays_and_the_page_says_why(web, left, petra):
    answer = await release(await web.signed_in(petra), left, "mentor")
    (why,) = answer.page.select("[role=alert]")
    assert answer.page.select("details[open]") == [why.find_parent("details")]
    assert (answer.status, "keeps a mentor" in why.text) == (409, True)
    assert schools_of(answer.page) == [left.mentor, left.mentee]


async def test_who_may_not_release_a_school_is_offered_nothing(web, left):
    page = await (await web.signed_in(left.anna)).see(f"/clusters/{left.id}")
    assert page.select("table.ledger details.end") == []
