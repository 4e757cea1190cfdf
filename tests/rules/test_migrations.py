"""Migrations run beside serving code, each in one transaction: none waits for it while it waits for them."""

import re

import pytest

from tests.rules.source import ROOT

BUSY = {"person", "address", "mail", "session", "fact"}
BEFORE_THIS_RULE = "20261126_2109"
NEW = sorted(
    path for path in (ROOT / "migrations").glob("*/*.py") if re.match(r"\d", path.name) and path.name > BEFORE_THIS_RULE
)


@pytest.mark.parametrize("path", NEW, ids=lambda path: path.stem)
def test_a_migration_wants_one_of_the_tables_that_everybody_writes_to(path):
    text = path.read_text()
    named = set(re.findall(r'op\.\w+\([^)]*?"(\w+)"', text)) | set(re.findall(r'op\.f\("\w+"\), "(\w+)"', text))
    named |= set(re.findall(r'\["(\w+)\.id"\]', text)) | set(re.findall(r'execute\("update (\w+)', text))
    assert len(named & BUSY) <= 1
