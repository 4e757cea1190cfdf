from collections.abc import Mapping
from datetime import date
from typing import Any
from uuid import UUID

from web.clients.base import MOST_IN_PAGE, Answer, Page, ServiceClient


class Nudge(Answer):
    """One thing that a look might help with; `count` is of late milestones, or of meetings."""

    why: str
    cluster_id: UUID
    cluster: str
    school_id: UUID | None
    school: str
    since: date | None
    count: int
    entries: int


class CountryOverview(Answer):
    """A country; `months` of the kind that was asked for, by `2026-10`."""

    country: str
    clusters: int
    schools: int = 0
    in_development_plans: int = 0
    quiet: int
    asks_help: int
    level: str
    months: Mapping[str, int]
    planned: Mapping[str, int]


class Overview(Answer):
    """How the countries of an office do in a school year."""

    year: int
    first: str
    countries: list[CountryOverview]
    totals: Mapping[str, int]
    nudges: list[Nudge]
    is_complete: bool

    @property
    def asks_help(self) -> int:
        return sum(each.asks_help for each in self.countries)

    @property
    def quiet(self) -> int:
        return sum(each.quiet for each in self.countries)

    @property
    def schools(self) -> int:
        return sum(each.schools for each in self.countries)

    @property
    def in_development_plans(self) -> int:
        return sum(each.in_development_plans for each in self.countries)


class ClusterRow(Answer):
    cluster_id: UUID
    name: str
    country: str
    approach: str
    months: Mapping[str, int]
    planned: Mapping[str, int]
    asks_help: int
    late: int
    schools: int = 0
    in_development_plans: int = 0
    is_closed: bool
    quiet_since: date | None
    quiet_schools: list[str]


class ClusterRowPage(Page):
    items: list[ClusterRow]


class SchoolRow(Answer):
    """How much of each kind a school of a cluster had, and of the kind that was asked for by month."""

    school_id: UUID
    name: str
    role: str
    has_left: bool
    teachers: int | None
    in_development_plan_since: date | None = None
    counts: Mapping[str, int]
    months: Mapping[str, int]
    quiet_since: date | None

    def sum_of(self, *kinds: str) -> int:
        return sum(self.counts.get(kind, 0) for kind in kinds)


class Due(Answer):
    """What is late, or soon due."""

    kind: str
    title: str
    language: str
    due: date
    late: bool
    path: str


class ClusterOverview(Answer):
    cluster_id: UUID
    name: str
    country: str
    approach: str
    year: int
    totals: Mapping[str, int]
    months: Mapping[str, int]
    schools: list[SchoolRow]
    others: Mapping[str, int]
    due: list[Due]
    can: frozenset[str]

    @property
    def members(self) -> list[SchoolRow]:
        return [each for each in self.schools if not each.has_left]

    @property
    def quiet(self) -> list[SchoolRow]:
        """Those that have been quiet for longest first."""
        quiet = (each for each in self.schools if each.quiet_since)
        return sorted(quiet, key=lambda each: each.quiet_since or date.max)


class Behaviour(Answer):
    """What a level of support means."""

    level: str
    quiet_weeks: int | None
    quiet_schools: bool
    few_entries: bool
    no_plan: bool
    late: bool
    first: str
    offer: str


class Support(Answer):
    """From which month of each school year a country is accompanied more lightly; None: it never is."""

    country: str
    light_touch_from: int | None
    on_request_from: int | None
    level: str
    levels: list[Behaviour]
    version: int
    can: frozenset[str]


class Overviews(ServiceClient):
    service = "clusters"

    async def show(self, kind: str | None = None, *, country: str | None = None, year: int | None = None) -> Overview:
        return await self.get(Overview, "/v1/overview", kind=kind, country=country, year=year)

    async def clusters(
        self, kind: str, *, country: str | None, year: int | None, only: str | None, after: str | None
    ) -> ClusterRowPage:
        asked = {"kind": kind, "country": country, "year": year, "only": only, "after": after}
        return await self.get(ClusterRowPage, "/v1/overview/clusters", **asked)

    async def every_cluster(self, kind: str, *, country: str | None, year: int | None) -> list[ClusterRow]:
        asked = {"kind": kind, "country": country, "year": year}
        pages = self.pages(ClusterRowPage, "/v1/overview/clusters", limit=MOST_IN_PAGE, **asked)
        return [row async for page in pages for row in page.items]

    async def of_cluster(
        self, cluster_id: UUID, kind: str = "people", *, year: int | None = None, month: str | None = None
    ) -> ClusterOverview:
        return await self.get(ClusterOverview, f"/v1/clusters/{cluster_id}/overview", kind=kind, year=year, month=month)

    async def rest(self, cluster_id: UUID, school_id: UUID | None, until: date | None) -> None:
        """Do not nudge me about this before a day."""
        said: dict[str, Any] = {"school_id": school_id, "until": until}
        await self.post(f"/v1/clusters/{cluster_id}/nudge-rests", said)

    async def support(self, country: str) -> Support:
        return await self.get(Support, f"/v1/countries/{country}/support")

    async def choose_support(
        self, country: str, version: int, light_touch_from: int | None, on_request_from: int | None
    ) -> None:
        said = {"light_touch_from": light_touch_from, "on_request_from": on_request_from}
        await self.put(f"/v1/countries/{country}/support", said, version)
