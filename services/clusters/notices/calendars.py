"""Calendar files that come with persons by id, and leave with their addresses."""

import re
from uuid import UUID

from icalendar import vCalAddress
from icalendar.parser import Contentline
from sqlmodel.ext.asyncio.session import AsyncSession

from services.clusters.notices.queries import people_with_mail
from services.clusters.people.addresses import for_servers
from services.clusters.people.models import Person

# A line that begins like this names somebody. What people type cannot: it stands behind the name of its own property,
# and where it is folded, behind a space.
NAMED = re.compile(r"^(?:ORGANIZER|ATTENDEE)\b[^\r\n]*(?:\r\n[ \t][^\r\n]*)*\r\n", re.MULTILINE)
FOLD = re.compile(r"\r\n[ \t]")
METHOD = re.compile(r"^METHOD:([A-Z]+)\r$", re.MULTILINE)
URN = "urn:uuid:"


async def with_addresses(session: AsyncSession, calendar: str) -> str:
    """The calendar with names and addresses for ids; who has no address any more is left out."""
    lines = {found: Contentline(FOLD.sub("", found.strip())) for found in NAMED.findall(calendar)}  # type: ignore[no-untyped-call]
    ids = {found: UUID(line.parts()[2].removeprefix(URN)) for found, line in lines.items()}
    known = await people_with_mail(session, list(ids.values()))
    return NAMED.sub(lambda found: _line(lines[found[0]], known.get(ids[found[0]])), calendar)


def _line(line: Contentline, known: tuple[Person, str] | None) -> str:
    if known is None:
        return ""
    person, mail = known
    name, parameters, _ = line.parts()
    parameters["CN"] = person.name
    address = vCalAddress(f"mailto:{for_servers(mail)}")
    return str(Contentline.from_parts(name, parameters, address).to_ical().decode()) + "\r\n"


def method_of(calendar: str) -> str:
    """The METHOD of a calendar file, which the part of a mail names too."""
    found = METHOD.search(calendar)
    assert found
    return found[1]
