"""The list of schools asked into a cluster is walked to its end, where it is read and where they are asked."""

import pytest

from tests.clusters.doors.test_joining import asked
from tests.people import a_cluster, a_school, an_official


@pytest.fixture
async def asking(house):
    """A cluster of the test's own, and three schools that are asked into it."""
    cluster, olga = await a_cluster(house), await an_official(house, "programme_coordinator")
    schools = [await a_school(house) for _ in range(3)]
    for school in schools:
        await asked(olga, cluster.id, school)
    return cluster, olga, {f"/schools/{school}" for school in schools}


@pytest.mark.parametrize("page", ["", "/schools"])
async def test_the_list_is_walked_to_its_end(web, asking, monkeypatch, page):
    monkeypatch.setattr("web.clients.clusters.joining.MOST_ASKED", 2)
    cluster, olga, schools = asking
    browser, path, seen = await web.signed_in(olga), f"/clusters/{cluster.id}{page}", []
    while path:
        section = (await browser.see(path)).select_one("section[aria-labelledby=asked]")
        seen += [link["href"] for link in section.select("li a[href^='/schools/']")]
        further = section.select_one("a[rel=next]")
        path = further and further["href"]
    assert sorted(seen) == sorted(schools)
