"""Invitations in the browser: sent, sent again, withdrawn, answered."""

from tests.clusters.doors.test_invitations import ago, invited
from tests.people import told
from tests.web.browser import errors, form_to
from tests.web.test_sign_in import mailed_link


async def invitation_of(house, mail):
    (row,) = await house.rows("clusters", "select id from invitation where mail = $1 and answer is null", mail)
    return str(row["id"])


async def test_somebody_is_invited_and_says_yes_in_their_own_browser(house, cluster, web):
    ben, cara = await web.signed_in(cluster.ben), await web.signed_in(cluster.cara)
    page = await ben.see(f"/clusters/{cluster.id}/people")
    mail = cluster.addresses["cara"]
    answer = await ben.submit(
        form_to(page, "/people"), name="Cara", mail=mail, school_id=cluster.mentee, role="coordinator"
    )
    assert "invited, not answered" in answer.page.get_text()
    invitation_id = await invitation_of(house, mail)
    today = await cara.see("/")
    assert today.select_one(f'a[href="/invitations/{invitation_id}"]')
    page = await cara.see(f"/invitations/{invitation_id}")
    await cara.submit(form_to(page, "/acceptance"))
    profile = await cara.see("/profile")
    assert "Coordinator" in profile.get_text()
    assert not (await cara.see("/")).select_one(f'a[href="/invitations/{invitation_id}"]')


async def test_an_address_of_another_school_is_asked_about_beside_it_and_nothing_typed_is_lost(house, cluster, web):
    ben, domain = await web.signed_in(cluster.ben), f"gymnazium-{cluster.id}.test"
    said = "update school set website = $2 where id = $1"
    await house.rows("clusters", said, cluster.mentor, f"https://www.{domain}/")
    for path in (f"/clusters/{cluster.id}/people", f"/schools/{cluster.mentee}"):
        form, mail = (
            (await ben.see(path)).select_one("form[method=post][action$='/people']"),
            f"dana-{len(path)}@{domain}",
        )
        assert not form.select("[name=works_at_both]")
        answer = await ben.submit(form, name="Dana", mail=mail, school_id=cluster.mentee, role="coordinator")
        assert answer.status == 422
        form = answer.page.select_one("form[method=post][action$='/people']")
        assert "an address of another school" in form.text
        assert form.select_one("[name=name]")["value"] == "Dana"
        await ben.submit(form, works_at_both="yes")
        rows = await house.rows("clusters", "select role from invitation where mail = $1", mail)
        assert [row["role"] for row in rows] == ["coordinator"]


async def test_who_belongs_nowhere_yet_says_how_they_are_called_and_what_they_read(house, cluster, web):
    mail = f"dana-{cluster.id}@school.test"
    asked = await invited(cluster.hana, cluster.mentee, mail)
    await house.run_jobs("clusters")
    dana = web.guest()
    page = await dana.see(await mailed_link(web, mail, f"/invitations/{asked}"))
    page = (await dana.submit(form_to(page, "/sign-in/link"))).page
    answer = await dana.submit(form_to(page, "/acceptance"), name="", language="cs")
    assert errors(answer.page).keys() == {"name"}
    (chosen,) = answer.page.select("select[name=language] option[selected]")
    assert (answer.status, chosen["value"]) == (422, "cs")
    answer = await dana.submit(form_to(answer.page, f"{asked}/acceptance"), name="Dana Hrubá")
    assert (answer.page.html["lang"], "Dana Hrubá" in answer.page.text) == ("cs", True)
    ben = await web.signed_in(cluster.ben)
    again = await invited(cluster.anna, cluster.mentor, cluster.addresses["ben"])
    assert not (await ben.see(f"/invitations/{again}")).select("main [name=name], main [name=language]")


async def test_a_page_that_was_open_before_the_first_yes_changes_no_name(house, cluster, web):
    mail = f"dana-{cluster.id}@school.test"
    first, second = [await invited(who, school, mail) for who, school in (
        (cluster.hana, cluster.mentee), (cluster.anna, cluster.mentor))]  # fmt: skip
    await house.run_jobs("clusters")
    dana = web.guest()
    page = await dana.see(await mailed_link(web, mail, f"/invitations/{second}"))
    page = (await dana.submit(form_to(page, "/sign-in/link"))).page
    other = await dana.see(f"/invitations/{first}")
    await dana.submit(form_to(page, "/acceptance"), name="Dana Hrubá", language="cs")
    answer = await dana.submit(form_to(other, "/acceptance"), name="Dana H.", language="en")
    assert answer.status == 303
    page = await dana.see("/profile")
    assert (page.html["lang"], page.select_one("[name=name]")["value"]) == ("cs", "Dana Hrubá")


