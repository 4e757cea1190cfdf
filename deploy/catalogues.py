"""The catalogues of texts that people read: python -m deploy.catalogues compile|update|check.

A catalogue has a file for each area (a folder of pages); what several areas say, or none, is in `shared.po`. They are
compiled together.
"""

import sys
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from babel.messages.catalog import Catalog, Message
from babel.messages.extract import DEFAULT_KEYWORDS, extract_from_dir
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po, write_po

from kit.languages import FALLBACK, SPOKEN

ROOT = Path(__file__).parents[1]
TRANSLATED = tuple(tag for tag in SPOKEN if tag != FALLBACK)
SHARED = "shared"
METHODS = [
    ("**.py", "python"),
    ("**.html", "jinja2.ext:babel_extract"),
    ("**.txt", "jinja2.ext:babel_extract"),
]
JINJA = {"newstyle_gettext": "true", "trim_blocks": "true", "lstrip_blocks": "true", "silent": "false"}
OPTIONS = {"**.html": JINJA, "**.txt": JINJA}
_LONG_AGO = datetime(2026, 11, 22, tzinfo=UTC)  # a catalogue that says nothing new does not change
KEYWORDS = DEFAULT_KEYWORDS | {"N_": None}


def locale_folders() -> Iterator[Path]:
    """Each folder `locale`; it holds the texts of the folder around it."""
    yield from sorted(folder for top in ("web", "services") for folder in (ROOT / top).rglob("locale"))


def extracted(around: Path) -> dict[str, Catalog]:
    """The texts that the program asks for, by area."""
    found: dict[tuple[Any, str | None], dict[str, Any]] = {}
    for file, _, message, comments, context in extract_from_dir(
        around, method_map=METHODS, options_map=OPTIONS, keywords=KEYWORDS, comment_tags=("i18n:",)
    ):
        text = found.setdefault((message, context), {"files": [], "comments": comments})
        text["files"].append(file)
    areas: dict[str, Catalog] = {SHARED: Catalog(charset="utf-8", fuzzy=False)}
    for (message, context), text in found.items():
        asking = {_area(file) for file in text["files"]}
        area = asking.pop() if len(asking) == 1 else SHARED
        catalogue = areas.setdefault(area, Catalog(charset="utf-8", fuzzy=False))
        places = [(file, 0) for file in dict.fromkeys(text["files"])]
        catalogue.add(message, None, places, auto_comments=text["comments"], context=context)
    return areas


def _area(file: str) -> str:
    """`pages/events/show.html` and `words/events.py` are of events."""
    folder, _, rest = file.partition("/")
    if folder == "words":
        return Path(rest).stem
    return rest.partition("/")[0] if folder == "pages" and "/" in rest else SHARED


def load(file: Path) -> Catalog:
    with file.open("rb") as source:
        return read_po(source, locale=file.parts[-3])


def compile_all() -> None:
    """One file of words for each language, from the files of its areas."""
    for folder in _languages():
        compiled, files = folder / "messages.mo", sorted(folder.glob("*.po"))
        newest = max((file.stat().st_mtime for file in files), default=0.0)
        if files and (not compiled.exists() or compiled.stat().st_mtime < newest):
            whole = load(files[0])
            for file in files[1:]:
                for message in load(file):
                    if message.id:
                        whole.add(message.id, message.string, context=message.context)
            with compiled.open("wb") as target:
                write_mo(target, whole)


def update_all() -> None:
    """Bring new texts into the catalogues and drop those that nobody asks for; what moves keeps its words."""
    for folder in _languages():
        language = folder.parent.name
        known = [message for file in sorted(folder.glob("*.po")) for message in load(file) if message.id]
        words = {(_text(message), message.context): message for message in known}
        areas = extracted(folder.parents[2])
        for file in folder.glob("*.po"):
            if file.stem not in areas:
                file.unlink()
        folder.mkdir(parents=True, exist_ok=True)
        for area, template in areas.items():
            catalogue = Catalog(locale=language, charset="utf-8", fuzzy=False, creation_date=_LONG_AGO)
            for message in template:
                if message.id:
                    old = words.get((_text(message), message.context))
                    string = old.string if old and old.pluralizable == message.pluralizable else None
                    catalogue.add(
                        message.id, string, message.locations, auto_comments=message.auto_comments,
                        user_comments=old.user_comments if old else (), context=message.context,
                        flags=("fuzzy",) if old and old.fuzzy else (),
                    )  # fmt: skip
            with (folder / f"{area}.po").open("wb") as target:
                write_po(target, catalogue, omit_header=False, include_lineno=False, sort_output=True, width=110)


def check_all() -> list[str]:
    """What is missing, in one line each."""
    return [complaint for folder in _languages() for complaint in _complaints(folder)]


def _complaints(folder: Path) -> Iterator[str]:
    for area, wanted in extracted(folder.parents[2]).items():
        file = folder / f"{area}.po"
        name = file.relative_to(ROOT)
        if not file.exists():
            yield f"{name}: the catalogue is missing"
            continue
        catalogue = load(file)
        for message in sorted(wanted, key=_text):
            if message.id and (wrong := _complaint(catalogue.get(message.id, message.context), catalogue)):
                yield f"{name}: {wrong}: {_text(message)!r}"


def completeness() -> dict[str, dict[str, tuple[int, int]]]:
    """For each language and file of words: (translated, asked for)."""
    found: dict[str, dict[str, tuple[int, int]]] = {}
    for folder in _languages():
        of_language = found.setdefault(folder.parent.name, {})
        for area, wanted in extracted(folder.parents[2]).items():
            asked = [message for message in wanted if message.id]
            file = folder / f"{area}.po"
            catalogue = load(file) if file.exists() else Catalog(locale=folder.parent.name)
            good = [m for m in asked if not _complaint(catalogue.get(m.id, m.context), catalogue)]
            around = folder.parents[2].relative_to(ROOT)
            of_language[f"{around}: {area}"] = (len(good), len(asked))
    return found


def _languages() -> list[Path]:
    """The folder of words of each language, beside each folder `locale`."""
    return [
        folder / language / "LC_MESSAGES"
        for folder in locale_folders()
        for language in sorted({each.name for each in folder.iterdir() if each.is_dir()} | set(TRANSLATED))
    ]


def _complaint(message: Message | None, catalogue: Catalog) -> str:
    if message is None:
        return "missing"
    if message.fuzzy:
        return "fuzzy"
    forms = message.string if isinstance(message.string, (list, tuple)) else [message.string]
    if not all(forms):
        return "not translated"
    if message.pluralizable and len(forms) != catalogue.num_plurals:
        return "plural forms are missing"
    return "; ".join(str(error) for error in message.check(catalogue))


def _text(message: Message) -> str:
    return str(message.id[0] if isinstance(message.id, (list, tuple)) else message.id)


def main() -> int:
    verb = sys.argv[1] if len(sys.argv) == 2 else ""
    if verb == "compile":
        compile_all()
    elif verb == "update":
        update_all()
        compile_all()
    elif verb == "check":
        complaints = check_all()
        print("\n".join(complaints), end="\n" if complaints else "")
        return 1 if complaints else 0
    else:
        print(__doc__, file=sys.stderr)
        return 2
    return 0


if __name__ == "__main__":
    sys.exit(main())
