"""The code for the wall in the browser: it is made, read by another program, typed by a colleague, and switched off."""

import re
from uuid import uuid4

from tests.web.browser import form_to


async def made(ben, cluster, **more):
    at = f"/schools/{cluster.mentee}/code"
    return await ben.submit(form_to(await ben.see(at), "/code"), **more)


def code_on(page):
    (shown,) = page.select(".wall .code")
    return shown.text.strip()


async def test_it_is_reached_from_the_school_made_and_switched_off(ben, cluster):
    assert (await ben.see(f"/schools/{cluster.mentee}")).select(f"a[href='/schools/{cluster.mentee}/code']")
    answer = await made(ben, cluster, days="30", most="12")
    assert "The code is there: print this page, and hang it up." in answer.page.text
    assert "0 of 12 have come." in answer.page.text
    assert re.fullmatch(r"[A-Z2-9]{4}-[A-Z2-9]{4}", code_on(answer.page))
    answer = await ben.submit(form_to(answer.page, "/code/end"))
    assert "The code is switched off." in answer.page.text
    assert not answer.page.select(".wall")


async def test_what_is_wrong_is_said_beside_it(ben, cluster):
    answer = await made(ben, cluster, most="1000")
    assert answer.status == 422
    (most,) = answer.page.select("input[name=most]")
    assert (most["value"], most["aria-invalid"]) == ("1000", "true")


async def test_a_colleague_types_it_says_who_they_are_and_is_asked_in(house, web, ben, cluster):
    code, guest, mail = code_on((await made(ben, cluster)).page), web.guest(), f"dana-{uuid4().hex}@x.test"
    page = await guest.see(f"/join?code={code.lower()}")
    (school,) = page.select("main h1")
    assert school.text.startswith("School ")
    answer = await guest.submit(form_to(page, "/join"), name="Dana", mail=mail)
    assert (answer.path, "Who leads the school is asked now" in answer.page.text) == ("/join/sent", True)
    assert answer.page.h1.text == "Your school is asked first"
    assert "If who leads the school says yes, a mail comes to you." in answer.page.text
    assert not answer.page.select("main a[href='/mailbox']")
    await house.run_jobs("clusters")
    people = await ben.see(f"/clusters/{cluster.id}/people")
    assert mail in people.text
    assert "came with the code of the school" in people.text


async def test_who_is_asked_in_at_once_looks_into_their_mail(web, ben, cluster):
    page = await ben.see(f"/schools/{cluster.mentee}/code")
    form = form_to(page, "/code")
    form.select_one("[name=waits]").decompose()
    code, guest = code_on((await ben.submit(form)).page), web.guest()
    form = form_to(await guest.see(f"/join?code={code}"), "/join")
    answer = await guest.submit(form, name="Dana", mail=f"dana-{uuid4().hex}@x.test")
    assert (answer.path, "A mail to you is on its way." in answer.page.text) == ("/join/sent", True)
    assert answer.page.h1.text == answer.page.title.text.partition(" · ")[0] == "Look into your mail"
    assert "has said yes" not in answer.page.text
    assert answer.page.select("main a[href='/mailbox']")


async def test_what_was_done_with_it_is_read_in_words(house, web, ben, cluster):
    code, guest = code_on((await made(ben, cluster)).page), web.guest()
    page = await guest.see(f"/join?code={code}")
    await guest.submit(form_to(page, "/join"), name="Dana", mail=f"dana-{uuid4().hex}@x.test")
    await ben.submit(form_to(await ben.see(f"/schools/{cluster.mentee}/code"), "/code/end"))
    await house.catch_up()
    page = await ben.see(f"/schools/{cluster.mentee}/acts")
    done = [" ".join(act.text.split()) for act in page.select("main li")]
    ended, used, begun = [act for act in done if "by the code" in act or "Code for" in act]
    assert ended.startswith("Code for the staff room switched off Ben Hill ·")
    assert used.startswith("Somebody asked to come in by the code Somebody with the code ·")
    assert begun.startswith("Code for the staff room made Ben Hill ·")


async def test_who_types_it_wrongly_hears_so_and_types_again(web, ben, cluster):
    guest = web.guest()
    (form,) = (await guest.see("/join")).select("main form")
    assert form["method"] == "get"
    page = await guest.see("/join?code=ABCD-EFGH", 404)
    assert "No school has this code." in page.text
    (code,) = page.select("input[name=code]")
    assert code["value"] == "ABCD-EFGH"


async def test_nothing_typed_is_lost_when_the_address_is_wrong_or_the_code_ended(house, web, ben, cluster):
    code, guest = code_on((await made(ben, cluster)).page), web.guest()
    page = await guest.see(f"/join?code={code}")
    answer = await guest.submit(form_to(page, "/join"), name="Dana", mail="dana")
    assert answer.status == 422
    assert [field["value"] for field in answer.page.select("input[name=name], input[name=mail]")] == ["Dana", "dana"]
    await house.rows("clusters", "update school_code set ends_at = now() where school_id = $1", cluster.mentee)
    answer = await guest.submit(form_to(page, "/join"), name="Dana", mail="dana@x.test")
    assert (answer.status, "This code lets nobody in any more." in answer.page.text) == (410, True)


async def test_the_wall_speaks_the_languages_of_the_school(house, ben, cluster):
    await house.rows("clusters", "update school set languages = '{ar,cs,xx}' where id = $1", cluster.mentee)
    page = (await made(ben, cluster)).page
    lines = [(line["lang"], line["dir"]) for line in page.select(".wall p[lang]")]
    assert lines == [("en", "ltr"), ("ar", "rtl"), ("cs", "ltr")]


async def test_others_do_not_see_it(web, cluster):
    cara = await web.signed_in(cluster.cara)
    assert not (await cara.see(f"/schools/{cluster.mentee}")).select("a[href$='/code']")
    await cara.see(f"/schools/{cluster.mentee}/code", 403)
