"""Which pages a change touches, by what differs from main; on main itself, from the last commit."""

import subprocess
from collections.abc import Iterable
from pathlib import Path

from fastapi import FastAPI
from jinja2 import meta

from look.pages import PAGES, Page, read_routes, route_of
from look.plan import Picture, at_a_glance, every_way
from web.templates import speaking

ROOT = Path(__file__).parents[1]
MAIN = "main"
# What pages ask for and keep looks like nothing by itself.
UNSEEN = ("web/clients/", "web/kept/", "web/static/dist/", "web/locale/cs/", "web/locale/he/", "web/locale/hu/")
ARABIC = "web/locale/ar/"


def changed_files() -> list[str]:
    """Files of web that differ from where this branch left main; on main, what is not committed, or the last commit."""
    here = _git("rev-parse", "HEAD")
    base = _git("merge-base", "HEAD", MAIN) or here
    return _changed_since(base) or _changed_since(f"{here}~1" if base == here else base)


def _changed_since(commit: str) -> list[str]:
    told = [_git("diff", "--name-only", commit, "--", "web"), _git("ls-files", "--others", "--exclude-standard", "web")]
    files = sorted({line for lines in told for line in lines.splitlines()})
    return [file for file in files if not file.startswith(UNSEEN) and not file.endswith(".mo")]


def _git(*words: str) -> str:
    asked = subprocess.run(["git", *words], cwd=ROOT, capture_output=True, text=True, check=False)
    return asked.stdout.strip() if asked.returncode == 0 else ""


def pieces(template: str) -> set[str]:
    """The files that a template is put together from, itself among them."""
    env = speaking("en")
    assert env.loader
    found: dict[str, set[str | None]] = {}
    names = [template]
    while names:
        source, file, _ = env.loader.get_source(env, name := names.pop())
        path = str(Path(file or "").resolve().relative_to(ROOT))
        found[path] = meta.find_referenced_templates(env.parse(source, name))  # type: ignore[assignment]
        names += [each for each in found[path] if each]
    return set(found)


def programs(app: FastAPI, page: Page) -> set[str]:
    """The files of the folder that answers for a page."""
    module = "web.pages.problems" if page.status != 200 else read_routes(app)[route_of(app, page)]
    folder = ROOT.joinpath(*module.split(".")[:3])
    return {str(file.relative_to(ROOT)) for file in folder.glob("*.py")}


def touched(app: FastAPI, files: Iterable[str]) -> list[Picture]:
    """Every way of a page whose template or pieces these are; of who has another part in a page a glance at it.

    What no page has for itself is everybody's: layout, macros, styles, words.
    """
    changed = set(files)
    parts = {page: pieces(f"pages/{page.template}.html") for page in PAGES}
    routes = {page: programs(app, page) for page in PAGES}
    of_all = set.intersection(*parts.values())
    drawn = [page for page in PAGES if parts[page] & changed - of_all]
    owned: set[str] = set().union(*parts.values(), *routes.values())
    shared = changed - owned | changed & of_all
    glanced = [page for page in PAGES if page not in drawn and (shared or routes[page] & changed)]
    language = "ar" if shared and all(file.startswith(ARABIC) for file in shared) else "en"
    return [*every_way(drawn), *at_a_glance(glanced, language)]
