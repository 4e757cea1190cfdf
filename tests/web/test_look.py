"""The list of pages is the app's: what pictures and journeys go through leaves no page out."""

from pathlib import Path

import pytest

from look.absent import NO_PAGES
from look.changes import pieces, touched
from look.pages import (
    OF_A_PROVIDER,
    OF_AN_APP,
    OF_AN_EMPTY_HOUSE,
    PAGES,
    ROLES,
    pages_of_routes,
    read_routes,
    route_of,
)
from web.app import create_app
from web.settings import Settings

TEMPLATES = Path(__file__).parents[2] / "web" / "pages"
ADD = "is on no picture: give it a line in look/pages.py, with the role that mainly reads it"


@pytest.fixture(scope="module")
def app():
    return create_app(Settings())


def test_every_page_is_on_the_list(app):
    missing = [path for path, pages in pages_of_routes(app).items() if not pages]
    assert not missing, f"{', '.join(missing)} {ADD}; or, if it is no page, in look/absent.py."


def test_every_template_is_on_the_list():
    files = [file.relative_to(TEMPLATES).with_suffix("") for file in TEMPLATES.rglob("*.html")]
    missing = {str(file) for file in files if not file.name.startswith("_")} - {page.template for page in PAGES}
    missing -= OF_AN_EMPTY_HOUSE | OF_A_PROVIDER | OF_AN_APP
    assert not missing, f"{', '.join(missing)} {ADD}."


def test_nothing_is_on_the_list_that_is_gone(app):
    gone = NO_PAGES.keys() - read_routes(app).keys()
    assert not gone, f"Web has no route {', '.join(gone)}: take it out of NO_PAGES in look/absent.py."
    for page in PAGES:
        assert page.status == 404 or route_of(app, page)
        assert pieces(f"pages/{page.template}.html")


def test_pages_have_names_of_their_own_and_readers():
    assert len({page.slug for page in PAGES}) == len(PAGES)
    assert {page.role for page in PAGES} <= set(ROLES)


def test_a_change_of_a_piece_shows_the_pages_that_it_is_in(app):
    pictures = touched(app, ["web/pages/entries/_comment.html"])
    assert {picture.page.template for picture in pictures} == {"entries/show"}
    assert {picture.role for picture in pictures} == set(ROLES)
    own = [picture for picture in pictures if picture.page.state == "" and picture.role == picture.page.role]
    assert len({picture.way for picture in own}) == 8


def test_a_change_of_a_route_shows_the_pages_of_its_folder(app):
    pictures = touched(app, ["web/pages/notices/routes.py"])
    assert [(picture.page.template, picture.screen) for picture in pictures] == [
        ("notices/index", "desk"),
        ("notices/index", "phone"),
    ]


@pytest.mark.parametrize("file", ["web/ui/layout.html", "web/ui/macros.html", "web/static/staffroom.css"])
def test_a_change_of_what_all_pages_share_shows_each_at_a_glance(app, file):
    pictures = touched(app, [file])
    assert {picture.page for picture in pictures} == set(PAGES)
    assert len(pictures) == 2 * len(PAGES)
