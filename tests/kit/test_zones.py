"""Which zone is meant where only a country is known."""

import pytest

from kit.fields import ZONES
from kit.zones import zone_of


@pytest.mark.parametrize(
    ("country", "zone"),
    [
        ("CZ", "Europe/Prague"),
        ("PT", "Europe/Lisbon"),
        ("UA", "Europe/Kyiv"),
        ("RU", "Europe/Moscow"),
        ("XK", "UTC"),
        (None, "UTC"),
    ],
)
def test_the_zone_of_a_country_is_where_most_people_live(country, zone):
    assert zone_of(country) == zone
    assert zone_of(country) in ZONES
