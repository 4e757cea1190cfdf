"""What was told during the whole run, whoever told it: every fact that a service announces must be among it."""

import pytest

import kit.facts
from services.clusters.facts import FACTS as OF_CLUSTERS
from services.diaries.facts import FACTS as OF_DIARIES
from services.events.facts import FACTS as OF_EVENTS

ANNOUNCED = {**OF_CLUSTERS, **OF_EVENTS, **OF_DIARIES}


class Recorder:
    """A plug-in of pytest: in each worker it listens, where the workers report to it adds up."""

    def __init__(self) -> None:
        self.told: set[str] = set()
        self.missing: list[str] = []
        written = kit.facts.data_of

        def data_of(fact):
            self.told.add(fact.told_as)
            return written(fact)

        kit.facts.data_of = data_of

    @pytest.hookimpl(optionalhook=True)
    def pytest_testnodedown(self, node):
        self.told |= set(getattr(node, "workeroutput", {}).get("told", ()))

    def pytest_sessionfinish(self, session, exitstatus):
        config = session.config
        if hasattr(config, "workeroutput"):
            config.workeroutput["told"] = sorted(self.told)
        elif exitstatus == pytest.ExitCode.OK and is_whole(config):
            self.missing = sorted(ANNOUNCED.keys() - self.told)
            session.exitstatus = pytest.ExitCode.TESTS_FAILED if self.missing else exitstatus

    def pytest_terminal_summary(self, terminalreporter):
        for fact in self.missing:
            terminalreporter.line(f"{fact} is announced in facts.py, and no test of this run saw it told", red=True)


def is_whole(config) -> bool:
    """Whether all tests were asked for, or all but the slow ones: a quick test has to tell each fact."""
    option = config.option
    chosen = option.keyword or option.markexpr not in ("", "not proof") or option.lf or option.collectonly
    return not chosen and config.args_source == config.ArgsSource.TESTPATHS
