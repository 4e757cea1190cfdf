"""Lists in pages go on to their end, and say of everything when it was."""

import re

from tests.clusters.doors.test_invitations import invited
from tests.diaries.writing import published, start
from tests.events.making import announce
from tests.kit.test_lists import many_comments
from tests.web.browser import form_to

YEAR = re.compile(r"\b20[0-9][0-9]\b")
THING = re.compile(r"^/(entries|events)/[0-9a-f-]{36}$")


async def test_the_page_of_an_entry_counts_what_there_is_and_goes_on(house, web, cluster):
    entry_id = await published(cluster.cara, cluster, "everyone")
    await many_comments(house, cluster, entry_id, 230)
    for browser in (await web.signed_in(cluster.ben), web.guest()):
        seen, path = set(), f"/entries/{entry_id}"
        while path:
            page = await browser.see(path)
            assert "230" in page.select_one("#conversation-title").text
            here = {note["id"] for note in page.select("article.note")}
            assert not here & seen
            seen |= here
            more = page.select_one("#conversation a[rel=next]")
            path = more["href"].partition("#")[0] if more else None
        assert len(seen) == 230


async def test_every_entry_and_every_past_event_says_its_year(web, cluster):
    await published(cluster.cara, cluster, "everyone")
    await start(cluster.cara, cluster)
    await announce(cluster.anna, cluster, 5, days=-3)
    cara = await web.signed_in(cluster.cara)
    for path in ("/entries", "/events?when=past", "/"):
        items = [link.find_parent("li") for link in (await cara.see(path)).find_all("a", href=THING)]
        assert items, path
        assert [item.text for item in items if not YEAR.search(item.get_text(" "))] == [], path


MANY = """
with made as (insert into person (id, name, language, zone, registered_at) select gen_random_uuid(),
  'Colleague ' || n, 'en', 'Europe/Prague', now() from generate_series(1, $2::int) n returning id)
insert into staff (id, person_id, school_id, role, began_at)
select gen_random_uuid(), id, $1, 'teacher', now() from made
"""


async def test_the_people_of_a_school_are_walked_to_their_end(house, web, cluster):
    await house.rows("clusters", MANY, cluster.mentee, 130)
    ben, seen, path = await web.signed_in(cluster.ben), [], f"/schools/{cluster.mentee}"
    while path:
        page = await ben.see(path)
        seen += [link["href"] for link in page.select("[aria-labelledby=people] .what > a[href^='/people/']")]
        more = page.select_one("[aria-labelledby=people] a[rel=next]")
        path = more["href"] if more else None
    assert len(seen) == len({*seen}) > 130


async def test_more_of_who_is_invited_keeps_how_the_people_are_shown(web, cluster):
    for n in range(21):
        await invited(cluster.hana, cluster.mentee, f"many-{n}-{cluster.id}@x.test")
    page = await (await web.signed_in(cluster.ben)).see(f"/clusters/{cluster.id}/people?by=subject&q=e")
    (more,) = page.select("[aria-labelledby=invited] a[href*='invited=']")
    assert "by=subject" in more["href"]
    assert "q=e" in more["href"]


async def test_who_is_invited_into_a_school_is_walked_to_the_end(web, cluster):
    asked = [await invited(cluster.hana, cluster.mentee, f"walk-{n}-{cluster.id}@x.test") for n in range(21)]
    ben, seen, path = await web.signed_in(cluster.ben), [], f"/schools/{cluster.mentee}?instead={asked[0]}"
    while path:
        page = await ben.see(path)
        (card,) = page.select("[aria-labelledby=invited]")
        here = [form["action"].split("/")[-2] for form in card.select("form[action$='/end']")]
        assert not {*here} & {*seen}
        seen += here
        assert form_to(page, "/people").select_one("[name=instead]")["value"] == asked[0]
        more = card.select_one("a[href*='invited=']")
        path = more["href"] if more else None
    assert seen == asked[::-1]


async def test_more_of_a_list_is_found_on_a_page_where_a_form_was_refused(house, web, cluster):
    for n in range(21):
        asked = await invited(cluster.ben, cluster.mentee, f"more-{n}-{cluster.id}@x.test")
    await house.rows("clusters", MANY, cluster.mentee, 130)
    ben, people = await web.signed_in(cluster.ben), f"/clusters/{cluster.id}/people"
    form = form_to(await ben.see(f"/schools/{cluster.mentee}?instead={asked}"), "/people")
    page = (await ben.submit(form, mail="eva at school")).page
    page = await ben.see(page.select_one("[aria-labelledby=people] a[rel=next]")["href"])
    assert form_to(page, "/people").select_one("[name=instead]")["value"] == asked
    refused = await ben.submit(form_to(await ben.see(people), "/sending"))
    assert refused.path.endswith("/sending")
    for link in ("a[rel=next]", "[aria-labelledby=invited] a[href*='invited=']"):
        assert (await ben.see(refused.page.select_one(link)["href"])).h1.text == "People"
