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
    """The lines and branches of a file, with those that no test takes: `12`, or `12->15`."""

    path: str
    lines: int
    branches: int
    missing_lines: list[str]
    missing_branches: list[str]


def main(words: list[str]) -> int:
    failed = 0
    if "--again" not in words:
        shutil.rmtree(FOLDER, ignore_errors=True)
        FOLDER.mkdir(parents=True)
        tests = ["pytest", *WORKERS, "-m", "not proof", *TESTS]
        failed = _coverage("run", "-m", *tests)
        _coverage("combine", "--quiet")
    _coverage("json", "--quiet", "-o", str(FOLDER / "report.json"))
    files = json.loads((FOLDER / "report.json").read_text())["files"]
    enough = [_print(name, _counted(files, pattern), wanted) for name, (pattern, wanted) in PATTERNS.items()]
    return failed or int(not all(enough))


def _coverage(*words: str) -> int:
    return subprocess.run([sys.executable, "-m", "coverage", *words], cwd=ROOT).returncode


def _counted(files: dict[str, Any], pattern: str) -> list[Counted]:
    paths = sorted(str(file.relative_to(ROOT)) for file in ROOT.glob(pattern))
    return [_counted_of(path, files[path]) for path in paths if path in files]


def _counted_of(path: str, report: dict[str, Any]) -> Counted:
    summary = report["summary"]
    missing = [f"{start}->{'end' if end < 0 else end}" for start, end in report["missing_branches"]]
    lines = [str(line) for line in report["missing_lines"]]
    return Counted(path, summary["num_statements"], summary["num_branches"], lines, missing)


def _print(name: str, counted: list[Counted], wanted: float) -> bool:
    """Policies are expressions: they have lines, and hardly a branch."""
    lines, branches = sum(each.lines for each in counted), sum(each.branches for each in counted)
    missed_lines = sum(len(each.missing_lines) for each in counted)
    missed = sum(len(each.missing_branches) for each in counted)
    share = 1 - missed / branches if branches else 1 - missed_lines / lines
    print(
        f"{name}: {share:.1%} (wanted: {wanted:.0%}); "
        f"{branches - missed} of {branches} branches, {lines - missed_lines} of {lines} lines"
    )
    for each in counted:
        if missing := [*each.missing_branches, *each.missing_lines]:
            print(f"    {each.path}  {', '.join(missing)}")
    return share >= wanted


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
