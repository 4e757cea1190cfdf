"""python -m proof.score [word]: breaks every pure decision in small ways, and counts how often a test goes red.

Decisions are tested with made-up data, so only tests take part that open no database: they run in a moment. Each is
run once, to know which functions it calls; then each fault is tried by those that call the faulty function, in a
process of its own that is forked where all is imported already.
"""

import ast
import gc
import os
import resource
import signal
import sys
from collections import defaultdict
from collections.abc import Iterator
from functools import _lru_cache_wrapper
from pathlib import Path
from types import CodeType, FrameType, FunctionType
from typing import Any

import pytest
from _pytest.runner import runtestprotocol
from hypothesis import Phase, settings

from proof.decisions import ROOMS, ROOT, decisions, imported, name_of
from proof.mutants import Mutant, mutants

TESTS = [f"tests/{room}" for room in ("clusters", "diaries", "events", "kit", "policy")]
WANTED = 0.9
SLOW = 3  # seconds; what takes longer is no test of a decision
SECONDS = 20  # of work for all tests of one fault: who needs more goes round in circles
PATIENCE = 60  # seconds by the clock: who needs more waits for what never comes
HELD, BROKEN, FAILED = 0, 1, 2
CACHES: list[Any] = []

Place = tuple[str, int]  # the file of a function, and the line in which it begins


class Score:
    """A plug-in of pytest: in place of running the tests once, it runs them against every fault."""

    def __init__(self, files: list[Path]) -> None:
        self.files = files
        self.callers: dict[Place, dict[pytest.Item, None]] = defaultdict(dict)
        self.survivors: list[Mutant] = []
        self.tried: dict[str, int] = defaultdict(int)

    @pytest.hookimpl(tryfirst=True)
    def pytest_collection(self) -> None:
        """Before the tests are imported, whose properties then hold to it: who fails need not fail nicely."""
        phases = [Phase.explicit, Phase.generate]
        settings.register_profile(
            "score", max_examples=100, derandomize=True, database=None, deadline=None, phases=phases
        )
        settings.load_profile("score")

    def pytest_collection_modifyitems(self, items: list[pytest.Item]) -> None:
        """Left are those in files that import a decision, and that open no database."""
        decided = {name_of(file) for file in self.files}
        asking = {path: not decided.isdisjoint(imported(path)) for path in {item.path for item in items}}
        items[:] = [item for item in items if asking[item.path] and "urls" not in getattr(item, "fixturenames", ())]

    @pytest.hookimpl(tryfirst=True)
    def pytest_runtestloop(self, session: pytest.Session) -> bool:
        self.took = {item: self._listen(item, following) for item, following in _in_turn(session.items)}
        if session.testsfailed:
            raise session.Failed("the tests fail without a fault")
        self.functions = _functions({str(file) for file in self.files})
        gc.collect()
        gc.freeze()
        running: dict[int, Mutant] = {}
        for file in self.files:
            for mutant in mutants(file.read_text(), str(file.relative_to(ROOT))):
                self.tried[mutant.path] += 1
                if len(running) >= (os.cpu_count() or 1):
                    self._wait(running)
                running[self._fork(mutant, file)] = mutant
        while running:
            self._wait(running)
        return True

    def _callers(self, mutant: Mutant, file: Path) -> list[pytest.Item]:
        """The tests that call the faulty function, the quickest first."""
        first, last = _lines(mutant.function)
        found = {item for line in range(first, last + 1) for item in self.callers.get((str(file), line), ())}
        return sorted((item for item in found if self.took[item] < SLOW), key=lambda item: self.took[item])

    def _listen(self, item: pytest.Item, following: pytest.Item | None) -> float:
        """Run a test, and keep which of the functions it calls."""

        def heard(frame: FrameType, event: str, _: Any) -> None:
            if event == "call" and (code := frame.f_code).co_filename in names:
                self.callers[code.co_filename, code.co_firstlineno][item] = None

        names = {str(file) for file in self.files}
        _forget()
        sys.setprofile(heard)
        try:
            reports = runtestprotocol(item, nextitem=following)
        finally:
            sys.setprofile(None)
        return sum(report.duration for report in reports)

    def _fork(self, mutant: Mutant, file: Path) -> int:
        codes = {(code.co_qualname, code.co_firstlineno): code for code in _codes(compile(mutant.tree, file, "exec"))}
        items = self._callers(mutant, file)
        sys.stdout.flush()
        if child := os.fork():
            return child
        outcome = FAILED
        try:
            resource.setrlimit(resource.RLIMIT_CPU, (SECONDS, SECONDS))
            signal.alarm(PATIENCE)
            for stream in (1, 2):
                os.dup2(os.open(os.devnull, os.O_WRONLY), stream)
            for function in self.functions[str(file)]:
                known = function.__code__
                function.__code__ = codes[known.co_qualname, known.co_firstlineno]
            _forget()
            outcome = BROKEN
            outcome = HELD if all(_passes(item, following) for item, following in _in_turn(items)) else BROKEN
        finally:
            os._exit(outcome)

    def _wait(self, running: dict[int, Mutant]) -> None:
        child, status = os.waitpid(-1, 0)
        mutant, outcome = running.pop(child), os.waitstatus_to_exitcode(status)
        if outcome == FAILED:
            raise RuntimeError(f"could not be tried: {mutant}")
        if outcome == HELD:
            self.survivors.append(mutant)


