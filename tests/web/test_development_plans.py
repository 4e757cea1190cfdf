"""What the development plan of a school says on mentoring, in the browser: on its page, written, taken out, counted."""

from datetime import timedelta

import pytest

from kit.clock import real_now
from tests.clusters.directory.test_development_plans import SAID, remove, write
from tests.people import a_cluster, a_person, a_school, an_official, told
from tests.web.browser import errors, fields_of, form_to
from tests.web.test_sheets import rows_of

CARD = "section[aria-labelledby=development-plan]"
THEIRS = "section[aria-labelledby=theirs]"
LINK = "https://skola.example/rozvoj"
TYPED = {"text": "Mentors meet weekly.", "link": LINK, "since": "2025-09-01", "language": "en"}


@pytest.fixture
def school(cluster):
    return f"/schools/{cluster.mentee}"


@pytest.fixture
def at(school):
    return f"{school}/development-plan"


@pytest.fixture
async def marie(web, cluster):
    """Who teaches at the other school of the cluster."""
    return await web.signed_in(cluster.marie)


async def card(browser, school):
    """The card on the page of the school; None where there is none."""
    return (await browser.see(school)).select_one(CARD)


async def typed_into(browser, at, **typed):
    return await browser.submit(form_to(await browser.see(at), at), **typed)


async def test_where_nothing_is_known_who_leads_the_school_is_led_to_the_form(web, ben, cluster, school, at):
    for browser in (ben, await web.signed_in(cluster.hana)):
        shown = await card(browser, school)
        assert [link["href"] for link in shown.select("a")] == [at]
        assert shown.select_one(".nothing").get_text(strip=True)


async def test_where_nothing_is_known_others_see_no_card(house, web, marie, cluster, school):
    readers = [marie, await web.signed_in(cluster.cara)]
    readers.append(await web.signed_in(await an_official(house, "national_coordinator", "CZ")))
    for browser in readers:
        assert await card(browser, school) is None


async def test_what_is_known_is_read_by_the_cluster_and_not_elsewhere(house, web, marie, cluster, school):
    told(await write(cluster.ben, cluster.mentee))
    nora = await web.signed_in(await an_official(house, "national_coordinator", "CZ"))
    for browser in (marie, await web.signed_in(cluster.cara), nora):
        shown = await card(browser, school)
        assert [block.text for block in shown.select("p[lang=cs]")] == SAID["text"].split("\n\n")
        assert [(link["href"], link.text) for link in shown.select("a")] == [(SAID["link"], SAID["link"])]
        assert "1 September 2025" in shown.text
    stranger = await web.signed_in((await a_cluster(house)).anna)
    assert await card(stranger, school) is None


async def test_a_link_alone_is_shown_without_a_text(marie, cluster, school):
    told(await write(cluster.ben, cluster.mentee, without=["text"]))
    shown = await card(marie, school)
    assert (len(shown.select("p:not(.quiet)")), shown.select_one("a")["href"]) == (1, SAID["link"])


async def test_it_is_written_said_and_read(ben, marie, school, at):
    page = await ben.see(at)
    assert fields_of(form_to(page, at)) | {"version": ""} == dict.fromkeys(("text", "link", "since", "version"), "") | {
        "language": "en"
    }
    assert not page.select("details.sure"), "there is nothing to take out"
    answer = await ben.submit(form_to(page, at), **TYPED)
    assert (answer.status, answer.path) == (303, school)
    shown = answer.page.select_one(CARD)
    assert "Saved." in shown.select_one(".flash[role=status]").text
    assert TYPED["text"] in shown.text
    (edit,) = shown.select("header a")
    assert (edit["href"], bool(edit.get("aria-label"))) == (at, True)
    assert not (await card(ben, school)).select(".flash")
    assert TYPED["text"] in (await card(marie, school)).text
    again = fields_of(form_to(await ben.see(at), at))
    assert {name: again[name].strip() for name in TYPED} == TYPED


