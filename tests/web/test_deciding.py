"""How a cluster decides, in words, as the policies of the services say it."""

import pytest

from tests.people import a_cluster

NATIONAL, ANYBODY = "the national coordinator", "any member of the cluster"
GROUP = "the cluster itself, by a proposal"


@pytest.mark.parametrize(
    ("approach", "asks", "plans"),
    [
        ("top_down", "the national coordinator · the programme coordinator", False),
        (
            "bottom_up",
            "a coordinator of the mentor school · the cluster itself, by a proposal · the programme coordinator",
            True,
        ),
    ],
)
async def test_a_cluster_says_who_decides_in_it_and_who_would_elsewhere(house, web, approach, asks, plans):
    cluster = await a_cluster(house, approach)
    browser = await web.signed_in(cluster.cara)
    (link,) = (await browser.see(f"/clusters/{cluster.id}")).select('main a[href$="/how-we-decide"]')
    page = await browser.see(link["href"])
    said = {
        item.select_one("b").text: [" ".join(line.text.split()) for line in item.select("span")]
        for item in page.select("section li")
    }
    here, elsewhere = said["Ask a school into the cluster"]
    assert here == asks
    assert (NATIONAL in elsewhere) == (approach == "bottom_up")
    here, elsewhere = said["Plan a meeting"]
    assert (ANYBODY in here, ANYBODY in elsewhere) == (plans, not plans)
    here, elsewhere = said["Write in the plan of a year"]
    assert (ANYBODY in here) == plans
    assert len(said) == 12
