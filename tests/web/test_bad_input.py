"""Bad input keeps what was typed, and says what is wrong beside its cause."""

import asyncio

import pytest

from tests.diaries.writing import published
from tests.events.making import announce
from tests.events.test_attendance import mark
from tests.people import told
from tests.web.browser import errors, fields_of, form_to, same
from tests.web.making import a_comment, an_entry
from web.pages.problems.answers import is_text

EVENT = {
    "title": "Reading aloud",
    "description": "Bring a book.",
    "format": "workshop",
    "zone": "Europe/Prague",
    "day": "2027-03-27",
    "from": "14:00",
    "ends_at": "2027-03-27T15:30",
    "sites-0-name": "Library",
    "sites-0-capacity": "10",
    "link": "https://meet.test/room",
}
CHOSEN = ("format", "minutes")
ARABIC = "مدرسة الأمل " * 20
SCRIPT = "<script>alert(1)</script><img src=x onerror=alert(1)>"
CHINESE = "我们每周五下午在学校图书馆见面，一起阅读并讨论学生的作业，然后计划下一次的访问和活动"


async def planned(browser, **typed):
    form = form_to(await browser.see("/events/new"), "/events")
    return await browser.submit(form, **EVENT | typed)


@pytest.mark.parametrize(
    ("field", "typed"),
    [
        ("ends_at", {"ends_at": "2027-03-27T13:00"}),
        ("link", {"link": "not a link"}),
        ("zone", {"zone": "Europe/Nowhere"}),
        ("from", {"day": "2027-03-28", "from": "02:30", "ends_at": "2027-03-28T04:00"}),
        ("ends_at", {"day": "2027-03-28", "from": "01:00", "ends_at": "2027-03-28T02:30"}),
        ("day", {"day": ""}),
        ("from", {"from": ""}),
        ("day", {"day": "0027-03-27"}),
        ("minutes", {"minutes": "-5", "ends_at": ""}),
        ("past", {"day": "2021-03-27", "ends_at": ""}),
        ("title", {"title": "  "}),
        ("title", {"title": "n" * 300}),
        ("title", {"title": ARABIC + ARABIC}),
        ("format", {"format": "party"}),
        ("sites-0-name", {"sites-0-name": ""}),
        ("sites-0-capacity", {"sites-0-capacity": "0"}),
        ("sites-0-capacity", {"sites-0-capacity": "many"}),
        ("sites-0-capacity", {"sites-0-capacity": "-3"}),
        ("description", {"description": "d" * 5_001}),
    ],
)
async def test_an_event_comes_back_as_it_was_typed(anna, field, typed):
    answer = await planned(anna, **typed)
    assert answer.status == 422
    said = errors(answer.page)
    assert list(said) == [field]
    assert said[field]
    assert said[field].count(said[field][:12]) == 1
    kept = fields_of(form_to(answer.page, "/events"))
    wanted = {name: " ".join(value.split("\0")) for name, value in (EVENT | typed).items() if name not in CHOSEN}
    assert {name: kept[name] for name in wanted} == {
        name: value.strip() if name.startswith("sites") else value for name, value in wanted.items()
    }


async def test_an_event_without_a_place_says_so_beside_the_places(anna):
    answer = await planned(anna, **{"sites-0-name": "", "sites-0-capacity": "", "link": ""})
    assert answer.status == 422
    assert answer.page.select_one("#sites-error").get_text(strip=True)


async def test_a_room_of_a_school_that_is_not_ticked_is_no_place(anna, cluster):
    line = f"sites-{cluster.mentor}"
    typed = {f"{line}-school_id": cluster.mentor, f"{line}-room": "Room 12"}
    assert "Room 12" not in (await planned(anna, **typed)).page.text
    assert "Room 12" in (await planned(anna, **typed, **{f"{line}-here": "on"})).page.text


async def test_a_link_that_runs_a_script_is_no_link(anna):
    answer = await planned(anna, link="javascript:alert(1)")
    assert (answer.status, list(errors(answer.page))) == (422, ["link"])


async def test_adding_a_site_keeps_what_was_typed(anna):
    form = form_to(await anna.see("/events/new"), "/events")
    answer = await anna.submit(form, "add_site", **EVENT)
    fields = fields_of(form_to(answer.page, "/events"))
    assert (fields["title"], fields["sites-0-name"], fields["sites-1-name"]) == ("Reading aloud", "Library", "")