async def test_who_says_no_is_asked_no_more(house, cluster, web):
    cara = await web.signed_in(cluster.cara)
    asked = await invited(cluster.hana, cluster.mentee, cluster.addresses["cara"], "head")
    page = await cara.see(f"/invitations/{asked}")
    await cara.submit(form_to(page, "/refusal"))
    assert not (await cara.see("/")).select_one(f'a[href="/invitations/{asked}"]')


async def test_who_is_invited_reads_so_whatever_becomes_of_it(house, cluster, web):
    cara, hana = await web.signed_in(cluster.cara), await web.signed_in(cluster.hana)
    asked = await invited(cluster.hana, cluster.mentee, cluster.addresses["cara"], "coordinator")
    path = f"/invitations/{asked}"
    assert "invites you" in (await cara.see(path)).h1.get_text()
    assert "Cara" in (await hana.see(path)).h1.get_text()  # she is asked, and not invited
    await ago(house, asked, days=15)
    page = await cara.see(path)
    assert "invites you" in page.h1.get_text()
    assert not page.select_one('form[action$="/acceptance"]')
    await ago(house, asked, days=-15)
    await cara.submit(form_to(await cara.see(path), "/acceptance"))
    assert "invites you" in (await cara.see(path)).h1.get_text()


async def test_an_invitation_is_sent_again_and_withdrawn(house, cluster, web):
    ben = await web.signed_in(cluster.ben)
    asked = await invited(cluster.ben, cluster.mentee, f"eva-{cluster.id}@school.test")
    page = await ben.see(f"/clusters/{cluster.id}/people")
    answer = await ben.submit(form_to(page, f"{asked}/sending"))
    assert "give it some time" in answer.page.select_one("[role=alert]").get_text()
    await ago(house, asked, days=15)
    page = await ben.see(f"/clusters/{cluster.id}/people")
    assert "run out" in page.get_text()
    answer = await ben.submit(form_to(page, f"{asked}/sending"))
    assert "invited, not answered" in answer.page.get_text()
    answer = await ben.submit(form_to(answer.page, f"{asked}/end"))
    assert "Eva Ježková" not in answer.page.get_text()


async def test_a_leading_role_of_another_school_is_refused_beside_its_cause(cluster, web):
    anna = await web.signed_in(cluster.anna)
    page = await anna.see(f"/clusters/{cluster.id}/people")
    answer = await anna.submit(
        form_to(page, "/people"), name="Eva", mail="eva@x.test", school_id=cluster.mentee, role="head"
    )
    assert answer.status == 403
    assert errors(answer.page).keys() == {"role"}
    assert answer.page.select_one("#name")["value"] == "Eva"


async def test_the_school_says_first_whether_somebody_belongs_there(house, cluster, web):
    asked = await invited(cluster.anna, cluster.mentee, f"eva-{cluster.id}@school.test")
    await house.run_jobs("clusters")
    hana = await web.signed_in(cluster.hana)
    news = await hana.see("/notices")
    assert news.select_one(f'a[href="/invitations/{asked}"]')
    page = await hana.see(f"/invitations/{asked}")
    await hana.submit(form_to(page, "/confirmation"))
    listed = told(await cluster.hana.clusters.get(f"/v1/clusters/{cluster.id}/invitations"))["items"]
    assert [row["state"] for row in listed] == ["sent"]


async def test_an_office_is_accepted_in_the_browser(house, cluster, web):
    demo = await house.as_service("demo")
    new = {"name": "C", "mail": cluster.addresses["cara"], "kind": "national_coordinator", "country": "CZ"}
    asked = told(await demo.clusters.post("/v1/offices/invitations", json=new), 201)["id"]
    cara = await web.signed_in(cluster.cara)
    page = await cara.see(f"/invitations/{asked}")
    assert "National coordinator" in page.select_one("h1").get_text()
    await cara.submit(form_to(page, "/acceptance"))
    assert "National coordinator" in (await cara.see("/profile")).get_text()


async def test_what_is_said_after_inviting_is_what_happens(cluster, web):
    anna = await web.signed_in(cluster.anna)
    new = {"name": "Eva", "role": "teacher"}
    for school, said in ((cluster.mentor, "je na cestě"), (cluster.mentee, "se ptáme školy")):
        form = form_to(await anna.see(f"/clusters/{cluster.id}/people"), "/people")
        answer = await anna.submit(form, mail=f"eva-{school}@school.test", school_id=school, **new)
        assert said in answer.page.select_one(".flash").get_text()
    answer = await anna.submit(form, mail="eva@school.test", school_id="../me", **new)
    assert answer.status == 404
