"""What must hold of the templates: they are read by people, too."""

import re

import pytest

from tests.rules.source import ROOT

TEMPLATES = sorted(file for room in ("pages", "ui") for file in (ROOT / "web" / room).rglob("*.html"))
LONGEST_LINE = 120
LONGEST_FILE = 250
RUN_TOGETHER = re.compile(r'%\}[\w-]+(?:="[^"]*")?\{% endif %\}\n\s*\{%-? if [^\n]*?%\}[\w-]')


@pytest.fixture(params=TEMPLATES, ids=lambda file: str(file.relative_to(ROOT / "web")))
def template(request):
    return request.param.read_text()


def test_its_lines_are_short(template):
    long = [number for number, line in enumerate(template.splitlines(), 1) if len(line) > LONGEST_LINE]
    assert not long, (
        f"lines {long} are longer than {LONGEST_LINE} characters. Break them before an argument, with `trans trimmed`, "
        "between two literals side by side, or before a tag that starts with {%- or {{-; then run `make fmt`."
    )


def test_it_is_short(template):
    lines = len(template.splitlines())
    assert lines <= LONGEST_FILE, f"it has {lines} lines: take a part out into a file `_part.html`, and include that."


def test_its_attributes_do_not_run_together(template):
    """Jinja drops the end of a line after a statement, and the blanks before one: two `if` in a tag meet."""
    glued = [template[: found.start()].count("\n") + 1 for found in RUN_TOGETHER.finditer(template)]
    assert not glued, (
        f"in lines {glued} two attributes run together: "
        'write the first as {{ "name" if it_is_so }}, or both as {{ {...}|xmlattr }}.'
    )
