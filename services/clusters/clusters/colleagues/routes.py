from typing import Annotated, Any
from uuid import UUID

from fastapi import Query
from fastapi.responses import Response
from pydantic import BaseModel

from kit.db import Reader
from kit.pages import After, NamesLimit, Page, keys_of, page_by_name
from kit.policy import allowed, can
from kit.problems import Forbidden, NotFound, documented
from kit.routing import router
from services.clusters.clusters.clusters.models import Cluster
from services.clusters.clusters.clusters.queries import seen_cluster
from services.clusters.clusters.colleagues import queries
from services.clusters.clusters.colleagues.dividing import by_subject, found_by
from services.clusters.clusters.colleagues.queries import (
    VisiblePerson,
    VisiblePortrait,
    visible_person,
    visible_portrait,
)
from services.clusters.clusters.colleagues.schemas import By, ColleagueOut, PersonPageOut
from services.clusters.clusters.showing.things import ColleagueAt
from services.clusters.directory.cards.models import PortraitSize
from services.clusters.policy import RULES
from services.clusters.policy.rules import leader_of_the_school_in_person
from services.roster.standing import CurrentMember

routes = router("/v1/clusters", "staff")
person_routes = router("/v1/people", "people")
refused = documented(Forbidden, NotFound)
WEBP: dict[int | str, dict[str, Any]] = {
    200: {"description": "The picture", "content": {"image/webp": {"schema": {"type": "string", "format": "binary"}}}}
}


class PlaceBySchool(BaseModel):
    school: str
    name: str
    staff_id: UUID


class PlaceBySubject(BaseModel):
    says_none: bool
    subject: str
    name: str
    staff_id: UUID


PLACES: dict[By, type[BaseModel]] = {By.school: PlaceBySchool, By.subject: PlaceBySubject}


@routes.get("/{cluster_id}/people", responses=refused)
async def list_people(
    cluster: Annotated[Cluster, allowed(RULES, "cluster.see", seen_cluster)],
    pool: Reader,
    actor: CurrentMember,
    by: Annotated[By, Query(description="By subject, who has several stands under each")] = By.school,
    q: Annotated[str, Query(max_length=200, description="Any parts of a name, without accents")] = "",
    after: After = None,
    limit: NamesLimit = 100,
) -> Page[ColleagueOut]:
    """Everybody in the cluster, by school or subject and by name, as my language sorts them."""
    keys, place = keys_of(after, PLACES[by]), PLACES[by].model_fields
    if by == By.subject:
        people = by_subject(found_by(q, await queries.people_of(pool, cluster.id, actor)))
        page = page_by_name(people, limit, actor.language, keys, *place)
    else:
        names = found_by(q, await queries.names_of(pool, cluster.id))
        page = page_by_name(names, limit, actor.language, keys, *place)
        page["items"] = await queries.people_among(pool, cluster.id, page["items"], actor)
    for row in page["items"]:
        row["subject"] = row.get("subject") or None
        at = ColleagueAt(row["school_id"], row["person_id"], cluster.country)
        row["can"] = can(RULES, actor, "staff", at)
        if row["reason"] and leader_of_the_school_in_person(actor, at):
            row["unreached"] = {"reason": row["reason"], "since": row["since"]}
    return Page[ColleagueOut].model_validate(page)


@person_routes.get("/{person_id}", responses=refused)
async def show_person(found: Annotated[VisiblePerson, allowed(RULES, "person.see", visible_person)]) -> PersonPageOut:
    """Somebody whom I may know from my work or my office: where they work, and what they let me see."""
    return PersonPageOut.model_validate(found.page)


@person_routes.get("/{person_id}/portrait", response_class=Response, responses=refused | WEBP)
async def show_portrait(
    found: Annotated[VisiblePortrait, allowed(RULES, "person.see", visible_portrait)],
    pool: Reader,
    size: Annotated[PortraitSize, Query(description="A square of 96 or 384 pixels")] = PortraitSize.large,
) -> Response:
    """The picture of somebody, for those to whom they show it."""
    content = await queries.portrait_seen(pool, found, size)
    return Response(content, media_type="image/webp", headers={"ETag": f'"{found.portrait_id}-{size}"'})
