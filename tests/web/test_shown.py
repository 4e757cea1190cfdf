"""What a page shows is what its template knows: no name more, none less."""

from pathlib import Path

import pytest
from jinja2 import meta, nodes

import web.app  # noqa: F401  (all pages)
from web.shown import Shown
from web.templates import HERE, speaking

# What every template knows, besides what its page shows.
COMMON = {"visit", "me", "request", "status", "language", "zone", "signed_in", "flash"}
# What content that many readers get knows of its reader.
OF_MANY = {"language", "zone", "signed_in", "flash"}
KEPT_FOR_MANY = ("events/show.html", "entries/show.html", "today/index.html")


def every_page(of=Shown):
    for page in of.__subclasses__():
        yield page
        yield from every_page(page)


PAGES = {page.template: page for page in every_page()}


def pieces(name):
    """The template and what it includes or extends, parsed."""
    env, found, names = speaking("en"), {}, [name]
    while names:
        source, _, _ = env.loader.get_source(env, name := names.pop())
        found[name] = env.parse(source)
        names += [each for each in meta.find_referenced_templates(found[name]) if each and each not in found]
    return found


def names_in(trees):
    """What these ask for; a name that one of them sets counts as set in all, as an include sees what is around it."""
    known = speaking("en").globals.keys()
    asked = set().union(*(meta.find_undeclared_variables(tree) for tree in trees))
    made = {name.name for tree in trees for name in tree.find_all(nodes.Name) if name.ctx in ("store", "param")}
    made |= {macro.name for tree in trees for macro in tree.find_all(nodes.Macro)}
    return asked - known - made


@pytest.mark.parametrize("template", PAGES)
def test_a_page_shows_what_its_template_asks_for(template):
    asked = names_in(list(pieces(f"pages/{template}").values()))
    fields = set(PAGES[template].__dataclass_fields__)
    assert asked - COMMON <= fields, f"give {PAGES[template].__name__} a field"
    assert fields <= asked, f"no template asks for this field of {PAGES[template].__name__}"


@pytest.mark.parametrize("template", KEPT_FOR_MANY)
def test_content_for_many_readers_knows_nothing_of_one(template):
    """The layout around it does; Today is kept for one reader, and says so by a field."""
    own = [tree for name, tree in pieces(f"pages/{template}").items() if name.startswith("pages/")]
    assert names_in(own) <= OF_MANY | set(PAGES[template].__dataclass_fields__)


def test_content_that_is_kept_is_tried_above():
    calls = [
        call for file in Path(HERE, "pages").rglob("*.py") for call in file.read_text().split("kept_by=kept_by")[1:]
    ]
    assert len(calls) == len(KEPT_FOR_MANY), "add its template to KEPT_FOR_MANY"


def test_every_template_of_a_page_has_its_class():
    pages = Path(HERE, "pages")
    templates = {str(file.relative_to(pages)) for file in pages.glob("*/*.html") if not file.name.startswith("_")}
    assert templates == PAGES.keys()
