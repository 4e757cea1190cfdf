"""People change their own mail address on the page about themselves, without JavaScript."""

import re

from tests.clusters.doors.test_invitations import mails_to
from tests.clusters.doors.test_own_addresses import LINK
from tests.clusters.post.test_unreached import FULL, refused
from tests.web.browser import form_to
from tests.web.test_sign_in import mailed_link

HERE = "/profile/addresses"
UNTIL = re.compile(r"until \d[^.]*\.")


async def asks_for(browser, mail):
    return await browser.submit(form_to(await browser.see("/profile"), HERE), mail=mail)


async def link_to(house, mail):
    """The path of the link in the newest letter there."""
    (*_, newest) = await mails_to(house, mail)
    return LINK.search(newest["text"])[0]


def listed(page):
    """Each address of the list, with what stands beside it."""
    lines = page.select("#addresses > .list > li")
    return {line.select_one("bdi").text: " ".join(line.get_text(" ").split()) for line in lines}


async def test_a_teacher_moves_to_another_address_and_removes_the_old_one(house, web, cluster):
    old, new = cluster.addresses["cara"], f"cara-{cluster.id}@home.test"
    cara = await web.signed_in(cluster.cara)
    page = await cara.see("/profile")
    assert list(listed(page)) == [old]
    assert "mails go here since" in listed(page)[old]
    assert "no mail came back" in listed(page)[old]
    assert "Your only address cannot be removed" in page.select_one("#addresses").get_text()

    asked = await asks_for(cara, new)
    assert (asked.status, asked.path) == (303, "/profile")
    assert "Nothing changes until you open its link" in asked.page.select_one("#addresses .flash").text
    assert f"{new} waits to be confirmed" in asked.page.select_one("#waiting-address").text
    assert list(listed(asked.page)) == [old]

    link = await link_to(house, new)
    page = await cara.see(link)
    assert page.select_one("main form bdi").text == new
    assert list(listed(await cara.see("/profile"))) == [old]  # looking changes nothing
    confirmed = await cara.submit(form_to(page, f"{HERE}/link"))
    assert "The address is yours now" in confirmed.page.select_one("#addresses .flash").text
    assert list(listed(confirmed.page)) == [old, new]
    again = await cara.submit(form_to(page, f"{HERE}/link"))
    assert again.status == 410
    assert "it was used already" in again.page.select_one("main .alert").text
    assert "No address of yours waits" in again.page.get_text()

    page = (await cara.submit(confirmed.page.select_one("#addresses li form[action$=letters]"))).page
    assert list(listed(page)) == [new, old]
    assert "Your mails go to this address from now on" in page.select_one("#addresses .flash").text
    assert "go to another address" in (await mails_to(house, old))[-1]["subject"]

    before = listed(page)[old]
    assert "Nobody comes in by it any more" in before
    assert "An invitation that was mailed there opens no more" in before
    removed = await cara.submit(page.select_one("#addresses li form[action$=end]"))
    assert "The address is removed" in removed.page.select_one("#addresses .flash").text
    assert list(listed(removed.page)) == [new]
    assert "no more" in (await mails_to(house, old))[-1]["subject"]

    browser = web.guest()
    await browser.submit(form_to(await browser.see(await mailed_link(web, new)), "/sign-in/link"))
    assert list(listed(await browser.see("/profile"))) == [new]


async def test_the_page_says_the_same_of_an_address_that_is_somebody_elses(house, web, cluster):
    marie, pages = await web.signed_in(cluster.marie), []
    for mail in (f"marie-{cluster.id}@home.test", cluster.addresses["dan"]):
        await asks_for(marie, mail)
        await house.run_jobs("clusters")
        page = await marie.see("/profile")
        assert page.select_one("#waiting-address")
        pages.append(UNTIL.sub("until then.", page.select_one("#addresses").get_text(" ").replace(mail, "@")))
    assert pages[0] == pages[1]


async def test_what_is_wrong_is_said_beside_the_address_which_stays_typed(house, web, cluster):
    cara = await web.signed_in(cluster.cara)
    for typed, why in (("cara at home", "slip of the pen"), (cluster.addresses["cara"], "yours already")):
        refusal = await asks_for(cara, typed)
        assert refusal.status == 422
        assert refusal.page.select_one("#addresses #mail")["value"] == typed
        assert why in refusal.page.select_one("#mail-error").text
    form = form_to(await cara.see("/profile"), HERE)
    ages = "update session set began_at = began_at - interval '2 hours' where person_id = $1"
    await house.rows("clusters", ages, cluster.cara.id)
    refusal = await cara.submit(form, mail="cara@home.test")
    assert refusal.status == 409
    assert "come in again first" in refusal.page.select_one("#addresses .alert").text
    assert refusal.page.select_one("#mail")["value"] == "cara@home.test"


