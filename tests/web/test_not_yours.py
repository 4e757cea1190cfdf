"""A form that somebody may not send is not shown to them: nobody types for nothing."""

import pytest

from tests.people import an_official

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
