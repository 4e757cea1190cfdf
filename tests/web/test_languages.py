"""A reader's language: their profile, else what they chose, else what their browser asks for."""

import pytest

from kit.fields import ZONES
from tests.events.making import announce
from tests.people import a_person, told
from tests.web.browser import fields_of, form_to
from tests.web.making import a_comment, an_entry
from web.languages import language, number


def spoken(page):
    return page.select_one("html")["lang"], page.select_one("html")["dir"]


@pytest.mark.parametrize(
    ("asked", "answered"),
    [
        ("cs", ("cs", "ltr")),
        ("ar-JO,ar;q=0.9,en;q=0.5", ("ar", "rtl")),
        ("fr,de;q=0.9", ("en", "ltr")),
        ("fr;q=1,cs-CZ;q=0.3,en;q=0.2", ("cs", "ltr")),
        ("", ("en", "ltr")),
        (";q=,,;;", ("en", "ltr")),
        ("cs;q=0,ar;q=0.1", ("ar", "rtl")),
        ("ar;q=nan,cs;q=0.1", ("cs", "ltr")),
        ("he-IL,he;q=0.9", ("he", "rtl")),
        ("hu", ("hu", "ltr")),
    ],
)
async def test_what_the_browser_asks_for(web, asked, answered):
    assert spoken(await web.guest(asked).see("/sign-in")) == answered


async def test_a_page_in_another_language_keeps_its_key(web):
    for path in ("/sign-in/link?key=abc&to=%2Fevents", "/join?code=ABC", "/sign-in?to=%2Fevents%3Fwhen%3Dpast"):
        browser = web.guest()
        answer = await browser.http.get(path)
        page = await browser.see(path, answer.status_code)
        assert fields_of(form_to(page, "/language"))["to"] == path


async def test_a_list_is_sorted_anew_once_its_reader_reads_another_language(web, cluster):
    cara = await web.signed_in(cluster.cara)
    await cara.see("/profile")
    before = web.kept.tokens.kept[cara.http.cookies["session"]].value
    form = form_to(await cara.see("/profile"), "/profile")
    await cara.submit(form, language="cs")
    assert web.kept.tokens.kept[cara.http.cookies["session"]].value != before


async def test_what_a_guest_chose(web):
    browser = web.guest("cs")
    answer = await browser.submit(form_to(await browser.see("/sign-in"), "/language"), language="ar")
    assert (answer.status, answer.path, spoken(answer.page)) == (303, "/sign-in", ("ar", "rtl"))
    assert answer.page.select_one("option[selected]")["value"] == "ar"
    answer = await browser.submit(form_to(answer.page, "/language"), language="tlh")
    assert spoken(answer.page) == ("ar", "rtl")


async def test_the_profile_counts_for_who_is_signed_in(web, cluster):
    browser = await web.signed_in(cluster.dan, "cs")
    assert spoken(await browser.see("/")) == ("ar", "rtl")
    answer = await browser.submit(form_to(await browser.see("/profile"), "/profile"), language="cs")
    assert spoken(answer.page) == ("cs", "ltr")
    assert spoken(await browser.see("/events")) == ("cs", "ltr")


async def test_words_keep_the_direction_of_their_language(web, cluster):
    entry = await an_entry(cluster.anna, cluster, "everyone", title="Tichá hodina", language="cs")
    page = await web.guest("ar").see(f"/entries/{entry}")
    title = page.select_one("h1")
    assert (spoken(page), title["lang"], title["dir"]) == (("ar", "rtl"), "cs", "ltr")