async def test_choosing_and_removing_are_for_the_hour_after_coming_in(house, web, cluster):
    cara, mail = await web.signed_in(cluster.cara), f"cara-{cluster.id}@home.test"
    await asks_for(cara, mail)
    page = (await cara.submit(form_to(await cara.see(await link_to(house, mail)), f"{HERE}/link"))).page
    assert "within an hour after you came in" in page.select_one("#addresses > p.quiet").text
    ages = "update session set began_at = began_at - interval '2 hours' where person_id = $1"
    await house.rows("clusters", ages, cluster.cara.id)
    for act in ("letters", "end"):
        refusal = await cara.submit(page.select_one(f"#addresses li form[action$={act}]"))
        assert refusal.status == 409
        assert "come in again first" in refusal.page.select_one("#addresses .alert").text
        assert list(listed(refusal.page)) == [cluster.addresses["cara"], mail]


async def test_the_letter_is_sent_again_or_the_address_dropped_and_many_letters_are_refused(house, web, cluster):
    cara, mail = await web.signed_in(cluster.cara), f"cara-{cluster.id}@home.test"
    page = (await asks_for(cara, mail)).page
    first = await link_to(house, mail)
    for _ in range(4):
        answer = await cara.submit(form_to(page, f"{HERE}/waiting"))
        assert "The link before works no more" in answer.page.select_one("#addresses .flash").text
    refusal = await cara.submit(form_to(page, f"{HERE}/waiting"))
    assert refusal.status == 409
    assert "Try again tomorrow" in refusal.page.select_one("#addresses .alert").text
    stale = await cara.submit(form_to(await cara.see(first), f"{HERE}/link"))
    assert stale.status == 410
    assert "another mail was sent after it" in stale.page.select_one("main .alert").text
    assert stale.page.select_one(f'form[action="{HERE}/link"]')
    await house.rows("clusters", "update waiting_address set asked_at = asked_at - interval '3 hours'")
    page = await cara.see("/profile")
    assert "has run out" in page.select_one("#waiting-address").text
    dropped = await cara.submit(form_to(page, f"{HERE}/waiting/end"))
    assert "waits no more" in dropped.page.select_one("#addresses .flash").text
    assert dropped.page.select_one("#waiting-address") is None


async def test_a_link_that_is_opened_elsewhere_leads_over_signing_in_and_confirms_for_nobody_else(house, web, cluster):
    cara, mail = await web.signed_in(cluster.cara), f"c-{cluster.id}@home.test"
    await asks_for(cara, mail)
    link = await link_to(house, mail)
    guest = web.guest()
    page = await guest.see((await guest.see(link)).select_one("main a.button")["href"])
    assert form_to(page, "/sign-in").select_one("[name=to]")["value"] == link
    ben = await web.signed_in(cluster.ben)
    assert "No address of yours waits" in (await ben.see(link)).get_text()
    refusal = await ben.submit(form_to(await cara.see(link), f"{HERE}/link"))
    assert refusal.status == 410
    assert mail not in refusal.page.get_text()


async def test_who_is_not_reached_is_led_to_another_address_and_reached_there(house, web, cluster):
    ben, new = await web.signed_in(cluster.ben), f"ben-{cluster.id}@home.test"
    await refused(house, cluster.ben, FULL)
    await web.hear()
    page = await ben.see("/")
    assert page.select_one("section[aria-labelledby=unreached] a")["href"] == "/profile#addresses"
    assert "Not reached" in (await ben.see("/profile")).select_one("#addresses li").text
    await asks_for(ben, new)
    confirmed = await ben.submit(form_to(await ben.see(await link_to(house, new)), f"{HERE}/link"))
    assert "Mails do not reach you" in (await ben.see("/")).get_text()
    await ben.submit(confirmed.page.select_one("#addresses li form[action$=letters]"))
    assert "Mails do not reach you" not in (await ben.see("/")).get_text()
    assert "Not reached" not in (await ben.see("/profile")).select_one("#addresses").text
