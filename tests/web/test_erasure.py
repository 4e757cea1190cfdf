"""Somebody leaves for good from their profile: what goes is said before, and pages say that somebody left."""

from tests.clusters.doors.test_erasure import erased
from tests.diaries.writing import comment, published
from tests.people import told
from tests.web.browser import fields_of, form_to
from tests.web.test_sign_in import mailed_link


async def come_by_link(web, cluster, who):
    browser = web.guest()
    await browser.submit(form_to(await browser.see(await mailed_link(web, cluster.addresses[who])), "/sign-in/link"))
    return browser


async def test_a_teacher_leaves_and_pages_say_that_somebody_left(house, web, cluster, ben):
    entry = await published(cluster.cara, cluster, "everyone")
    asked = await published(cluster.ben, cluster)
    told(await comment(cluster.cara, asked), 201)
    guest = web.guest()
    assert "Cara Sykes" in (await guest.see(f"/entries/{entry}")).text
    cara = await come_by_link(web, cluster, "cara")
    page = await cara.see("/profile")
    (to,) = page.select("a[href='/profile/leaving']")
    page = await cara.see(to["href"])
    assert "Nobody can undo this." in page.text
    assert page.select("input[name=writings][checked]") == []
    unsaid = await cara.submit(form_to(page, "/profile/leaving"))
    assert (unsaid.status, unsaid.page.select_one("#writings-error").text) == (422, "Choose one of these.")
    answer = await cara.submit(form_to(unsaid.page, "/profile/leaving"), writings="stay")
    assert (answer.path, "You have left." in answer.page.text) == ("/", True)
    assert (await cara.see("/profile", status=200)).select("form[action='/sign-in']")
    await erased(house)
    await web.hear()
    for browser, path in ((guest, f"/entries/{entry}"), (ben, f"/entries/{asked}")):
        text = (await browser.see(path)).text
        assert ("Somebody who left" in text, "Cara" in text) == (True, False)
    assert "Somebody who left asks" in (await ben.see("/notices")).text


async def test_who_came_in_otherwise_is_told_how_and_keeps_what_they_chose(cluster, ben, web):
    cara = await web.signed_in(cluster.cara)
    answer = await cara.submit(form_to(await cara.see("/profile/leaving"), "/profile/leaving"), writings="go")
    assert answer.status == 409
    (why,) = answer.page.select("[role=alert]")
    assert "come in by a link by mail first" in why.text
    assert answer.page.select_one("input[name=writings][checked]")["value"] == "go"
    form = form_to(answer.page, "/sign-in")
    assert (fields_of(form)["mail"], fields_of(form)["to"]) == (cluster.addresses["cara"], "/profile/leaving")
    assert cluster.addresses["cara"] in (await cara.submit(form)).page.text


async def test_who_leads_a_school_alone_is_told_who_has_to_follow(cluster, ben):
    page = await ben.see("/profile/leaving")
    assert not page.select("form[action='/profile/leaving']")
    assert page.select(f"a[href='/schools/{cluster.mentee}']")