async def test_the_words_of_an_event_are_read_in_its_language(web, cluster):
    anna, dan = await web.signed_in(cluster.anna), await web.signed_in(cluster.dan)
    event = await announce(cluster.anna, cluster, 5, title="Writing together", description="Bring pens.", language="en")
    path = f"/events/{event['id']}"
    for page in ("/", "/events", path, f"/clusters/{cluster.id}"):
        title = (await dan.see(page)).find(string="Writing together").find_parent(lang=True)
        assert (title["lang"], title.name != "html") == ("en", True), page
    page = await dan.see(path)
    assert [(p["lang"], p["dir"]) for p in page.select("p") if p.text == "Bring pens."] == [("en", "ltr")]
    form = form_to(await anna.see(f"{path}/edit"), "/edit")
    answer = await anna.submit(form, title="Společné psaní", language="cs")
    assert answer.page.select_one("h1[lang=cs]").text == "Společné psaní"
    form = form_to(await anna.see("/events/new"), "/events")
    assert fields_of(form)["language"] == "cs"


@pytest.mark.parametrize("path", ["/profile", "/events/new"])
async def test_time_zones_of_every_country_are_offered_by_their_city(web, cluster, path):
    page = await (await web.signed_in(cluster.anna)).see(path)
    cities = {option["value"]: option.text for option in page.select("datalist option")}
    known = {"Atlantic/Azores": "Azorské ostrovy", "Atlantic/Canary": "Kanárské ostrovy", "Asia/Amman": "Ammán"}
    assert {zone: cities[zone] for zone in known} == known
    assert cities.keys() <= ZONES


@pytest.mark.parametrize("language", ["cs", "ar", "he", "hu"])
async def test_a_missing_page_speaks_the_language_too(web, language):
    assert spoken(await web.guest(language).see("/nowhere", status=404))[0] == language


async def test_pasted_addresses_lead_where_they_say(web, cluster):
    entry_id = await an_entry(cluster.cara, cluster, "cluster", text="The plan: https://plan.test/a_b_c")
    await a_comment(cluster.dan, entry_id, text="As on www.škola.test, or ask eva@skola.test.")
    entry = await (await web.signed_in(cluster.ben)).see(f"/entries/{entry_id}")
    links = {a.text: a["href"] for a in entry.select("article a:has(bdi)")}
    assert links["https://plan.test/a_b_c"] == "https://plan.test/a_b_c"
    assert links["www.škola.test"] == "https://www.škola.test"
    assert links["eva@skola.test"] == "mailto:eva@skola.test"


def offered(form):
    return [option["value"] for option in form.select("select[name=language] option")]


async def test_the_profile_offers_what_the_house_speaks_and_keeps_what_somebody_has(web, house, cluster):
    ben = await web.signed_in(cluster.ben)
    assert offered(form_to(await ben.see("/profile"), "/profile")) == ["ar", "cs", "en", "he", "hu"]
    gerda = await house.as_person((await a_person(house, cluster.mentor, "teacher", language="de"))["person_id"])
    browser = await web.signed_in(gerda)
    form = form_to(await browser.see("/profile"), "/profile")
    assert offered(form) == ["ar", "cs", "en", "de", "he", "hu"]
    await browser.submit(form, name="Gerda")
    assert told(await gerda.clusters.get("/v1/me"))["language"] == "de"


async def test_an_invitation_is_in_a_language_of_the_house_but_a_text_in_any(web, cluster):
    anna = await web.signed_in(cluster.anna)
    assert offered(form_to(await anna.see(f"/clusters/{cluster.id}/people"), "/people")) == [
        "en",
        "ar",
        "cs",
        "he",
        "hu",
    ]
    assert {"uk", "de", "tr"} <= set(offered(form_to(await anna.see("/entries/new"), "/entries")))


@pytest.mark.parametrize(
    ("tag", "written"),
    [("en", "1,234,567"), ("cs", "1 234 567"), ("ar", "1,234,567"), ("he", "1,234,567"), ("hu", "1 234 567")],
)
def test_a_number_has_its_digits_in_the_groups_of_the_language(tag, written):
    token = language.set(tag)
    try:
        assert number(1_234_567).replace("\u00a0", " ") == written
    finally:
        language.reset(token)
