"""Where a page sends people to who runs the house, it says to which address, once the programme has one."""

import pytest

from tests.empty_house import NAMED, without_programme
from tests.people import an_official, told
from tests.provider.running import signed_in_there
from tests.provider.visiting import but, comes_back, led_on, sent_on
from tests.web.browser import form_to
from tests.web.test_erasure import come_by_link
from tests.web.test_second_step import arrives, sets_up

CONTACT = f"mailto:{NAMED['contact']}"


@pytest.fixture(params=[NAMED["contact"], "", None], ids=["a contact", "no contact", "no programme"])
async def links(house, request):
    """How many lead to the contact of the programme: one, or none while it says nothing of one or has no name."""
    async with without_programme(house):
        if request.param is not None:
            petra = await an_official(house, "programme_coordinator")
            told(await petra.clusters.put("/v1/programme", json=NAMED | {"contact": request.param}))
        yield 1 if request.param else 0


def to_contact(page):
    return len(page.select(f"main a[href='{CONTACT}']"))


async def test_who_has_neither_app_nor_code_reads_whom_to_write_to(web, cluster, links):
    await sets_up(await come_by_link(web, cluster, "ben"))
    ben, answer = await arrives(web, cluster, "ben")
    assert to_contact(answer.page) == links
    answer = await ben.submit(form_to(answer.page, "/sign-in/step"), code="000000")
    assert (answer.status, to_contact(answer.page)) == (422, links)


async def test_a_link_that_opens_nothing_tells_nobody_the_address(web, links):
    assert to_contact(await web.guest().see("/open-house?key=x", 410)) == 0


async def test_who_is_to_tell_what_a_provider_says_reads_it_beside_that(web, providers, cluster, ben, links):
    region, guest = providers["region"], web.guest()
    subject = await region.has(f"c-{cluster.id}")
    assert to_contact(await guest.see("/sign-in")) == 0
    back = but(await signed_in_there(await sent_on(guest, region), subject), iss="https://evil.test")
    answer = await comes_back(guest, back)
    assert (answer.status, to_contact(answer.page)) == (409, links)
    answer = await comes_back(guest, back)
    assert (answer.status, to_contact(answer.page)) == (410, 0)
    back = but(await signed_in_there(await led_on(ben, region), subject), iss="https://evil.test")
    answer = await comes_back(ben, back)
    assert (answer.status, to_contact(answer.page.select_one("#identities"))) == (409, links)
