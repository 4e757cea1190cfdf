"""The directory of schools, as somebody searches it."""

import asyncio
from dataclasses import asdict, dataclass
from typing import Any

from fastapi import Response

from web import languages
from web.clients.clusters.programme import Programmes
from web.clients.clusters.schools import Schools, SchoolsPage
from web.draft import Draft
from web.render import render
from web.shown import Shown
from web.visit import Visit

FILTERS = {"yes": True, "no": False}


class FindSchools(Shown, template="schools/index.html"):
    page: SchoolsPage
    asked: Draft
    countries: list[tuple[str, str]]
    can_register: bool


@dataclass(frozen=True)
class Wanted:
    """Only what is asked for narrows the list down."""

    q: str = ""
    country: str = ""
    kind: str = ""
    within: str = ""

    @property
    def narrowed(self) -> dict[str, Any]:
        given = {"q": self.q or None, "country": self.country or None, "kind": self.kind or None}
        return given | {"in_cluster": FILTERS.get(self.within)}

    @property
    def too_many(self) -> Draft:
        return Draft(asdict(self), {"q": [{"code": "found_too_many"}]})


async def found_page(
    visit: Visit, wanted: Wanted, draft: Draft, status: int = 200, *, after: str | None = None
) -> Response:
    page, taking_part = await asyncio.gather(
        visit.ask(Schools).index(after, **wanted.narrowed), visit.ask(Programmes).countries()
    )
    countries = languages.countries(taking_part)
    shown = FindSchools(page=page, asked=draft, countries=countries, can_register=looks_after(visit))
    return render(visit, shown, status)


def looks_after(visit: Visit) -> bool:
    return bool(visit.me and visit.me.offices)
