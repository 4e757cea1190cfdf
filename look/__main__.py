"""make look: pictures of every page as every role into var/look, with one page to leaf through them.

ARGS='--changed' takes what a change touches, ARGS='--only events,profile' the pages with these words in their names,
ARGS='--language hu' each page at a desk and on a phone in that language.
"""

import argparse
import asyncio
import shutil
import sys
import time
from collections.abc import Sequence

from deploy.refusal import Refusal
from kit.languages import SPOKEN
from look import house
from look.album import bind
from look.browser import CHROMIUM, open_chromium
from look.camera import Camera
from look.changes import changed_files, touched
from look.pages import PAGES
from look.people import known_things
from look.plan import Picture, at_a_glance, every_way
from web.app import create_app
from web.settings import Settings

ALBUM = house.FOLDER / "pictures"


def main() -> int:
    parser = argparse.ArgumentParser(prog="look", description=__doc__)
    parser.add_argument("--changed", action="store_true", help="what differs from main, or from the last commit")
    parser.add_argument("--only", default="", help="pages with one of these words in their names, commas between")
    parser.add_argument("--language", default="", choices=list(SPOKEN), help="at a desk and on a phone in this one")
    parser.add_argument("--fresh", action="store_true", help="load the demonstration year anew")
    said = parser.parse_args()
    try:
        return run(said.changed, [word for word in said.only.split(",") if word], said.language, said.fresh)
    except Refusal as refusal:
        print(refusal, file=sys.stderr)
        return refusal.code


def run(changed: bool, words: Sequence[str], language: str, fresh: bool) -> int:
    began = time.monotonic()
    if not CHROMIUM.exists():
        raise Refusal(f"Pictures need a browser: there is no {CHROMIUM}.")
    app = create_app(Settings())
    files = changed_files() if changed else []
    asked = touched(app, files) if changed else at_a_glance(PAGES, language) if language else every_way(PAGES)
    pictures = list(asked)
    pictures = [one for one in pictures if not words or any(word in one.page.name for word in words)]
    if not pictures:
        raise Refusal("No page is touched: nothing of web differs, or no page has such a name.", code=0)
    if files:
        print("Changed:", ", ".join(files))
    shutil.rmtree(ALBUM, ignore_errors=True)
    with house.open_house(fresh=fresh or not (changed or words or language)) as opened:
        ready = time.monotonic() - began
        print(f"The house is ready after {ready:.0f} s; {len(pictures)} pictures to take")
        asyncio.run(take(pictures, f"http://localhost:{opened.port}"))
    taken = sum(bool(one.file) for one in pictures)
    told = f"{taken} pictures in {time.monotonic() - began:.0f} s; pages: {len({one.page for one in pictures})}."
    wrong = [one for one in pictures if one.wrong]
    for one in wrong:
        print(f"  {one.page.name}, {one.role}, {one.way}: {'; '.join(dict.fromkeys(one.wrong))}")
    print(f"{told} {len(wrong)} to be looked at first: {bind(house.FOLDER, app, pictures, told)}")
    return 1 if wrong else 0


async def take(pictures: list[Picture], url: str) -> None:
    async with open_chromium() as browser:
        camera = Camera(browser, url, await known_things(house.rows), ALBUM)
        await camera.sign_in({one.role for one in pictures}, house.password())
        await camera.take(pictures)


if __name__ == "__main__":
    sys.exit(main())
