"""What becomes of each row of a list of people, from the rows and from what is known: nothing is changed here."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field, replace
from enum import StrEnum
from functools import cache
from typing import Any
from uuid import UUID

from pydantic import TypeAdapter, ValidationError

from services.clusters.directory.people.schemas import Mail, Name
from services.clusters.directory.staff.models import StaffRole
from services.clusters.doors.invitations.domains import Owner, domain_of, other_school
from services.clusters.doors.lists.judging import Cells, Judged, Numbered, Wrong, cells_of
from services.clusters.doors.lists.models import Outcome
from services.clusters.doors.lists.schools import SchoolThere
from services.clusters.doors.lists.values import STAFF_ROLES, language_meant, meant

ASKED = Outcome.new, Outcome.proposed


class Place(StrEnum):
    """Where somebody stands at a school: `asked_too_often` counts as the caps of invitations do."""

    here = "here"
    asked = "asked"
    declined = "declined"
    withdrawn = "withdrawn"
    left = "left"
    asked_too_often = "asked_too_often"


@dataclass(frozen=True)
class There:
    """By rows of the list, the schools that they are about, or why there is none; who stands where, by address.

    `gone` are the addresses of who left the house for good just now. `owners` are the schools of hosts, and `usual` the
    domains that most of a school use.
    """

    by: UUID | None
    schools: Mapping[int, SchoolThere | Wrong]
    places: Mapping[tuple[str, UUID], Place]
    gone: Collection[str] = ()
    owners: Mapping[str, Sequence[Owner]] = field(default_factory=dict)
    usual: Mapping[UUID, Collection[str]] = field(default_factory=dict)

    def other_at(self, mail: str, school: SchoolThere) -> str:
        """The name of the other school whose domain this address has, if there is one."""
        domain = domain_of(mail)
        if domain in self.usual.get(school.id, ()):
            return ""
        other = other_school(domain, school, self.owners)
        return other.name if other else ""


@dataclass(frozen=True)
class Row:
    """Somebody as their row says it."""

    name: str
    mail: str
    role: StaffRole
    language: str


def judge(rows: Sequence[Numbered], columns: Sequence[str | None], language: str, there: There) -> list[Judged]:
    """What becomes of each of these rows."""
    seen: set[tuple[str, UUID]] = set()
    judged = []
    for number, cells in rows:
        found = cells_of(cells, columns)
        row, wrong = read(found, language)
        school = there.schools[number]
        named = Judged(number, Outcome.wrong, wrong, said=(full_name(found), found["school"], found["number"]))
        if isinstance(school, Wrong):
            wrong.append(school)
        elif not wrong:
            assert row
            named = replace(named, twin=school.id)
            outcome, code = _becomes(row, school, there, seen)
            wrong += [found.wrong(code, "role" if code == "is_led" else "mail")] if code else []
            if outcome in ASKED and (other := there.other_at(row.mail, school)):
                outcome = Outcome.doubtful
                wrong.append(replace(found.wrong("mail_of_school", "mail"), school=other))
            named = replace(named, outcome=outcome)
        judged.append(replace(named, mail=row.mail if row else _mail_or_none(found["mail"]), wrong=wrong))
    return judged


def _becomes(row: Row, school: SchoolThere, there: There, seen: set[tuple[str, UUID]]) -> tuple[Outcome, str]:
    """With the reason, where they stay out."""
    if (row.mail, school.id) in seen:
        return Outcome.wrong, "twice"
    seen.add((row.mail, school.id))
    match there.places.get((row.mail, school.id)):
        case Place.here:
            return Outcome.same, ""
        case Place.asked:
            return Outcome.waiting, ""
        case Place.declined | Place.withdrawn | Place.left | Place.asked_too_often as place:
            return Outcome.wrong, place.value
    if row.mail in there.gone:
        return Outcome.wrong, Place.left.value
    if school.is_wanted_by(there.by):
        return Outcome.new, ""
    # A school that is led gives its own roles.
    return (Outcome.proposed, "") if row.role is StaffRole.teacher else (Outcome.wrong, "is_led")


def read(found: Cells, language: str) -> tuple[Row | None, list[Wrong]]:
    """What a row says, and what is wrong with it; where it does not say so, a teacher, and in this `language`."""
    wrong = found.missing(["name", "mail"])
    name = _valid(Name, full_name(found))
    mail = _mail_or_none(found["mail"])
    role = meant(found["role"], STAFF_ROLES) if found["role"] else StaffRole.teacher.value
    spoken = language_meant(found["language"]) if found["language"] else language
    checked = (
        ("name", name, "unusable"),
        ("mail", mail, "mail"),
        ("role", role, "role"),
        ("language", spoken, "language"),
    )
    wrong += [found.wrong(code, field) for field, value, code in checked if not value and found[field]]
    if wrong or not (name and mail and role and spoken):
        return None, wrong
    return Row(name, mail, StaffRole(role), spoken), []


def full_name(found: Cells) -> str:
    return " ".join(filter(None, (found["name"], found["surname"])))


def _mail_or_none(written: str) -> str | None:
    return _valid(Mail, written)


def _valid(kind: Any, written: str) -> str | None:
    try:
        value: str = _adapter(kind).validate_python(written)
    except ValidationError:
        return None
    return value


@cache
def _adapter(kind: Any) -> TypeAdapter[str]:
    return TypeAdapter(kind)
