"""What was done in a cluster, a school, a country, the programme: by whom, and by which office."""

from collections.abc import Mapping, Sequence
from functools import partial
from typing import Annotated
from uuid import UUID

from fastapi import Depends, Response

from kit.client import Refused
from kit.paths import Router
from kit.written_sheets import SheetKind
from web.draft import Draft
from web.pages.acts.asking import AT_ONCE, Wanted, asked, programs_of
from web.pages.acts.merging import Merged, cursors_in, merged
from web.pages.acts.places import Place, cluster_place, country_place, programme_place, school_place
from web.pages.acts.sheet import rows
from web.refilling import refilling
from web.render import render
from web.shared import SERVICES
from web.sheets import sheet_file
from web.shown import Shown
from web.visit import SignedIn, Visit
from web.words import word

routes = Router()
Asked = Annotated[Wanted, Depends()]


class ShowActs(Shown, template="acts/show.html"):
    """`away` are the services that do not answer; `programs` the names of those that did some of it."""

    place: Place
    asked: Draft
    page: Merged
    everybodys: bool
    away: Sequence[str]
    programs: Mapping[UUID, str]


@routes.get("/clusters/{cluster_id}/acts")
async def of_cluster(visit: SignedIn, cluster_id: UUID, wanted: Asked, after: str | None = None) -> Response:
    return await acts_page(visit, await cluster_place(visit, cluster_id), wanted, after)


@routes.get("/schools/{school_id}/acts")
async def of_school(visit: SignedIn, school_id: UUID, wanted: Asked, after: str | None = None) -> Response:
    return await acts_page(visit, await school_place(visit, school_id), wanted, after)


@routes.get("/countries/{country}/acts")
async def of_country(visit: SignedIn, country: str, wanted: Asked, after: str | None = None) -> Response:
    return await acts_page(visit, country_place(country), wanted, after)


@routes.get("/acts")
async def of_programme(visit: SignedIn, wanted: Asked, after: str | None = None) -> Response:
    return await acts_page(visit, programme_place(), wanted, after)


@routes.get("/clusters/{cluster_id}/acts.{suffix}")
async def file_of_cluster(visit: SignedIn, cluster_id: UUID, suffix: SheetKind, wanted: Asked) -> Response:
    return await acts_file(visit, await cluster_place(visit, cluster_id), wanted, suffix)


@routes.get("/schools/{school_id}/acts.{suffix}")
async def file_of_school(visit: SignedIn, school_id: UUID, suffix: SheetKind, wanted: Asked) -> Response:
    return await acts_file(visit, await school_place(visit, school_id), wanted, suffix)


@routes.get("/countries/{country}/acts.{suffix}")
async def file_of_country(visit: SignedIn, country: str, suffix: SheetKind, wanted: Asked) -> Response:
    return await acts_file(visit, country_place(country), wanted, suffix)


@routes.get("/acts.{suffix}")
async def file_of_programme(visit: SignedIn, suffix: SheetKind, wanted: Asked) -> Response:
    return await acts_file(visit, programme_place(), wanted, suffix)


async def acts_page(visit: Visit, place: Place, wanted: Wanted, after: str | None) -> Response:
    cursors = cursors_in(after, SERVICES)
    if cursors is None:
        raise Refused(404)
    with refilling(partial(filters_page, visit, place), wanted.draft.refused):
        pages = await asked(visit, place.path, wanted, cursors)
    page = merged(pages, cursors, AT_ONCE)
    shown = ShowActs(
        place=place,
        asked=wanted.draft,
        page=page,
        everybodys=all(each.everybodys for each in pages.values() if each),
        away=[word("act_service", service) for service in SERVICES if pages[service] is None],
        programs=await programs_of(visit, page.items),
    )
    return render(visit, shown)


async def filters_page(visit: Visit, place: Place, draft: Draft, status: int) -> Response:
    """What was asked for, with what is wrong about it."""
    nothing = Merged([], None)
    shown = ShowActs(place=place, asked=draft, page=nothing, everybodys=True, away=[], programs={})
    return render(visit, shown, status)


async def acts_file(visit: Visit, place: Place, wanted: Wanted, suffix: SheetKind) -> Response:
    with refilling(partial(filters_page, visit, place), wanted.draft.refused):
        return await sheet_file(visit, suffix, [place.name], "acts", partial(rows, visit, place, wanted, filters_page))
