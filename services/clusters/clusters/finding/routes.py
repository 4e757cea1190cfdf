from datetime import date
from typing import Annotated
from uuid import UUID

from fastapi import Query
from pydantic import BaseModel

from kit.db import Reader
from kit.pages import After, Limit, NameKeys, Page, keys_of, page_by_name, page_of
from kit.policy import allowed, can
from kit.problems import Forbidden, NotFound, documented
from kit.routing import router
from services.clusters.clusters.clusters.models import Approach
from services.clusters.clusters.finding import queries
from services.clusters.clusters.finding.queries import Asked, AskedClusters, KnownSchool
from services.clusters.clusters.finding.schemas import (
    ClusterItemOut,
    ClusterState,
    OnStaffOut,
    SchoolItemOut,
    SchoolPageOut,
)
from services.clusters.clusters.showing.things import ColleagueAt
from services.clusters.directory.schools.models import SchoolKind
from services.clusters.directory.schools.queries import VisibleSchool, visible_school
from services.clusters.directory.schools.schemas import Country
from services.clusters.policy import RULES
from services.roster.standing import CurrentMember

routes = router("/v1/schools", "schools")
cluster_routes = router("/v1/clusters", "clusters")
refused = documented(Forbidden, NotFound)
Words = Annotated[str, Query(max_length=200)]


class PlaceOnStaff(BaseModel):
    name: str
    staff_id: UUID


class Key(BaseModel):
    """Where a list of schools goes on: the place of a name in an order, and an id."""

    key: Annotated[str, Query(pattern=r"^([0-9a-f]{2})*$")]
    id: UUID


@routes.get("", dependencies=[allowed(RULES, "schools.find")], responses=documented(Forbidden))
async def list_schools(
    pool: Reader,
    actor: CurrentMember,
    q: Annotated[
        Words, Query(description="Any parts of a name, a town or a number of a register, without accents")
    ] = "",
    country: Annotated[Country | None, Query()] = None,
    kind: SchoolKind | None = None,
    in_cluster: bool | None = None,
    after: After = None,
    limit: Limit = 20,
) -> Page[SchoolItemOut]:
    """The directory of schools, by name, as my language sorts them."""
    keys = keys_of(after, Key)
    place = (bytes.fromhex(keys.key), keys.id) if keys else None
    rows = await queries.found_schools(pool, Asked(q, country, kind, in_cluster), actor.language, place, limit)
    return Page[SchoolItemOut].model_validate(page_of(rows, limit, "key", "id"))


@routes.get("/alike", dependencies=[allowed(RULES, "schools.find")], responses=documented(Forbidden))
async def list_schools_alike(
    pool: Reader,
    name: Annotated[Words, Query(min_length=1)],
    town: Annotated[Words, Query(min_length=1)],
    country: Annotated[Country, Query()],
) -> list[SchoolItemOut]:
    """Schools of this town that are called much like this one, at most five: to be asked before one is registered."""
    return [SchoolItemOut.model_validate(row) for row in await queries.schools_alike(pool, name, town, country)]


@routes.get("/{school_id}", responses=refused)
async def show_school(
    found: Annotated[KnownSchool, allowed(RULES, "school.see", queries.known_school)], actor: CurrentMember
) -> SchoolPageOut:
    """A school with its numbers by school year, its branches, and its clusters as far as I may know of them."""
    return queries.page_of_school(found, actor, can(RULES, actor, "school", found))


@routes.get("/{school_id}/people", responses=refused)
async def list_staff(
    found: Annotated[VisibleSchool, allowed(RULES, "school.see_people", visible_school)],
    pool: Reader,
    actor: CurrentMember,
    after: After = None,
    limit: Limit = 100,
) -> Page[OnStaffOut]:
    """Who works at a school that I know from my work or my office, by name, as my language sorts them."""
    keys, people = keys_of(after, PlaceOnStaff), await queries.staff_of(pool, found.school_id, actor)
    page = page_by_name(people, limit, actor.language, keys, "name", "staff_id")
    for row in page["items"]:
        row["can"] = can(RULES, actor, "staff", ColleagueAt(found.school_id, row["person_id"], found.country))
    return Page[OnStaffOut].model_validate(page)


@cluster_routes.get("", dependencies=[allowed(RULES, "clusters.list")], responses=documented(Forbidden))
async def list_clusters(
    pool: Reader,
    actor: CurrentMember,
    q: Annotated[
        Words,
        Query(description="Any parts of its name, or of the names and the town of a school in it, without accents"),
    ] = "",
    country: Annotated[Country | None, Query()] = None,
    approach: Approach | None = None,
    state: ClusterState | None = None,
    formed_since: Annotated[date | None, Query(description="Formed on this day or later (UTC)")] = None,
    formed_before: Annotated[date | None, Query(description="Formed before this day (UTC)")] = None,
    after: After = None,
    limit: Limit = 20,
) -> Page[ClusterItemOut]:
    """The clusters within my sight, by name, as my language sorts them."""
    keys = keys_of(after, NameKeys)
    asked = AskedClusters(q, country, approach, state, formed_since, formed_before)
    page = page_by_name(await queries.found_clusters(pool, asked, actor), limit, actor.language, keys, "name", "id")
    page["items"] = await queries.with_sums(pool, [cluster["id"] for cluster in page["items"]])
    return Page[ClusterItemOut].model_validate(page)
