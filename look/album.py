"""One page to leaf through all pictures, as files alone: it asks nobody for anything."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import groupby
from pathlib import Path

from fastapi import FastAPI
from jinja2 import Environment, FileSystemLoader, StrictUndefined

from look.pages import PAGES, Page, pages_of_routes
from look.plan import Picture

HERE = Path(__file__).parent


@dataclass
class Leaf:
    """A page with its pictures: as its main role in every way, as others once, and who does not see it."""

    page: Page
    own: list[Picture]
    others: list[Picture]
    unseen: list[tuple[str, str]]


def leaves(pictures: Iterable[Picture]) -> list[Leaf]:
    order = {page: place for place, page in enumerate(PAGES)}
    found = []
    for page, each in groupby(sorted(pictures, key=lambda one: order[one.page]), key=lambda one: one.page):
        some = list(each)
        own = [one for one in some if one.role == page.role and one.file]
        others = [one for one in some if one.role != page.role and one.file]
        unseen = [
            (why, ", ".join(one.role for one in alike))
            for why, alike in groupby(
                sorted((one for one in some if one.why_not), key=lambda one: one.why_not), lambda one: one.why_not
            )
        ]
        found.append(Leaf(page, own, others, unseen))
    return found


def without_picture(app: FastAPI, pictures: Sequence[Picture]) -> list[str]:
    """The pages of the app that are in no picture: their routes, and states of them that are on the list."""
    shown = {one.page for one in pictures if one.file}
    routes = [path for path, pages in pages_of_routes(app).items() if not shown.intersection(pages)]
    seen = {page for path, pages in pages_of_routes(app).items() if path not in routes for page in pages}
    return [*routes, *(page.name for page in PAGES if page in seen and page not in shown)]


def bind(folder: Path, app: FastAPI, pictures: Sequence[Picture], told: str) -> Path:
    """Write the page; where it is."""
    env = Environment(
        loader=FileSystemLoader(HERE), autoescape=True, undefined=StrictUndefined, trim_blocks=True, lstrip_blocks=True
    )
    html = env.get_template("album.html").render(
        told=told,
        leaves=leaves(pictures),
        wrong=[one for one in pictures if one.wrong],
        missing=without_picture(app, pictures),
    )
    file = folder / "index.html"
    file.write_text(html)
    return file
