"""python -m proof.branches: which branches of verbs, policies and the kit the tests in process take.

With --again the last run is counted anew.
"""

import json
import shutil
import subprocess
import sys
from dataclasses import dataclass
from typing import Any

from proof.decisions import ROOT

FOLDER = ROOT / "var" / "coverage"
TESTS = [f"tests/{room}" for room in ("clusters", "contracts", "diaries", "events", "kit", "policy", "rules", "web")]
WORKERS = ["--numprocesses", "auto", "--maxprocesses", "2", "--dist", "loadfile", "--no-loadscope-reorder"]
PATTERNS = {
    "verbs": ("services/**/actions.py", 1.0),
    "policies": ("services/*/policy/*.py", 1.0),
    "the kit": ("kit/**/*.py", 0.95),
}


@dataclass(frozen=True)
class Counted:
    """A file with its branches; `missing` are those that no test takes, from line to line."""

    path: str
    branches: int
    missing: list[str]


def main(words: list[str]) -> int:
    if "--again" not in words:
        shutil.rmtree(FOLDER, ignore_errors=True)
        FOLDER.mkdir(parents=True)
        tests = ["pytest", *WORKERS, "-m", "not proof", *TESTS]
        if failed := _coverage("run", "-m", *tests):
            return failed
        _coverage("combine", "--quiet")
    _coverage("json", "--quiet", "-o", str(FOLDER / "report.json"))
    files = json.loads((FOLDER / "report.json").read_text())["files"]
    enough = [_print(name, _counted(files, pattern), wanted) for name, (pattern, wanted) in PATTERNS.items()]
    return int(not all(enough))


def _coverage(*words: str) -> int:
    return subprocess.run([sys.executable, "-m", "coverage", *words], cwd=ROOT).returncode


def _counted(files: dict[str, Any], pattern: str) -> list[Counted]:
    paths = sorted(str(file.relative_to(ROOT)) for file in ROOT.glob(pattern))
    return [_counted_of(path, files[path]) for path in paths if path in files]


def _counted_of(path: str, report: dict[str, Any]) -> Counted:
    missing = [f"{start}->{'end' if end < 0 else end}" for start, end in report["missing_branches"]]
    return Counted(path, report["summary"]["num_branches"], missing)


def _print(name: str, counted: list[Counted], wanted: float) -> bool:
    total = sum(each.branches for each in counted)
    taken = total - sum(len(each.missing) for each in counted)
    print(f"{taken:4} of {total:4} branches of {name} are taken: {taken / total:.1%} (wanted: {wanted:.0%})")
    for each in counted:
        if each.missing:
            print(f"{each.branches - len(each.missing):8} of {each.branches:4}  {each.path}  {', '.join(each.missing)}")
    return taken >= wanted * total


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
