"""Pictures on the page of an entry: adding, seeing and taking them out."""

from tests.diaries.writing import add_picture
from tests.people import told
from tests.pictures import a_picture
from tests.web.browser import errors, fields_of, form_to
from tests.web.conftest import eventually
from tests.web.making import an_entry


async def sent(browser, page, content, description="The board", name="board.jpg"):
    """The form as a browser sends it with a file."""
    form = form_to(page, "/pictures")
    assert form["enctype"] == "multipart/form-data"
    file = {"file": (name, content, "image/jpeg")}
    data = fields_of(form) | {"description": description}
    data.pop("file")
    return await browser.arrive(await browser.http.post(form["action"], data=data, files=file))


async def test_the_author_adds_a_picture_and_takes_it_out(web, cluster):
    entry = await an_entry(cluster.cara, cluster)
    cara = await web.signed_in(cluster.cara)
    answer = await sent(cara, await cara.see(f"/entries/{entry}"), a_picture())
    assert (answer.status, answer.path) == (303, f"/entries/{entry}")
    page = await cara.see(f"/entries/{entry}")
    image = page.select_one("figure img")
    assert (image["alt"], image["width"], image["height"]) == ("The board", "1200", "900")
    for address in [image["src"], *(part.split()[0] for part in image["srcset"].split(", "))]:
        seen = await cara.http.get(address)
        assert (seen.status_code, seen.headers["content-type"]) == (200, "image/webp")
        assert "content-encoding" not in seen.headers
    assert [part.split()[1] for part in image["srcset"].split(", ")] == ["800w", "1200w"]
    assert (await cara.submit(form_to(page, "/end"))).status == 303
    assert not (await cara.see(f"/entries/{entry}")).select("figure")


async def test_a_form_sent_twice_adds_one_picture(web, cluster):
    entry = await an_entry(cluster.cara, cluster)
    cara = await web.signed_in(cluster.cara)
    page = await cara.see(f"/entries/{entry}")
    for _ in range(2):
        assert (await sent(cara, page, a_picture())).status == 303
    assert len((await cara.see(f"/entries/{entry}")).select("figure")) == 1


async def test_a_comment_and_a_picture_go_from_one_page(web, cluster):
    entry = await an_entry(cluster.cara, cluster, "cluster")
    cara = await web.signed_in(cluster.cara)
    page = await cara.see(f"/entries/{entry}")
    assert (await cara.submit(form_to(page, "/comments"), text="One thing more")).status == 303
    assert (await sent(cara, page, a_picture())).status == 303


async def test_what_is_wrong_is_said_beside_the_field_and_the_description_is_kept(web, cluster):
    entry = await an_entry(cluster.cara, cluster, "cluster")
    cara = await web.signed_in(cluster.cara)
    page = await cara.see(f"/entries/{entry}")
    for content, name, said in (
        (b"no picture", "notes.txt", "no picture"),
        (b"x" * 13_000_000, "film.mov", "too large"),
        (b"", "", "Fill this in"),
    ):
        answer = await sent(cara, page, content, "What we wrote", name)
        assert answer.status in (413, 422)
        assert said in errors(answer.page)["file"]
        details = answer.page.select_one("#pictures details")
        assert details.has_attr("open")
        assert details.select_one("[name=description]")["value"] == "What we wrote"
        assert not answer.page.select_one("#conversation [role=alert]")
    answer = await sent(cara, page, a_picture(), " ")
    assert errors(answer.page).keys() == {"description"}


async def test_guests_see_pictures_of_public_entries_alone(web, cluster):
    drafted, public = await an_entry(cluster.cara, cluster), await an_entry(cluster.cara, cluster, "everyone")
    ids = [told(await add_picture(cluster.cara, entry), 201)["id"] for entry in (drafted, public)]
    statuses = [
        (await web.guest().http.get(f"/entries/{entry}/pictures/{picture}")).status_code
        for entry, picture in ((drafted, ids[0]), (public, ids[1]), (public, ids[0]))
    ]
    assert statuses == [404, 200, 404]
    page = await web.guest().see(f"/entries/{public}")
    assert page.select_one("figure img")
    assert not page.select("#pictures form")


async def test_a_picture_that_is_known_is_not_sent_again(web, cluster):
    entry = await an_entry(cluster.cara, cluster, "everyone")
    picture = told(await add_picture(cluster.cara, entry), 201)["id"]
    where = f"/entries/{entry}/pictures/{picture}"
    first = await web.guest().http.get(where)
    again = await web.guest().http.get(where, headers={"if-none-match": first.headers["etag"]})
    assert (again.status_code, again.content, again.headers["etag"]) == (304, b"", first.headers["etag"])


async def test_a_new_picture_shows_on_the_page_that_guests_get(web, cluster):
    entry = await an_entry(cluster.cara, cluster, "everyone")
    await eventually(lambda: web.kept.hearing.fresh("diaries"))
    assert not (await web.guest().see(f"/entries/{entry}")).select("figure")
    cara = await web.signed_in(cluster.cara)
    await sent(cara, await cara.see(f"/entries/{entry}"), a_picture())
    await web.hear()
    assert (await web.guest().see(f"/entries/{entry}")).select("figure")
