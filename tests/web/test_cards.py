"""What somebody says of themselves, and their page as others see it."""

from tests.clusters.directory.test_cards import introduce, set_portrait
from tests.clusters.doors.test_erasure import erased, leave
from tests.people import an_official, told
from tests.pictures import opened
from tests.web.browser import errors, form_to
from tests.web.scene import act, sent_file
from tests.web.test_sheets import many_people

AT = "/profile/card"
TITLED = {"title_before": "Mgr.", "title_after": "Ph.D."}


def words(element):
    return " ".join(element.get_text(" ").split())


async def test_ben_says_what_he_teaches_and_sees_how_his_cluster_sees_him(web, cluster, ben):
    shown = told(await cluster.ben.clusters.get(f"/v1/schools/{cluster.mentee}"))
    told(await cluster.ben.clusters.put(f"/v1/schools/{cluster.mentee}", json=shown | {"subjects": ["Art", "Physics"]}))
    typed = {"picked": ["Physics"], "subjects": "Maths; Robots", "language": ["cs", "en"]}
    answer = await act(ben, AT, AT, **typed, shows="A lesson\nwith robots", shows_for="school")
    assert (answer.status, answer.path) == (303, AT)
    assert "This is how people of your clusters see it." in words(answer.page.select_one(".flash"))
    seen = words(answer.page.select_one("section[aria-labelledby=seen]"))
    assert "Physics , Maths , Robots" in seen
    assert "Czech, English" in seen
    assert "with robots" not in seen
    form = form_to(answer.page, AT)
    assert [box["value"] for box in form.select("input[name=picked][checked]")] == ["Physics"]
    assert form.select_one("[name=subjects]")["value"] == "Maths, Robots"
    assert "with robots" in words(await ben.see(f"/people/{cluster.ben.id}"))
    for reader, sees in ((cluster.dan, True), (cluster.marie, False)):
        page = await (await web.signed_in(reader)).see(f"/people/{cluster.ben.id}")
        assert ("with robots" in words(page)) == sees


async def test_what_is_too_much_is_said_beside_it_and_kept(ben):
    answer = await act(ben, AT, AT, subjects="x" * 90, language=["uk"], shows="Robots")
    assert answer.status == 422
    assert "at most 80 characters" in errors(answer.page)["subjects"]
    form = form_to(answer.page, AT)
    assert [box["value"] for box in form.select("input[name=language][checked]")] == ["uk"]
    assert form.select_one("[name=shows]").text.strip() == "Robots"


async def test_his_picture_stands_on_every_page_until_he_takes_it_away(web, cluster, ben):
    assert words((await ben.see("/")).select_one(".rail .face")) == "BH"
    answer = await sent_file(ben, AT, "/profile/portrait")
    assert (answer.status, answer.path) == (303, AT)
    small = (await ben.see("/")).select_one(".rail img.face")
    large = answer.page.select_one("section[aria-labelledby=seen] img.large")
    assert (small["alt"], large["alt"]) == ("", "Ben Hill")
    for image, edge in ((small, 96), (large, 384)):
        seen = await ben.http.get(image["src"])
        assert opened(seen.content).size == (edge, edge)
        assert seen.headers["cache-control"] == "private, max-age=60"
        assert (await ben.http.get(image["src"], headers={"if-none-match": seen.headers["etag"]})).status_code == 304
    marie = await web.signed_in(cluster.marie)
    listed = (await marie.see(f"/clusters/{cluster.id}/people")).select_one(f"img[src^='/people/{cluster.ben.id}/']")
    assert (await marie.http.get(listed["src"])).status_code == 200
    assert (await web.guest().http.get(listed["src"])).status_code == 303
    await act(ben, AT, AT, portrait_for="coordinators")
    assert (await marie.http.get(listed["src"])).status_code == 404
    assert not (await marie.see(f"/clusters/{cluster.id}/people")).select(f"img[src^='/people/{cluster.ben.id}/']")
    answer = await act(ben, AT, "/profile/portrait/end")
    assert answer.status == 303
    assert not (await ben.see("/")).select("img.face")
    assert (await ben.http.get(small["src"])).status_code == 404


