"""What a form says of the programme: as it is shown, as it is read, and as a service takes it."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from starlette.datastructures import FormData

from kit.client import Refused
from web import languages
from web.clients.clusters.programme import Programme
from web.draft import Draft, field_of, lines_of, text_of, texts_of

PLAIN = ("name", "begins", "ends", "licence", "funding", "disclaimer", "contact", "hashtag")
PHASE = ("id", "name", "begins")
FREE_LINES, FEWEST_LINES, MOST_LINES = 1, 3, 12
MOST_NAMES = 250
NEW_YEAR_IS_PLANNED = 6  # from June on
LICENCE = "CC-BY-4.0"


def draft_of(programme: Programme, **more: Any) -> Draft:
    """The programme as it stands, to be changed."""
    said = programme.model_dump(mode="json")
    values = {name: said[name] for name in PLAIN} | {"countries": programme.countries, "more_countries": ""} | more
    values["asks_second_factor"] = programme.asks_second_factor
    for key, phase in enumerate(said["phases"]):
        values |= {field_of("phases", key, name): phase[name] for name in PHASE}
    return Draft(values | {"lines": _enough(len(programme.phases))})


def first_draft(today: date, phases: Mapping[str, tuple[int, int]], **more: Any) -> Draft:
    """A programme without a name, in the school year of this day, with these phases by month and day."""
    first = today.year if today.month >= NEW_YEAR_IS_PLANNED else today.year - 1
    values = {
        "begins": date(first, 9, 1),
        "ends": date(first + 1, 6, 30),
        "licence": LICENCE,
        "countries": [],
    } | more
    for key, (name, (month, day)) in enumerate(phases.items()):
        begins = date(first if month >= NEW_YEAR_IS_PLANNED else first + 1, month, day)
        values |= {field_of("phases", key, "name"): name, field_of("phases", key, "begins"): begins}
    return Draft(values | {"lines": _enough(len(phases))})


def _enough(phases: int) -> int:
    return min(max(phases + FREE_LINES, FEWEST_LINES), MOST_LINES)


@dataclass(frozen=True)
class Said:
    """What a form says: `body` for the service; `lines` are the form's keys of the phases in it."""

    values: dict[str, Any]
    body: dict[str, Any]
    lines: list[str]
    unknown: list[str]

    def refused(self, refused: Refused, prefix: str = "", more: Mapping[str, str] | None = None) -> Draft:
        """The form with what is wrong beside its cause; `prefix` is where the service found the programme."""
        fields = dict(more or {}) | {prefix + name: name for name in PLAIN} | {prefix + "phases": "phases"}
        for place, key in enumerate(self.lines):
            fields |= {prefix + field_of("phases", place, name): field_of("phases", key, name) for name in PHASE}
        fields |= {prefix + "countries": "more_countries"}
        fields |= {f"{prefix}countries-{n}": "more_countries" for n in range(MOST_NAMES)}
        return Draft(self.values).refused(refused, fields)

    @property
    def with_unknown(self) -> Draft:
        """The form with the countries that have no such name."""
        error = {"code": "country_unknown", "params": {"names": ", ".join(self.unknown)}}
        return Draft(self.values, {"more_countries": [error]})


def said_in(form: FormData) -> Said:
    """A phase without a name is none; countries go by their names in any language of the house."""
    values: dict[str, Any] = text_of(form, *PLAIN, "more_countries")
    lines = lines_of(form, "phases", PHASE)
    named = {key: line for key, line in lines.items() if line.get("name")}
    countries, unknown = [code for code in texts_of(form, "country") if languages.is_country(code)], []
    for name in [part.strip() for part in values["more_countries"].replace(";", ",").split(",")][:MOST_NAMES]:
        if code := languages.country_called(name):
            countries.append(code)
        elif name:
            unknown.append(name)
    body = {name: values[name] for name in PLAIN} | {
        "asks_second_factor": bool(form.get("asks_second_factor")),
        "countries": list(dict.fromkeys(countries)),
        "phases": [{name: line[name] for name in PHASE if line.get(name)} for line in named.values()],
    }
    filled = {field_of("phases", key, name): text for key, line in lines.items() for name, text in line.items()}
    kept: dict[str, Any] = {
        "asks_second_factor": bool(form.get("asks_second_factor")),
        "countries": texts_of(form, "country"),
        "lines": _enough(len(lines) - FREE_LINES),
    }
    return Said(values | filled | kept, body, list(named), unknown)
