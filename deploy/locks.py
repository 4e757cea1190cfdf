"""Whether the locked dependencies are those that were asked for: python -m deploy.locks."""

import json
import re
import sys
from pathlib import Path

ROOT = Path(__file__).parents[1]
NAME = re.compile(r"^[A-Za-z0-9][A-Za-z0-9._-]*")
PIN = re.compile(r"^(?P<name>\S+?)(\[\S+\])?==.*?(?=^\S|\Z)", re.MULTILINE | re.DOTALL)


def complaints() -> list[str]:
    """What is asked for and not locked, locked without a hash, or locked with an address."""
    found = []
    for wishes in sorted((ROOT / "requirements").glob("*.in")):
        lock = wishes.with_suffix(".txt")
        text = lock.read_text()
        pins = {_plain(pin["name"]): pin[0] for pin in PIN.finditer(text)}
        asked = {name for line in wishes.read_text().splitlines() if (name := _wish(line))}
        owned = {name for name, pin in pins.items() if f"-r requirements/{wishes.name}" in pin}
        found += [f"{lock.name}: {name} is asked for and not locked" for name in sorted(asked - pins.keys())]
        found += [f"{lock.name}: {name} is not asked for any more" for name in sorted(owned - asked)]
        found += [f"{lock.name}: {name} has no hash" for name, pin in pins.items() if "--hash=" not in pin]
        found += [f"{lock.name}: names an address"] if "://" in text else []
    return found + [line for folder in (ROOT, ROOT / "tests" / "openapi") for line in _npm_complaints(folder)]


def _npm_complaints(folder: Path) -> list[str]:
    asked, lock = json.loads((folder / "package.json").read_text()), folder / "package-lock.json"
    text, name = lock.read_text(), lock.relative_to(ROOT)
    locked = json.loads(text)["packages"][""]
    found = [
        f"{name}: {kind} differ from package.json"
        for kind in ("dependencies", "devDependencies")
        if asked.get(kind, {}) != locked.get(kind, {})
    ]
    return found + ([f"{name}: names an address"] if "://" in text else [])


def _wish(line: str) -> str:
    name = NAME.match(line)
    return _plain(name[0]) if name else ""


def _plain(name: str) -> str:
    return re.sub(r"[-_.]+", "-", name).lower()


def main() -> int:
    found = complaints()
    for line in found:
        print(f"{line}: run `make lock`")
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(main())