async def test_a_text_of_the_writer_is_in_their_language_unless_they_choose_another(house, web, cluster, at):
    hana = await web.signed_in(cluster.hana, language="cs")
    assert fields_of(form_to(await hana.see(at), at))["language"] == "cs"
    await typed_into(hana, at, text="Jednou týdně.", since="2025-09-01")
    ((language,),) = await house.rows(
        "clusters", "select language from development_plan where school_id = $1", cluster.mentee
    )
    assert language == "cs"


async def test_two_who_write_it_see_both_and_lose_nothing(web, ben, cluster, school, at):
    told(await write(cluster.ben, cluster.mentee, text="We begin."))
    hana = await web.signed_in(cluster.hana, language="en")
    hers, his = form_to(await hana.see(at), at), form_to(await ben.see(at), at)
    assert (await hana.submit(hers, text="We ask.", link="https://skola.example/hana")).status == 303
    answer = await ben.submit(his, text="We count.", link="", since="2024-09-01")
    assert answer.status == 412
    assert answer.page.select_one("[role=alert]").get_text(strip=True)
    theirs = answer.page.select_one(THEIRS).text
    assert ("We ask." in theirs, "https://skola.example/hana" in theirs, "We count." in theirs) == (True, True, False)
    kept = fields_of(form_to(answer.page, at))
    assert (kept["text"].strip(), kept["link"], kept["since"]) == ("We count.", "", "2024-09-01")
    assert "We ask." in (await card(ben, school)).text
    answer = await ben.submit(form_to(answer.page, at))
    assert (answer.status, "We count." in answer.page.select_one(CARD).text) == (303, True)


async def test_two_who_write_the_first_see_both(web, ben, cluster, at):
    hana = await web.signed_in(cluster.hana)
    hers, his = form_to(await hana.see(at), at), form_to(await ben.see(at), at)
    assert (await hana.submit(hers, **TYPED)).status == 303
    answer = await ben.submit(his, text="We count.", since="2024-09-01")
    assert (answer.status, TYPED["text"] in answer.page.select_one(THEIRS).text) == (412, True)
    assert fields_of(form_to(answer.page, at))["text"].strip() == "We count."


@pytest.mark.parametrize("known", [False, True])
@pytest.mark.parametrize(
    ("field", "typed"),
    [
        ("link", {"text": " ", "link": ""}),
        ("link", {"link": "rozvoj"}),
        ("text", {"text": "x" * 5_001}),
        ("since", {"since": ""}),
        ("since", {"since": "1989-12-31"}),
        ("since", {"since": str(real_now().date() + timedelta(days=2))}),
        ("language", {"language": "Czech"}),
    ],
)
async def test_a_refused_form_keeps_what_was_typed_and_says_why_beside_it(ben, cluster, at, known, field, typed):
    if known:
        told(await write(cluster.ben, cluster.mentee, text="It stays."))
    answer = await typed_into(ben, at, **TYPED | typed)
    assert answer.status == 422
    said = errors(answer.page)
    assert ([*said], bool(said[field])) == ([field], True)
    assert not answer.page.select(THEIRS)
    kept = fields_of(form_to(answer.page, at))
    if field != "language":  # one chooses among those there are
        assert {name: kept[name] for name in TYPED} == TYPED | typed
    assert ("It stays." in (await ben.see(f"/schools/{cluster.mentee}")).text) == known
    assert (await ben.submit(form_to(answer.page, at), **TYPED)).status == 303


async def test_what_is_missing_is_said_in_words(ben, at):
    answer = await typed_into(ben, at, since=str(real_now().date() + timedelta(days=2)))
    assert errors(answer.page) == {"link": "Give the text, a link to it, or both."}
    answer = await ben.submit(form_to(answer.page, at), text="We count.")
    assert errors(answer.page) == {"since": "This day is still to come."}


async def test_who_takes_it_out_reads_first_what_is_lost(ben, marie, cluster, school, at):
    told(await write(cluster.ben, cluster.mentee))
    sure = (await ben.see(at)).select_one("details.sure")
    assert sure.select_one("summary").text.strip() == "It does not stand there any more"
    assert not sure.has_attr("open")
    assert "Its text and its link are gone here." in sure.select_one("p").text
    answer = await ben.submit(form_to(sure, f"{at}/end"))
    assert (answer.status, answer.path) == (303, school)
    assert "It is taken out." in answer.page.select_one(f"{CARD} .flash").text
    assert answer.page.select_one(f"{CARD} .nothing").get_text(strip=True)
    assert SAID["link"] not in (await marie.see(school)).text
    assert not (await ben.see(at)).select("details.sure")


