"""Mails that do not arrive, in the browser: whoever can do something about it reads so, and what."""

from tests.clusters.doors.test_invitations import invited
from tests.clusters.post.test_unreached import FULL, refused
from tests.people import an_official
from tests.web.browser import form_to


async def test_an_address_that_was_typed_wrong_is_corrected_in_one_field(house, cluster, web):
    ben = await web.signed_in(cluster.ben)
    wrong, right = f"eva-{cluster.id}@school.invalid", f"eva-{cluster.id}@school.test"
    asked = await invited(cluster.ben, cluster.mentee, wrong, "head")
    await house.run_jobs("clusters")
    await web.hear()
    page = await ben.see(f"/clusters/{cluster.id}/people")
    assert "Not reached" in page.get_text()
    assert "there is no such address" in page.get_text()
    assert "Correct the address, or give them the code" in page.get_text()
    mentor = (await (await web.signed_in(cluster.anna)).see(f"/clusters/{cluster.id}/people")).get_text()
    assert ("Nedošlo" in mentor, "Opravte adresu" in mentor) == (True, False)  # it is not hers to correct
    (to,) = [link["href"] for link in page.select("a") if "instead=" in link["href"]]
    page = await ben.see(to)
    form = form_to(page, "/people")
    typed = {field["name"]: field.get("value") for field in form.select("input")}
    assert (typed["name"], typed["mail"], typed["instead"]) == ("Eva Ježková", wrong, asked)
    assert form.select_one('option[value="head"]').has_attr("selected")
    answer = await ben.submit(form, mail="eva at school")
    assert answer.page.select_one("[name=instead]")["value"] == asked  # a slip of the pen keeps it
    await ben.submit(form_to(answer.page, "/people"), mail=right)
    page = await ben.see(f"/clusters/{cluster.id}/people")
    assert right in page.get_text()
    assert wrong not in page.get_text()
    assert "Not reached" not in page.get_text()


async def test_the_news_of_it_leads_to_what_to_do(house, cluster, web):
    ben, cara = await web.signed_in(cluster.ben), await web.signed_in(cluster.cara)
    asked = await invited(cluster.ben, cluster.mentee, f"eva-{cluster.id}@school.invalid")
    await house.run_jobs("clusters")
    await web.hear()
    news = await ben.see("/notices")
    assert "was not delivered" in news.get_text()
    page = await ben.see(f"/invitations/{asked}")
    assert "Not reached" in page.get_text()
    assert page.select_one('form[action$="/sending"]')
    mine = await invited(cluster.hana, cluster.mentee, cluster.addresses["cara"], "coordinator")
    await refused(house, cluster.cara, FULL)
    assert "Not reached" not in (await cara.see(f"/invitations/{mine}")).get_text()


async def test_an_invitation_into_an_office_is_corrected_where_offices_are_given(house, cluster, web):
    olga = await web.signed_in(await an_official(house, "programme_coordinator"))
    new = {"name": "Nela", "mail": f"nela{cluster.id}@x.invalid", "country": "SK"}
    await olga.submit(form_to(await olga.see("/offices"), "/offices"), **new)
    await house.run_jobs("clusters")
    page = await olga.see("/offices")
    (to,) = [link["href"] for link in page.select("a") if "instead=" in link["href"]]
    await olga.submit(form_to(await olga.see(to), "/offices"), mail=f"nela{cluster.id}@x.test")
    assert f"nela{cluster.id}@x.invalid" not in (await olga.see("/offices")).get_text()


async def test_who_is_not_reached_reads_so_and_tries_again(house, cluster, web):
    cara = await web.signed_in(cluster.cara)
    assert "Mails do not reach you" not in (await cara.see("/")).get_text()
    await refused(house, cluster.cara, FULL)
    await web.hear()
    for path in ("/", "/profile"):
        page = await cara.see(path)
        assert "Mails do not reach you" in page.get_text()
        assert cluster.addresses["cara"] in page.get_text()
        assert "your mailbox is full" in page.get_text()
    answer = await cara.submit(form_to(page, "/profile/mails"))
    assert "one with a link is on its way" in answer.page.get_text()
    assert "Mails do not reach you" not in (await cara.see("/")).get_text()


async def test_who_leads_the_school_sees_a_colleague_who_is_not_reached(house, cluster, web):
    await refused(house, cluster.cara)
    ben, anna = await web.signed_in(cluster.ben), await web.signed_in(cluster.anna)
    path = f"/clusters/{cluster.id}/people"
    assert "Not reached" in (await ben.see(path)).get_text()
    assert "Not reached" not in (await anna.see(path)).get_text()


async def test_who_looks_after_the_house_sees_how_many(house, cluster, web):
    await refused(house, cluster.cara)
    olga = await web.signed_in(await an_official(house, "programme_coordinator"))
    page = (await olga.see("/operations")).select_one("section[aria-labelledby=post]").get_text()
    assert "There is no such address" in page
    assert "STAFFROOM_BOUNCES_TO" in page
    assert "@" not in page