@pytest.mark.parametrize("words", [SCRIPT, "n" * 200, ARABIC[:190].strip(), "{% raw %} &amp; 'x\" %s"])
async def test_words_are_shown_as_they_were_typed_everywhere(web, anna, ben, cluster, words):
    event = await planned(anna, title=words, description=words)
    assert event.status == 303
    assert event.page.select_one("h1").text == words
    new = await anna.see(f"/entries/new?event={event.path.rpartition('/')[2]}")
    entry = await anna.submit(form_to(new, "/entries"), title=words, text=words, language="en")
    assert entry.page.select_one("h1").text == words
    published = await anna.submit(form_to(entry.page, "/publication"), "cluster")
    await anna.submit(form_to(await anna.see(f"{published.path}/publication"), "/publication"), "everyone")
    commented = await ben.submit(form_to(await ben.see(entry.path), "/comments"), text=words)
    assert commented.page.select_one("article.note").select("p")[-1].text == words
    await web.house.catch_up()
    await web.hear()
    pages = [event.path, entry.path, "/", "/events", "/entries", "/notices", f"/clusters/{cluster.id}", "/mailbox"]
    for browser in (anna, ben):
        for path in pages:
            page = await browser.see(path)
            assert not page.select("img, [onerror]"), path
    page = await web.guest().see(entry.path)
    assert page.select_one("h1").text == words
    await web.guest().see("/")


async def test_a_form_that_another_language_typed_keeps_its_line_ends(anna, cluster):
    entry = await an_entry(cluster.anna, cluster)
    form = form_to(await anna.see(f"/entries/{entry}/edit"), "/edit")
    answer = await anna.submit(form, text="\r\nوقفنا هنا\r\n\r\nثم عدنا", language="ar")
    assert answer.status == 303
    reading = answer.page.select_one(".reading")
    assert (reading["lang"], reading["dir"]) == ("ar", "rtl")
    assert [p.text for p in reading.select("p")] == ["وقفنا هنا", "ثم عدنا"]


@pytest.mark.parametrize("size", [2_001, 2_000_000, 7_000_000])
async def test_a_comment_that_is_too_long_is_kept(ben, cluster, size):
    entry = await an_entry(cluster.anna, cluster, "cluster")
    typed = {"kind": "suggestion", "text": "x" * size}
    answer = await ben.submit(form_to(await ben.see(f"/entries/{entry}"), "/comments"), **typed)
    assert answer.status in (413, 422)
    assert errors(answer.page)["text"]
    kept = fields_of(form_to(answer.page, "/comments"))
    assert (len(kept["text"]), kept["kind"]) == (size, ["suggestion"])


async def test_a_form_that_is_larger_than_any_text_is_refused_in_words(ben, cluster):
    entry = await an_entry(cluster.anna, cluster, "cluster")
    form = form_to(await ben.see(f"/entries/{entry}"), "/comments")
    assert (await ben.submit(form, text="x" * 9_000_000)).status == 413


async def test_an_empty_comment_is_refused_at_its_field(ben, cluster):
    entry = await an_entry(cluster.anna, cluster, "cluster")
    answer = await ben.submit(form_to(await ben.see(f"/entries/{entry}"), "/comments"), text=" ", kind="question")
    assert (answer.status, list(errors(answer.page))) == (422, ["text"])
    assert fields_of(form_to(answer.page, "/comments"))["kind"] == ["question"]


async def test_an_entry_edited_by_two_at_once_shows_both(web, cluster):
    entry = await an_entry(cluster.anna, cluster)
    desk, phone = await web.signed_in(cluster.anna), await web.signed_in(cluster.anna)
    path = f"/entries/{entry}/edit"
    first, second = form_to(await desk.see(path), "/edit"), form_to(await phone.see(path), "/edit")
    assert (await desk.submit(first, text="The desk was faster.")).status == 303
    answer = await phone.submit(second, text="The phone was later.")
    assert answer.status == 412
    assert "The desk was faster." in answer.page.select_one("[aria-labelledby=theirs]").text
    again = form_to(answer.page, "/edit")
    assert fields_of(again)["text"] == "The phone was later."
    assert answer.page.select_one("[role=alert]").get_text(strip=True)
    answer = await phone.submit(again)
    assert (answer.status, answer.page.select_one(".reading").text.strip()) == (303, "The phone was later.")


async def test_two_clicks_at_once_announce_one_event(anna, cluster):
    form = form_to(await anna.see("/events/new"), "/events")
    answers = await asyncio.gather(*(anna.submit(form, **EVENT | {"title": "Twice"}) for _ in range(2)))
    assert len({answer.path for answer in answers}) == 1
    assert {answer.status for answer in answers} == {303}


async def test_somebody_new_with_a_bad_address_is_not_invited(anna, cluster):
    path = f"/clusters/{cluster.id}/people"
    form = form_to(await anna.see(path), "/people")
    answer = await anna.submit(form, name="n" * 300, mail="no address")
    assert (answer.status, sorted(errors(answer.page))) == (422, ["mail", "name"])
    kept = fields_of(form_to(answer.page, "/people"))
    assert (kept["name"], kept["mail"]) == ("n" * 300, "no address")


async def test_a_profile_and_a_password_are_refused_at_their_fields(ben):
    page = await ben.see("/profile")
    answer = await ben.submit(form_to(page, "/profile"), zone="Moon/Crater", name=ARABIC)
    assert (answer.status, sorted(errors(answer.page))) == (422, ["name", "zone"])
    answer = await ben.submit(form_to(page, "/password"), password="qwertyuiop")
    assert "four words" in errors(answer.page)["password"]
    answer = await ben.submit(form_to(page, "/password"), password="quick")
    assert (answer.status, list(errors(answer.page))) == (422, ["password"])
    assert "quick" not in str(answer.page)


