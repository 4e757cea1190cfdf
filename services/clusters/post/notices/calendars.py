"""Calendar files that come with persons by id, and leave with their addresses."""

import re
from collections.abc import Mapping
from uuid import UUID

import asyncpg
from icalendar import vCalAddress
from icalendar.parser import Contentline

from services.clusters.directory.people.addresses import for_servers
from services.clusters.post.notices.queries import Known, people_with_mail

# A line that begins like this names somebody. What people type cannot: it stands behind the name of its own property,
# and where it is folded, behind a space.
NAMED = re.compile(r"^(?:ORGANIZER|ATTENDEE)\b[^\r\n]*(?:\r\n[ \t][^\r\n]*)*\r\n", re.MULTILINE)
FOLD = re.compile(r"\r\n[ \t]")
METHOD = re.compile(r"^METHOD:([A-Z]+)\r$", re.MULTILINE)
URN = "urn:uuid:"


async def with_addresses(pool: asyncpg.Pool, calendar: str) -> str:
    """The calendar with names and addresses for ids; who has no address any more is left out."""
    return addressed(calendar, await people_with_mail(pool, people_in(calendar)))


def people_in(calendar: str) -> set[UUID]:
    """The persons who stand in it by their ids."""
    return {_whose(_line(found)) for found in NAMED.findall(calendar)}


def addressed(calendar: str, known: Mapping[UUID, Known]) -> str:
    """The same for persons who are known; the lines of all others go, the rest stays as it came."""

    def named(found: re.Match[str]) -> str:
        line = _line(found[0])
        person = known.get(_whose(line))
        if person is None:
            return ""
        name, parameters, _ = line.parts()
        parameters["CN"] = person.name
        address = vCalAddress(f"mailto:{for_servers(person.mail)}")
        return str(Contentline.from_parts(name, parameters, address).to_ical().decode()) + "\r\n"

    return NAMED.sub(named, calendar)


def _line(found: str) -> Contentline:
    return Contentline(FOLD.sub("", found.strip()))  # type: ignore[no-untyped-call]


def _whose(line: Contentline) -> UUID:
    return UUID(line.parts()[2].removeprefix(URN))


def method_of(calendar: str) -> str:
    """The METHOD of a calendar file, which the part of a mail names too."""
    found = METHOD.search(calendar)
    assert found
    return found[1]