def _passes(item: pytest.Item, following: pytest.Item | None) -> bool:
    return not any(report.failed for report in runtestprotocol(item, log=False, nextitem=following))


def _in_turn(items: list[pytest.Item]) -> Iterator[tuple[pytest.Item, pytest.Item | None]]:
    return zip(items, [*items[1:], None], strict=True)


def _lines(function: ast.FunctionDef) -> tuple[int, int]:
    first = min([function.lineno, *(decorator.lineno for decorator in function.decorator_list)])
    return first, function.end_lineno or first


def _functions(names: set[str]) -> dict[str, list[FunctionType]]:
    """Every function that lives, by its file: whoever imported it holds the same one."""
    found: dict[str, list[FunctionType]] = defaultdict(list)
    for thing in gc.get_objects():
        if isinstance(thing, FunctionType) and thing.__code__.co_filename in names:
            found[thing.__code__.co_filename].append(thing)
    return found


def _codes(code: CodeType) -> Iterator[CodeType]:
    yield code
    for constant in code.co_consts:
        if isinstance(constant, CodeType):
            yield from _codes(constant)


def _caches() -> list[Any]:
    CACHES[:] = [
        thing
        for thing in gc.get_objects()
        if isinstance(thing, _lru_cache_wrapper) and thing.__module__.startswith(("kit.", "services."))
    ]
    return CACHES


def _forget() -> None:
    """What was worked out before is worked out again."""
    for thing in CACHES or _caches():
        thing.cache_clear()


def main(words: list[str]) -> int:
    files = [file for file in decisions() if not words or any(word in str(file) for word in words)]
    if not files:
        raise SystemExit(f"No pure decision of {' or '.join(ROOMS)} is called {' or '.join(words)}.")
    score = Score(files)
    failed = pytest.main([*TESTS], plugins=[score])
    if failed:
        return int(failed)
    for path, tried in score.tried.items():
        left = [mutant for mutant in score.survivors if mutant.path == path]
        print(f"{tried - len(left):4} of {tried:4}  {path}")
        for mutant in sorted(left, key=lambda mutant: mutant.line):
            print(f"                {mutant.line}: {mutant.change}")
    total, left_over = sum(score.tried.values()), len(score.survivors)
    share = (total - left_over) / total
    print(f"{total - left_over:4} of {total:4}  faults were noticed: {share:.1%} (wanted: {WANTED:.0%})")
    return int(share < WANTED)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
