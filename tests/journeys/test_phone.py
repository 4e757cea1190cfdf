"""On a phone every page fits, whatever people write: nothing is out of reach, nothing is covered."""

from pathlib import Path

import pytest
from playwright.async_api import expect

from kit.policy import api_routes
from tests.journeys.test_accessibility import HANNAH, HERS, INES, LAID_OUT, WRITTEN
from web.app import create_app
from web.settings import Settings

WIDTHS = (320, 360, 390)
TIGHT = (Path(__file__).parent / "tight.js").read_text()
SHOWN = {
    "guest": {"/": "/", "/sign-in": "/sign-in", "/sign-in/link": "/sign-in/link?key=x", "/mailbox": "/mailbox"},
    "programme": {"/operations": "/operations"},
}
NO_PAGES = {
    "/.well-known/oauth-authorization-server",
    "/entries/{entry_id}/live",
    "/entries/{entry_id}/pictures/{picture_id}",
    "/events/{event_id}/calendar.ics",
    "/problems/{name}",
}
INVITED = "select id from invitation where person_id = $1 order by id desc limit 1"


async def pages_of_ines(home, ines):
    """A path for each page that a coordinator can open."""
    person = (await home.rows("clusters", "select person_id from address where mail = $1", INES))[0][0]
    events, entries = await home.rows("events", HERS, person), await home.rows("diaries", WRITTEN, person)
    ahead, past = (next(row["id"] for row in events if row["ahead"] == wanted) for wanted in (True, False))
    entry = next(row["id"] for row in entries if row["reach"])
    await ines.open("/clusters")
    cluster = ines.page.url.rpartition("/")[2]
    known = {"cluster_id": cluster, "event_id": ahead, "entry_id": entry}
    invitations = await home.rows("clusters", INVITED, person)
    known["invitation_id"] = invitations[0]["id"] if invitations else "0"
    return known, [f"/events/{past}", f"/events/{past}/attendance", f"/entries/new?event={past}", "/events?when=past"]


def patterns():
    app = create_app(Settings(secret="x"))
    pages = {route.path for route in api_routes(app) if "GET" in route.methods} - NO_PAGES
    return sorted(pages - {path for paths in SHOWN.values() for path in paths})


async def fits(visitor, path):
    await visitor.page.set_viewport_size({"width": WIDTHS[0], "height": 640})
    answer = await visitor.page.goto(path)
    assert answer.status < 500, path
    await shown_fits(visitor, path)


async def shown_fits(visitor, name):
    await visitor.page.evaluate(TIGHT + "; fill();")
    for width in WIDTHS:
        await visitor.page.set_viewport_size({"width": width, "height": 640})
        await visitor.page.evaluate(LAID_OUT)
        assert await visitor.page.evaluate("complaints()") == [], f"{name} in {visitor.language} at {width}"


@pytest.mark.parametrize("language", ["en", "cs", "ar"])
async def test_every_page_fits(home, visit, language):
    guest = await visit(language)
    public = await home.rows("diaries", "select entry_id from publication where reach = 'everyone' limit 1")
    for path in (*SHOWN["guest"].values(), f"/entries/{public[0]['entry_id']}", "/nowhere"):
        await fits(guest, path)
    ines = await visit(language)
    await ines.sign_in_by_password(INES)
    known, more = await pages_of_ines(home, ines)
    for path in ("/", *(pattern.format_map(known) for pattern in patterns()), *more):
        await fits(ines, path)


async def test_what_could_not_be_done_fits(visit):
    hannah = await visit()
    await hannah.sign_in_by_link(HANNAH)
    await fits(hannah, "/operations")


async def test_a_table_in_an_entry_scrolls_by_itself(visit):
    ines = await visit("en", width=320)
    await ines.sign_in_by_password(INES)
    await ines.open("/entries/new")
    row = "|" + "|".join(f" Arbeitsgemeinschaft{number} " for number in range(9)) + "|"
    await ines.fill(title="W" * 80, text=f"{row}\n{'|---' * 9}|\n{row}\n\n`{'x' * 90}`\n\nhttps://a.example/{'y' * 90}")
    await ines.press("Save the draft")
    await expect(ines.page.locator(".reading .wide-table[tabindex='0'] table")).to_be_visible()
    await shown_fits(ines, "an entry with a table")


async def test_a_phone_has_a_way_to_oneself_and_out(visit):
    for javascript in (True, False):
        ines = await visit("en", width=360, height=640, javascript=javascript)
        await ines.sign_in_by_password(INES)
        await ines.page.locator(".strip .me").click()
        await expect(ines.page.locator("h1")).to_have_text("About me")
        await expect(ines.page.locator("main [name=language]")).to_be_visible()
        await ines.press("Sign out", ines.page.locator("main"))
        await expect(ines.page.locator(".flash")).to_be_visible()
