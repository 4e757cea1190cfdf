"""What a form says of a school: as it is shown, as it is read, and as the service takes it."""

from dataclasses import dataclass
from typing import Any

from starlette.datastructures import FormData

from kit.client import Refused
from web.clients.clusters.schools import School
from web.draft import Draft, field_of, lines_of, number, text_of

PLAIN = (
    "name", "official_name", "kind", "town", "address", "country", "website", "zone", "latitude", "longitude",
    "subjects", "languages", "offers", "looks_for",
)  # fmt: skip
LISTED = ("subjects", "languages")
ID, COUNT = ("country", "scheme", "number"), ("year", "students", "teachers")
SPARE = {"ids": 1, "counts": 2}


def draft_of(school: School) -> Draft:
    """The school as it stands, to be changed."""
    said = school.model_dump(mode="json")
    values = {name: "" if said[name] is None else said[name] for name in PLAIN}
    values |= {name: ", ".join(said[name]) for name in LISTED}
    values |= {"branch_of": said["branch_of"] or "", "version": school.version}
    for group, names, rows in (("ids", ID, said["official_ids"]), ("counts", COUNT, said["headcounts"])):
        values |= {
            field_of(group, key, name): "" if row[name] is None else row[name]
            for key, row in enumerate(rows)
            for name in names
        }
        values[group] = len(rows) + SPARE[group]
    return Draft(values)


def blank(**known: Any) -> Draft:
    return Draft({"ids": 1, "counts": 1} | known)


@dataclass(frozen=True)
class Said:
    """What a form says: `body` for the service; `ids` and `counts` are the form's keys of the lines in it."""

    values: dict[str, Any]
    body: dict[str, Any]
    ids: list[str]
    counts: list[str]

    def refused(self, refused: Refused) -> Draft:
        """The form with what is wrong beside its cause."""
        fields = {f"{name}-{n}": name for name in LISTED for n in range(50)}
        for group, service, names in (("ids", "official_ids", ID), ("counts", "headcounts", COUNT)):
            for place, key in enumerate(getattr(self, group)):
                fields |= {field_of(service, place, name): field_of(group, key, name) for name in names}
        return Draft(self.values).refused(refused, fields)


def said_in(form: FormData) -> Said:
    """Lists go with commas; a line without a number is none. `there` names the place that is right."""
    values: dict[str, Any] = text_of(form, *PLAIN, "branch_of", "version", "another")
    ids, counts = lines_of(form, "ids", ID), lines_of(form, "counts", COUNT)
    values["place"] = " ".join(values[name] for name in ("country", "latitude", "longitude"))
    named = {key: line for key, line in ids.items() if line.get("scheme") or line.get("number")}
    counted = {key: line for key, line in counts.items() if line.get("students") or line.get("teachers")}
    body = {name: values[name] for name in PLAIN} | {
        "kind": values["kind"] or None,
        "branch_of": values["branch_of"] or None,
        "there": form.get("there") == values["place"],
        **{name: _number_of(values[name]) for name in ("latitude", "longitude")},
        **{name: [part.strip() for part in values[name].split(",") if part.strip()] for name in LISTED},
        "official_ids": [{"country": values["country"]} | line for line in named.values()],
        "headcounts": [{name: number(text, text or None) for name, text in line.items()} for line in counted.values()],
    }
    for group, lines in (("ids", ids), ("counts", counts)):
        values |= {field_of(group, key, name): text for key, line in lines.items() for name, text in line.items()}
        values[group] = max(len(lines), 1)
    return Said(values, body, list(named), list(counted))


def _number_of(text: str) -> float | str | None:
    """A decimal with a point or a comma; what is none goes on as it is, to be refused."""
    text = text.strip().replace(",", ".")
    try:
        return float(text) if text else None
    except ValueError:
        return text
