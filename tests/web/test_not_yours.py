"""A form that somebody may not send is not shown to them: nobody types for nothing."""

import pytest

from tests.people import a_cluster, accept, an_official, told
from tests.web.making import an_entry

OF_OFFICES = ["/clusters/new", "/schools/new", "/bring-in/schools", "/bring-in/memberships"]


@pytest.fixture
async def nora(house, web):
    return await web.signed_in(await an_official(house, "national_coordinator", "CZ"))


@pytest.mark.parametrize("path", OF_OFFICES)
async def test_who_holds_no_office_reads_who_could_instead_of_its_form(ben, path):
    page = await ben.see(path, 403)
    assert not page.select("main form")
    assert "the national coordinator, the programme coordinator" in page.text


async def test_a_school_is_edited_and_proposes_a_cluster_by_its_leaders_alone(house, ben):
    ((school,),) = await house.rows("clusters", "select school_id from staff where ended_at is null limit 1")
    for path in (f"/schools/{school}/edit", f"/schools/{school}/clusters"):
        assert not (await ben.see(path, 403)).select("main form")


@pytest.mark.parametrize("path", ["/clusters/new", "/schools/new", "/bring-in/schools"])
async def test_a_national_coordinator_chooses_among_their_own_countries(nora, path):
    options = (await nora.see(path)).select("#country option")
    assert [option["value"] for option in options] == ["", "CZ"]


async def test_a_meeting_is_planned_by_those_alone_whom_events_lets_plan(house, web, cluster, nora):
    """In a top-down cluster the mentor coordinator and the office; in a bottom-up one everybody."""
    free = await a_cluster(house, "bottom_up")
    planners = {"anna": cluster.anna, "marie of the free one": free.marie}
    for name, person in planners.items() | {"the office": None}.items():
        browser = await web.signed_in(person) if person else nora
        assert (await browser.see("/events")).select('a[href="/events/new"]'), name
    for person in (cluster.marie, cluster.ben, cluster.cara):
        browser = await web.signed_in(person)
        for path in ("/events", f"/clusters/{cluster.id}", "/"):
            assert not (await browser.see(path)).select('a[href^="/events/new"]'), path
        for path in ("/events/new", f"/events/new?cluster={cluster.id}"):
            page = await browser.see(path, 403)
            assert (page.select("main form"), "a coordinator of the mentor school" in page.text) == ([], True)
    (plan,) = (await nora.see(f"/clusters/{cluster.id}")).select('a[href^="/events/new"]')
    assert (await nora.see(plan["href"])).select_one("#title")


async def test_an_office_elsewhere_plans_no_meeting_of_the_school_where_somebody_works(house, web, cluster):
    official = await an_official(house, "national_coordinator", "JO")
    (row,) = await house.rows("clusters", "select mail from address where person_id = $1", official.id)
    new = {"name": "Olga", "mail": row["mail"], "works_at_both": True}
    asked = told(await cluster.ben.clusters.post(f"/v1/schools/{cluster.mentee}/invitations", json=new), 201)["id"]
    told(await accept(official, asked), 201)
    await web.hear()
    browser = await web.signed_in(official)
    page = await browser.see(f"/clusters/{cluster.id}")
    assert page.select("#events")
    assert not page.select('a[href^="/events/new"]')
    assert not (await browser.see(f"/events/new?cluster={cluster.id}", 403)).select("main form")
    assert not (await browser.see("/events/new")).select('form[action="/events"]')


async def test_what_nobody_may_do_in_a_closed_cluster_has_no_form(house, web, cluster, nora):
    entry = await an_entry(cluster.cara, cluster, "cluster")
    told(await cluster.cara.diaries.put(f"/v1/entries/{entry}/publication", json={"reach": "cluster"}))
    anna, cara = await web.signed_in(cluster.anna), await web.signed_in(cluster.cara)
    assert not (await anna.see(f"/entries/{entry}/removal", 403)).select("main form")
    assert (await cara.see(f"/entries/{entry}/removal")).select("main form")
    demo = await house.as_service("demo")
    told(await demo.clusters.put(f"/v1/clusters/{cluster.id}/closure", json={"word": ""}))
    await web.hear()
    assert not (await anna.see(f"/clusters/{cluster.id}/tools/new", 403)).select("main form")
    assert not (await anna.see(f"/events/new?cluster={cluster.id}", 403)).select("main form")
    assert not (await cara.see("/entries/new")).select("main form")
    retracting = f"/entries/{entry}/publication/end"
    assert (await cara.see(retracting)).select(f'main form[action="{retracting}"]')
