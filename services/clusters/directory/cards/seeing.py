"""Who sees what of an card: in which circle a reader stands, and what that circle is shown."""

from collections.abc import Collection, Mapping
from typing import Any
from uuid import UUID

from services.clusters.directory.cards.models import Circle
from services.roster.standing import Member

CIRCLES = list(Circle)


def circle_of(reader: Member, person_id: UUID, schools: Collection[UUID], clusters: Collection[UUID]) -> Circle:
    """The narrowest circle around somebody of these schools and clusters in which this reader stands.

    Their coordinators are who leads one of their schools, and who coordinates the mentor school of a cluster of theirs.
    A program that a cluster let in stands there for somebody, and in no circle within it.
    """
    if reader.bound_to:
        return Circle.everyone if reader.clusters.isdisjoint(clusters) else Circle.clusters
    leads = any(map(reader.leads_school, schools)) or any(map(reader.mentors, clusters))
    if leads or reader.id == person_id:
        return Circle.coordinators
    if not reader.schools.isdisjoint(schools):
        return Circle.school
    return Circle.everyone if reader.clusters.isdisjoint(clusters) else Circle.clusters


def shown_to(circle: Circle, said: Mapping[str, Any]) -> dict[str, Any]:
    """What this circle sees of what somebody said, if anything; the rest is as if they had never said it."""
    sees = {name: _is_within(circle, said[f"{name}_for"]) for name in ("subjects", "shows", "portrait")}
    return {
        "subjects": said["subjects"] if sees["subjects"] else [],
        "languages": said["languages"] if sees["subjects"] else [],
        "shows": said["shows"] if sees["shows"] else "",
        "portrait_id": said["portrait_id"] if sees["portrait"] else None,
    }


def _is_within(circle: Circle, wide: str | None) -> bool:
    """None: they have said nothing."""
    return wide is not None and CIRCLES.index(circle) <= CIRCLES.index(Circle(wide))
