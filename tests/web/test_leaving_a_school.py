"""Leaving a school, or its lead, on the page about oneself: what it does stands there before."""

from tests.web.browser import form_to


def end_of(cluster, name, what="end"):
    return f"/profile/schools/{cluster.staff[name]}/{what}"


async def test_a_teacher_reads_what_goes_and_leaves(web, cluster):
    browser = await web.signed_in(cluster.cara)
    page = await browser.see("/profile")
    section = page.select_one("#where-i-am")
    assert "places in their coming events go free" in " ".join(section.get_text().split())
    assert "keeps a coordinator" not in section.get_text()
    assert [form["action"] for form in section.select("form")] == [end_of(cluster, "cara")]
    after = await browser.submit(form_to(page, end_of(cluster, "cara")))
    section = after.page.select_one("#where-i-am")
    assert "You have left the school." in section.select_one("[role=status]").get_text()
    assert "You work at no school here" in section.get_text()
    assert section.select("form") == []
    again = await browser.submit(form_to(page, end_of(cluster, "cara")))
    assert "You have left the school." in again.page.select_one("#where-i-am [role=status]").get_text()


async def test_the_last_coordinator_is_told_how_somebody_follows(web, cluster):
    browser = await web.signed_in(cluster.ben)
    page = await browser.see("/profile")
    section = page.select_one("#where-i-am")
    assert section.select_one(f'details a[href="/schools/{cluster.mentee}"]')
    for what in ("end", "role"):
        refused = await browser.submit(form_to(page, end_of(cluster, "ben", what)), status=409)
        alert = refused.page.select_one("#where-i-am [role=alert]").get_text()
        assert alert == "A school keeps a coordinator: name another one first."


async def test_who_leads_goes_on_as_a_teacher(web, cluster):
    browser = await web.signed_in(cluster.hana)
    form = form_to(await browser.see("/profile"), end_of(cluster, "hana", "role"))
    await browser.submit(form)
    after = await browser.submit(form)
    section = after.page.select_one("#where-i-am")
    assert section.select_one("[role=status]")
    assert [form["action"] for form in section.select("form")] == [end_of(cluster, "hana")]
