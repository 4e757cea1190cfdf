"""The house knows its version, and says the same everywhere."""

import re
import tomllib

from kit.version import VERSION
from tests.house import MODULES
from tests.rules.source import ROOT
from tests.services import app_of


def test_the_version_is_the_same_everywhere():
    project = tomllib.loads((ROOT / "pyproject.toml").read_text())["project"]
    assert project["version"] == VERSION
    assert {app_of(service).openapi()["info"]["version"] for service in MODULES} == {VERSION}


def test_the_changes_of_this_version_say_what_an_operator_has_to_do():
    newest = re.split(r"^## ", (ROOT / "CHANGELOG.md").read_text(), flags=re.MULTILINE)[1]
    assert newest.startswith(VERSION)
    assert "To do:" in newest