async def test_a_picture_that_a_program_shows_for_him_is_heard_of(web, cluster, ben):
    await ben.see("/")
    await set_portrait(cluster.ben)
    await web.hear()
    assert (await ben.see("/")).select("img.face")
    told(await cluster.ben.clusters.delete("/v1/me/portrait"), 204)
    await web.hear()
    assert not (await ben.see("/")).select("img.face")


async def test_what_is_no_picture_is_said_beside_the_file(ben):
    for content, name, said in (
        (b"<svg/>", "me.svg", "no picture"),
        (b"x" * 13_000_000, "film.mov", "too large"),
        (b"", "", "Fill this in"),
    ):
        answer = await sent_file(ben, AT, "/profile/portrait", content, name)
        assert answer.status in (413, 422)
        assert said in errors(answer.page)["file"]


async def test_titles_stand_where_people_are_named_and_not_where_they_are_greeted(web, cluster, ben):
    await act(ben, "/profile", "/profile", **TITLED)
    assert words((await ben.see("/")).select_one("h1")) == "Hello Ben Hill"
    for path in (f"/clusters/{cluster.id}/people", f"/schools/{cluster.mentee}", f"/people/{cluster.ben.id}"):
        assert "Mgr. Ben Hill, Ph.D." in words(await ben.see(path)), path
    assert (await ben.see("/profile")).select_one("[name=title_before]")["value"] == "Mgr."


async def test_somebody_is_found_by_subject_and_by_a_part_of_the_name(web, cluster, ben):
    await introduce(cluster.cara, subjects=["Maths", "Art"])
    at = f"/clusters/{cluster.id}/people"
    page = await ben.see(f"{at}?by=subject")
    assert page.select_one(".tabs [aria-current]").text.strip() == "By subject"
    assert [words(title) for title in page.select("main section h2")][:3] == ["Art", "Maths", "Without a subject"]
    (maths,) = [part for part in page.select("main section") if words(part.h2) == "Maths"]
    assert maths.select_one("a")["href"] == f"/people/{cluster.cara.id}"
    form = page.select_one("form[role=search]")
    assert form.select_one("[name=by]")["value"] == "subject"
    found = await ben.see(f"{at}?by=subject&q=SYKES")
    assert {words(link) for link in found.select(".list .what a")} == {"Cara Sykes"}
    assert "Nobody is found by this." in words(await ben.see(f"{at}?q=nobody"))
    by_school = await ben.see(f"{at}?q=sykes")
    assert "Maths , Art" in words(by_school.select_one(".list .what"))


async def test_many_people_are_read_a_page_at_a_time(house, web, cluster, ben):
    await many_people(house, cluster, 300)
    path, seen = f"/clusters/{cluster.id}/people?by=subject", 0
    while path:
        page = await ben.see(path)
        seen += len(page.select(".list > li"))
        more = page.select_one("a[rel=next]")
        assert not more or "by=subject" in more["href"]
        path = more["href"] if more else None
    assert seen == 306


async def test_a_person_out_of_sight_has_no_page(web, cluster, house):
    abroad = await web.signed_in(await an_official(house, "national_coordinator", "JO"))
    await abroad.see(f"/people/{cluster.ben.id}", 404)
    assert (await web.guest().http.get(f"/people/{cluster.ben.id}")).status_code == 303


async def test_who_leaves_for_good_is_gone_with_their_picture(house, web, cluster, ben):
    await introduce(cluster.cara)
    portrait = await set_portrait(cluster.cara)
    told(await leave(house, cluster.cara, cluster.addresses["cara"]), 202)
    picture = f"/people/{cluster.cara.id}/portrait/{portrait}"
    assert (await ben.http.get(picture)).status_code == 404
    await erased(house)
    for table in ("card", "portrait"):
        assert await house.rows("clusters", f"select 1 from {table} where person_id = $1", cluster.cara.id) == []
    await ben.see(f"/people/{cluster.cara.id}", 404)
