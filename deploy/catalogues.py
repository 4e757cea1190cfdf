"""The catalogues of texts that people read: python -m deploy.catalogues compile|update|check."""

import sys
from collections.abc import Iterator
from pathlib import Path

from babel.messages.catalog import Catalog, Message
from babel.messages.extract import DEFAULT_KEYWORDS, extract_from_dir
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po, write_po

ROOT = Path(__file__).parents[1]
TRANSLATED = ("cs", "ar")
METHODS = [
    ("**.py", "python"),
    ("**.html", "jinja2.ext:babel_extract"),
    ("**.txt", "jinja2.ext:babel_extract"),
]
JINJA = {"newstyle_gettext": "true", "trim_blocks": "true", "lstrip_blocks": "true", "silent": "false"}
OPTIONS = {"**.html": JINJA, "**.txt": JINJA}
KEYWORDS = DEFAULT_KEYWORDS | {"N_": None}


def locale_folders() -> Iterator[Path]:
    """Each folder `locale`; it holds the texts of the folder around it."""
    yield from sorted(folder for top in ("web", "services") for folder in (ROOT / top).rglob("locale"))


def extracted(around: Path) -> Catalog:
    """The texts that the program asks for."""
    template = Catalog(charset="utf-8", fuzzy=False)
    for file, _, message, comments, context in extract_from_dir(
        around, method_map=METHODS, options_map=OPTIONS, keywords=KEYWORDS, comment_tags=("i18n:",)
    ):
        template.add(message, None, [(file, 0)], auto_comments=comments, context=context)
    return template


def load(file: Path) -> Catalog:
    with file.open("rb") as source:
        return read_po(source, locale=file.parts[-3])


def compile_all() -> None:
    for folder in locale_folders():
        for file in folder.glob("*/LC_MESSAGES/*.po"):
            compiled = file.with_suffix(".mo")
            if not compiled.exists() or compiled.stat().st_mtime < file.stat().st_mtime:
                with compiled.open("wb") as target:
                    write_mo(target, load(file))


def update_all() -> None:
    """Bring new texts into the catalogues and drop those that nobody asks for any more."""
    for folder in locale_folders():
        template = extracted(folder.parent)
        for file in _catalogues(folder):
            catalogue = load(file) if file.exists() else Catalog(locale=file.parts[-3], charset="utf-8", fuzzy=False)
            template.creation_date = catalogue.creation_date
            catalogue.update(template, no_fuzzy_matching=True)
            catalogue.obsolete.clear()
            file.parent.mkdir(parents=True, exist_ok=True)
            with file.open("wb") as target:
                write_po(target, catalogue, omit_header=False, include_lineno=False, sort_output=True, width=110)


def check_all() -> list[str]:
    """What is missing, in one line each."""
    complaints = []
    for folder in locale_folders():
        wanted = extracted(folder.parent)
        for file in _catalogues(folder):
            name = file.relative_to(ROOT)
            if not file.exists():
                complaints.append(f"{name}: the catalogue is missing")
                continue
            catalogue = load(file)
            for message in sorted(wanted, key=_text):
                if message.id:
                    wrong = _complaint(catalogue.get(message.id, message.context), catalogue)
                    if wrong:
                        complaints.append(f"{name}: {wrong}: {_text(message)!r}")
    return complaints


def _catalogues(folder: Path) -> list[Path]:
    names = {file.name for file in folder.glob("*/LC_MESSAGES/*.po")} or {"messages.po"}
    languages = {each.name for each in folder.iterdir() if each.is_dir()} | set(TRANSLATED)
    return [folder / language / "LC_MESSAGES" / name for language in sorted(languages) for name in sorted(names)]


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