@pytest.mark.parametrize("version", ["²", "٣", "9" * 5_000, "-1", ""])
async def test_a_version_that_is_no_number_is_an_old_one(anna, cluster, version):
    event, entry = await announce(cluster.anna, cluster, 5, days=-1), await an_entry(cluster.anna, cluster)
    coming = await announce(cluster.anna, cluster, 5)
    told(await mark(cluster.anna, event, cluster.cara))
    pages = {f"/entries/{entry}/edit": "/edit", f"/events/{coming['id']}/edit": "/edit",
             f"/clusters/{cluster.id}/aims": "/aims", f"/events/{event['id']}/attendance": "/attendance"}  # fmt: skip
    for path, action in pages.items():
        assert (await anna.submit(form_to(await anna.see(path), action), version=version)).status == 412, path
    change = form_to(await anna.see(f"/events/{coming['id']}/change"), "/change")
    assert (await anna.submit(change, version=version)).status == 200


async def test_aims_changed_by_two_at_once_show_both(web, cluster):
    path = f"/clusters/{cluster.id}/aims"
    desk, phone = await web.signed_in(cluster.anna), await web.signed_in(cluster.anna)
    first, second = form_to(await desk.see(path), "/aims"), form_to(await phone.see(path), "/aims")
    assert (await desk.submit(first, priorities="Desk")).status == 303
    answer = await phone.submit(second, priorities="Phone")
    assert answer.status == 412
    assert "Desk" in answer.page.select_one("[aria-labelledby=theirs]").text
    assert fields_of(form_to(answer.page, "/aims"))["priorities"] == "Phone"


async def test_publishing_nothing_is_refused_and_a_reach_that_is_none_too(anna, cluster):
    entry = await an_entry(cluster.anna, cluster, text="")
    form = form_to(await anna.see(f"/entries/{entry}"), "/publication")
    for press, more in (("cluster", {}), ("cluster", {"reach": "moon"})):
        answer = await anna.submit(form, press, **more)
        assert answer.status in (409, 422)
        assert answer.page.select_one("#status [role=alert]").get_text(strip=True)


async def test_a_page_that_was_not_refused_is_whole(anna, cluster):
    entry = await an_entry(cluster.anna, cluster, "cluster")
    await a_comment(cluster.ben, entry)
    assert same(await anna.see(f"/entries/{entry}")) == same(await anna.see(f"/entries/{entry}"))
    told(await cluster.anna.diaries.get(f"/v1/entries/{entry}"))


async def test_a_form_without_a_length_is_counted_while_it_comes_in(web):
    async def endless():
        for n in range(2_400):
            yield f"a{n}={'x' * 100_000}&".encode()

    headers = {"content-type": "application/x-www-form-urlencoded"}
    answer = await web.guest().http.post("/language", content=endless(), headers=headers)
    assert answer.status_code == 413


async def test_the_name_of_an_attempt_that_cannot_be_one_is_passed_over(web, cluster, ben):
    form = form_to(await ben.see("/entries/new"), "/entries")
    assert (await ben.submit(form, title="Café", once="é\n")).status == 303


async def test_a_text_with_our_own_marks_is_shown_as_it_is(web, cluster, ben):
    entry = await an_entry(cluster.ben, cluster, text="The sign is {once} here")
    for _ in range(2):
        assert "{once}" in (await ben.see(f"/entries/{entry}")).select_one(".reading").text


async def test_who_is_taken_out_while_they_write_still_reads_what_they_typed(house, web, ben, cluster):
    entry, cara = await published(cluster.anna, cluster), await web.signed_in(cluster.cara)
    page, new = await cara.see(f"/entries/{entry}"), await cara.see("/entries/new")
    people = (await ben.see(f"/clusters/{cluster.id}/people")).select("details form")
    await ben.submit(next(form for form in people if "Cara" in form.text))
    await house.catch_up()
    answer = await cara.submit(form_to(page, "/comments"), text="Three hours of typing")
    assert answer.status == 404
    assert answer.page.select_one("main .letter").text == "Three hours of typing"
    answer = await cara.submit(form_to(new, "/entries"), title="A long title", text="Two hours of typing")
    assert [said.text for said in answer.page.select("main .letter")] == ["A long title", "Two hours of typing"]
    answer = await cara.submit(form_to(page, "/comments"), text="Short")
    assert not answer.page.select("#typed")


@pytest.mark.parametrize(
    ("value", "wrote"), [("two words", True), (CHINESE, True), ("x" * 41, True), ("teacher", False), ("", False)]
)
def test_what_somebody_wrote_is_known_without_spaces(value, wrote):
    assert is_text(value) is wrote
