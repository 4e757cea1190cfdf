"""Which time zone is meant where only a country is known."""

from functools import cache
from importlib.resources import files

NOWHERE = "UTC"
# Where the table below begins at an end of the country, and not with most of its people.
MOST_PEOPLE = {
    "AU": "Australia/Sydney",
    "BR": "America/Sao_Paulo",
    "CA": "America/Toronto",
    "PS": "Asia/Hebron",
    "RU": "Europe/Moscow",
}


@cache
def zone_of(country: str | None) -> str:
    """The zone where most people of a country live, as the tz database lists them; UTC where it knows none."""
    return MOST_PEOPLE.get(country or "") or _first_zones().get(country or "", NOWHERE)


@cache
def _first_zones() -> dict[str, str]:
    # A zone that two countries claim is the one's that the second table names first.
    owners = {zone: countries.split(",")[0] for countries, zone in _rows("zone1970.tab")}
    found: dict[str, str] = {}
    for country, zone in _rows("zone.tab"):
        if owners.get(zone, country) == country:
            found.setdefault(country, zone)
    return found


def _rows(name: str) -> list[tuple[str, str]]:
    lines = (files("tzdata") / "zoneinfo" / name).read_text().splitlines()
    columns = [line.split("\t") for line in lines if line and not line.startswith("#")]
    return [(countries, zone) for countries, _, zone, *_ in columns]
