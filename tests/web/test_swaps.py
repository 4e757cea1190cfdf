"""What htmx swaps in is what a reload shows; and every form ends in a page without JavaScript."""

import pytest

from tests.events.making import announce, ask, site
from tests.web.browser import errors, form_to, same
from tests.web.making import a_comment, an_entry


async def swapped_equals_reloaded(browser, path, action, press="", **typed):
    page = await browser.see(path)
    answer = await browser.swap(page, form_to(page, action), press, **typed)
    assert same(page) == same(await browser.see(path))
    return answer, page


async def test_registration(anna, ben, cluster):
    event = await announce(cluster.anna, cluster, 1)
    path = f"/events/{event['id']}"
    for press in (site(event), ""):
        page = await ben.see(path)
        forms = [form for form in page.select("form") if str(form["action"]).endswith("/registration")]
        await ben.swap(page, forms[0 if press else -1])
        assert same(page) == same(await ben.see(path))
        assert page.select_one("#where + .chip.good")
    assert "Ben Hill" in (await anna.see(f"{path}/people")).select_one("main").text
    answer, page = await swapped_equals_reloaded(ben, path, "/registration/end")
    assert (answer.status_code, page.select_one("#where + .chip")) == (200, None)


async def test_waiting_with_online_meanwhile(ben, cluster):
    event = await announce(cluster.anna, cluster, 1)
    await ask(cluster.cara, event, site(event))
    path = f"/events/{event['id']}"
    page = await ben.see(path)
    await ben.swap(page, form_to(page.select_one("ul.places"), "/registration"), "meanwhile")
    assert same(page) == same(await ben.see(path))
    assert "1" in page.select_one("#registration p[role=status]").text
    assert page.select_one(".chip.warn")


async def test_registration_that_is_refused(ben, cluster, house):
    event = await announce(cluster.anna, cluster, 1)
    page = await ben.see(f"/events/{event['id']}")
    told = await cluster.anna.events.post(f"/v1/events/{event['id']}/cancellation", json={"reason": ""})
    assert told.status_code < 300
    answer = await ben.swap(page, form_to(page, "/registration"))
    assert answer.status_code == 409
    assert page.select_one("#registration [role=alert]").get_text(strip=True)


@pytest.mark.parametrize("kind", ["takeaway", "question", "suggestion"])
async def test_comment(ben, cluster, kind):
    entry = await an_entry(cluster.anna, cluster, "cluster")
    typed = {"kind": kind, "text": "Start small\n\nand tell us."}
    _, page = await swapped_equals_reloaded(ben, f"/entries/{entry}", "/comments", **typed)
    assert [p.text for p in page.select("article.note > p:not(.row)")] == ["Start small", "and tell us."]
    assert page.select_one("article.note")["data-kind"] == kind


async def test_reply_and_resolution(anna, ben, cluster):
    entry = await an_entry(cluster.anna, cluster, "cluster")
    await a_comment(cluster.ben, entry)
    _, page = await swapped_equals_reloaded(anna, f"/entries/{entry}", "/replies", text="A week.")
    assert page.select_one(".reply article").select("p")[-1].text == "A week."
    _, page = await swapped_equals_reloaded(ben, f"/entries/{entry}", "/resolution")
    assert page.select_one(".thread .chip.good")
    assert not [form for form in page.select("form") if str(form["action"]).endswith("/resolution")]


async def test_a_refused_reply_is_swapped_in_at_its_place(anna, cluster):
    entry = await an_entry(cluster.anna, cluster, "cluster")
    for text in ("First?", "Second?"):
        await a_comment(cluster.ben, entry, text=text)
    page = await anna.see(f"/entries/{entry}")
    second = [form for form in page.select("form") if str(form["action"]).endswith("/replies")][1]
    answer = await anna.swap(page, second, text="x" * 2_001)
    assert answer.status_code == 422
    wrong = page.select("textarea[aria-invalid=true]")
    assert [area.text for area in wrong] == ["x" * 2_001]
    assert wrong[0].find_parent("details").has_attr("open")
    assert wrong[0].find_parent(class_="thread").select_one("article").select("p")[-1].text == "Second?"
    assert list(errors(page)) == ["text"]


async def test_every_form_of_the_story_works_without_javascript(anna, ben, cluster):
    event = await announce(cluster.anna, cluster, 1)
    path = f"/events/{event['id']}"
    answer = await ben.submit(form_to(await ben.see(path), "/registration"))
    assert (answer.status, answer.path) == (303, path)
    answer = await ben.submit(form_to(answer.page, "/registration/end"))
    assert (answer.status, answer.path) == (303, path)

    entry = await an_entry(cluster.anna, cluster)
    path = f"/entries/{entry}"
    answer = await anna.submit(form_to(await anna.see(path), "/publication"), "cluster")
    assert (answer.status, answer.path) == (303, path)
    form = form_to(await ben.see(path), "/comments")
    answer = await ben.submit(form, kind="question", text="Why?")
    assert (answer.status, answer.path) == (303, path)
    answer = await anna.submit(form_to(await anna.see(path), "/replies"), text="Because.")
    assert answer.status == 303
    answer = await ben.submit(form_to(await ben.see(path), "/resolution"))
    assert answer.status == 303
    answer = await anna.submit(form_to(await anna.see(f"{path}/publication"), "/publication"), "everyone")
    answer = await anna.submit(form_to(await anna.see(f"{path}/publication/end"), "/publication/end"))
    assert (answer.status, answer.path) == (303, path)
    await ben.see(path, status=404)


async def test_the_same_form_sent_twice_has_one_result(anna, ben, cluster):
    entry = await an_entry(cluster.anna, cluster, "cluster")
    form = form_to(await ben.see(f"/entries/{entry}"), "/comments")
    for _ in range(2):
        answer = await ben.submit(form, text="Only once")
        assert answer.status == 303
    assert len(answer.page.select("article.note")) == 1

    form = form_to(await anna.see("/entries/new"), "/entries")
    written = [await anna.submit(form, title="Twice", text="", language="en") for _ in range(2)]
    assert written[0].path == written[1].path
    assert written[0].path.startswith("/entries/")
