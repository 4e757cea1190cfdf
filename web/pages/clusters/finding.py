"""The clusters that a reader may know of, as somebody searches them, and all that are found as a file."""

from dataclasses import asdict, dataclass
from datetime import date, timedelta
from functools import partial
from typing import Annotated, Any

from fastapi import Depends, Response

from kit.paths import Router
from kit.written_sheets import SheetKind
from web import languages
from web.clients.clusters.clusters import ClusterItem, Clusters
from web.clients.clusters.programme import Programme, Programmes
from web.draft import Draft
from web.pages.clusters.shown import MyClusters
from web.render import render, send_on
from web.sheets import Rows, sheet_file
from web.visit import SignedIn, Visit
from web.words import word

routes = Router(prefix="/clusters")
THIS_YEAR, EARLIER = "year", "earlier"
DAY = timedelta(days=1)


@dataclass(frozen=True)
class Wanted:
    """Only what is asked for narrows the list down. `formed`: in the school year, before it, or the id of a phase."""

    q: str = ""
    country: str = ""
    approach: str = ""
    state: str = ""
    formed: str = ""

    def narrowed(self, programme: Programme | None) -> dict[str, Any]:
        since, before = formed_within(self.formed, programme)
        given = {"q": self.q, "country": self.country, "approach": self.approach, "state": self.state}
        return {name: value or None for name, value in given.items()} | {
            "formed_since": since and since.isoformat(),
            "formed_before": before and before.isoformat(),
        }


def formed_within(formed: str, programme: Programme | None) -> tuple[date | None, date | None]:
    """The first day, and the day after the last one; neither where it is no part of this programme."""
    if programme is None:
        return None, None
    after = programme.ends + DAY
    if formed in (THIS_YEAR, EARLIER):
        return (programme.begins, after) if formed == THIS_YEAR else (None, programme.begins)
    ends = [phase.begins for phase in programme.phases[1:]] + [after]
    parts = {str(phase.id): (phase.begins, end) for phase, end in zip(programme.phases, ends, strict=False)}
    return parts.get(formed, (None, None))


@routes.get("")
async def index(visit: SignedIn, wanted: Annotated[Wanted, Depends()], after: str | None = None) -> Response:
    """My one cluster at once; a list for who has several."""
    programme = await visit.ask(Programmes).show_if_named()
    page = await visit.ask(Clusters).index(after, **wanted.narrowed(programme))
    is_narrowed = any(asdict(wanted).values())
    if len(page.items) == 1 and not (page.next or after or is_narrowed):
        return send_on(visit.request, f"/clusters/{page.items[0].id}")
    sees_many = is_narrowed or bool(page.next or after or (visit.me and visit.me.offices))
    countries = languages.countries(programme.countries if programme else [])
    shown = MyClusters(
        page=page, asked=Draft(asdict(wanted)), countries=countries, programme=programme, sees_many=sees_many
    )
    return render(visit, shown)


@routes.get("/found.{suffix}")
async def found(visit: SignedIn, suffix: SheetKind, wanted: Annotated[Wanted, Depends()]) -> Response:
    return await sheet_file(visit, suffix, [wanted.q], "clusters", partial(found_rows, visit, wanted))


async def found_rows(visit: Visit, wanted: Wanted) -> Rows:
    programme = await visit.ask(Programmes).show_if_named()
    columns = ("cluster", "country", "approach", "state", "formed", "schools", "people")
    rows: Rows = [[word("sheet_column", name) for name in columns]]
    async for clusters in visit.ask(Clusters).every(**wanted.narrowed(programme)):
        rows += map(_row, clusters)
    return rows


def _row(cluster: ClusterItem) -> tuple[str | int | date, ...]:
    return (
        cluster.name, languages.country_named(cluster.country), word("approach", cluster.approach),
        word("cluster_state", cluster.state), cluster.formed_at.date(), cluster.schools, cluster.people,
    )  # fmt: skip
