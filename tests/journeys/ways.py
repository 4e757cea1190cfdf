"""How somebody reads the pages: with JavaScript at a desk, and on a phone without it, from right to left."""

import pytest

DESK = {"language": "en", "width": 1280, "height": 800}
PHONE = {"language": "ar", "width": 360, "height": 740, "javascript": False}
in_both_ways = pytest.mark.parametrize("way", [DESK, PHONE], ids=["desk", "phone without JavaScript"])
WIDER = "document.documentElement.scrollWidth - document.documentElement.clientWidth"
