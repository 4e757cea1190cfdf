"""What must hold of the look: one sheet is delivered, made of one file for each part."""

import re

from tests.rules.source import ROOT

LOOK = ROOT / "web" / "static"


def test_every_part_is_in_the_sheet_and_in_a_layer():
    sheet = (LOOK / "staffroom.css").read_text()
    order = re.search(r"^@layer ([\w, ]+);$", sheet, re.MULTILINE)[1].split(", ")
    parts = re.findall(r'^@import "\./css/([\w-]+\.css)" layer\((\w+)\);$', sheet, re.MULTILINE)
    assert sorted(name for name, _ in parts) == sorted(file.name for file in (LOOK / "css").iterdir())
    assert [layer for _, layer in parts] == sorted((layer for _, layer in parts), key=order.index)


def test_the_order_of_layers_is_said_once():
    elsewhere = [file.name for file in (LOOK / "css").iterdir() if "@layer" in file.read_text()]
    assert elsewhere == [], "a part is in the layer that staffroom.css imports it into"
