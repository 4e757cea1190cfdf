"""The three services asked at once what was done, and which programs did it."""

import asyncio
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from typing import Any
from uuid import UUID

from kit.client import Refused
from web.clients.acts import Act, ActPage, Acts
from web.clients.clusters.programs import NamedProgram, Programs
from web.draft import Draft
from web.pages.acts.merging import END, Cursors
from web.shared import SERVICES
from web.visit import Visit, if_there

AT_ONCE = 50
NOTHING = ActPage(items=[], next=None, everybodys=True)


@dataclass(frozen=True)
class Wanted:
    """Only what is asked for narrows the list down."""

    about: str = ""
    since: str = ""
    until: str = ""

    @property
    def narrowed(self) -> dict[str, Any]:
        return {name: value or None for name, value in asdict(self).items()}

    @property
    def draft(self) -> Draft:
        return Draft(asdict(self))

    @property
    def too_many(self) -> Draft:
        return Draft(asdict(self), {"since": [{"code": "acts_too_many"}]})


async def asked(visit: Visit, path: str, wanted: Wanted, cursors: Cursors) -> Mapping[str, ActPage | None]:
    """A page of each service: None of one that is away, an empty one of one that has been read to its end."""

    async def of(service: str) -> ActPage | None:
        if cursors[service] == END:
            return NOTHING
        page = visit.ask(Acts, service).index(path, cursors[service] or None, limit=AT_ONCE, **wanted.narrowed)
        found: ActPage | None = await if_there(page)
        return found

    return dict(zip(SERVICES, await asyncio.gather(*map(of, SERVICES)), strict=True))


async def every(visit: Visit, path: str, wanted: Wanted, most: int) -> list[Act]:
    """All of every service, the newest first."""
    asking = [visit.ask(Acts, service).every(path, most, **wanted.narrowed) for service in SERVICES]
    found = [act for acts in await asyncio.gather(*asking) for act in acts]
    return sorted(found, key=lambda act: act.at, reverse=True)


async def programs_of(visit: Visit, acts: list[Act]) -> Mapping[UUID, str]:
    """What the programs are called that did these, as far as the reader may know; those of the house have no name."""
    ids = sorted({act.client_id for act in acts if act.client_id})
    try:
        named: list[NamedProgram] = await visit.ask(Programs).named(ids)
    except Refused as refused:
        if refused.status != 503:
            raise
        named = []
    return {program.id: program.name for program in named if not program.service}