async def test_what_somebody_wrote_meanwhile_is_not_taken_out_unread(web, ben, cluster, school, at):
    told(await write(cluster.ben, cluster.mentee))
    taking_out = form_to(await ben.see(at), f"{at}/end")
    told(await write(cluster.hana, cluster.mentee, 1, text="Read me first."))
    answer = await ben.submit(taking_out)
    assert (answer.status, "Read me first." in answer.page.select_one(THEIRS).text) == (412, True)
    assert "Read me first." in (await card(ben, school)).text
    assert (await ben.submit(form_to(answer.page, f"{at}/end"))).status == 303


async def test_who_writes_while_somebody_takes_it_out_keeps_what_they_typed(ben, cluster, at):
    told(await write(cluster.ben, cluster.mentee))
    form = form_to(await ben.see(at), at)
    told(await remove(cluster.hana, cluster.mentee, 1), 204)
    answer = await ben.submit(form, text="We count.")
    assert answer.status == 412
    assert all(said.select("p") for said in answer.page.select(THEIRS)), "a heading with nothing under it"
    again = form_to(answer.page, at)
    assert fields_of(again)["text"].strip() == "We count."
    assert (await ben.submit(again)).status == 303


async def test_who_does_not_lead_the_school_has_no_form(house, web, marie, cluster, school, at):
    told(await write(cluster.ben, cluster.mentee))
    readers = [marie, await web.signed_in(cluster.cara)]
    readers.append(await web.signed_in(await an_official(house, "national_coordinator", "CZ")))
    for browser in readers:
        assert not (await card(browser, school)).select(f"a[href='{at}']")
        assert not (await browser.see(at, 403)).select("main form")
        sent = await browser.http.post(at, data=TYPED | {"version": "1"})
        assert sent.status_code == 403
    stranger = await web.signed_in((await a_cluster(house)).anna)
    await stranger.see(at, 404)


async def test_a_school_in_no_cluster_has_a_card_too(house, web):
    school_id = await a_school(house)
    head = await house.as_person((await a_person(house, school_id, "head"))["person_id"])
    shown = await card(await web.signed_in(head), f"/schools/{school_id}")
    assert shown.select_one("a")["href"] == f"/schools/{school_id}/development-plan"


async def test_the_overview_of_the_cluster_says_of_how_many_schools_and_since_when(marie, cluster):
    at = f"/clusters/{cluster.id}/overview"
    assert "In 0 of 2 schools mentoring stands in the development plan." in (await marie.see(at)).text
    told(await write(cluster.ben, cluster.mentee))
    page = await marie.see(at)
    assert "In 1 of 2 schools mentoring stands in the development plan." in page.text
    (row,) = [row for row in page.select("th[scope=row]") if row.select(f"a[href='/schools/{cluster.mentee}']")]
    assert "mentoring in its development plan since 1 September 2025" in row.text
    assert page.text.count("mentoring in its development plan since") == 1


async def test_the_overview_of_a_country_and_its_files_count_schools(house, web):
    cluster = await a_cluster(house, country="EE")
    told(await write(cluster.ben, cluster.mentee))
    nora = await web.signed_in(await an_official(house, "national_coordinator", "EE"))
    page = await nora.see("/overview")
    assert "In 1 of 2 schools mentoring stands in the development plan." in page.text
    ((name,),) = await house.rows("clusters", "select name from cluster where id = $1", cluster.id)
    heads, row = rows_of(await nora.http.get("/overview.csv"))
    assert heads[-2:] == ["Schools", "Schools with mentoring in their development plan"]
    assert (row[1], row[-2:]) == (name, ["2", "1"])
    heads, *rows = rows_of(await nora.http.get(f"/clusters/{cluster.id}/overview.csv"))
    at = heads.index("Mentoring in the development plan since")
    assert sorted(row[at] for row in rows) == ["", "2025-09-01"]
