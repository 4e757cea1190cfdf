"""Where an actor stands: the schools they work at, the clusters those belong to, the offices they hold.

The same question in every service: clusters asks its own tables, the others what they heard.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field, fields, replace
from datetime import datetime
from typing import Annotated, NamedTuple
from uuid import UUID

from fastapi import Depends

from kit.db import Database
from kit.identity import Actor, current_actor
from kit.problems import Unauthenticated

STANDINGS = """
select staff.school_id, staff.role as staff_role, membership.cluster_id, membership.role as school_role
from staff
left join membership on membership.school_id = staff.school_id and membership.ended_at is null
where staff.person_id = $1 and staff.ended_at is null
order by staff.id
"""
SHUT_OUT = "select exists (select from client where id = $1 and revoked_at is not null)"
OFFICES = "select kind, country from office where person_id = $1 and ended_at is null"
IN_COUNTRIES = "select id from cluster where country = any($1)"
LEFT = "left"  # for good: who has no name any more
BOTH = f"""
select s.school_id, s.staff_role, s.cluster_id, s.school_role, null as country, null as office from
({STANDINGS}) s
union all select null, null, null, null, o.country, o.kind from ({OFFICES}) o
union all select null, null, null, null, null, '{LEFT}' from person where id = $1 and name = ''
"""

COORDINATOR, HEAD, TEACHER = "coordinator", "head", "teacher"
MENTOR, LAB = "mentor", "lab"
MENTORS = (MENTOR, LAB)  # a learning lab mentors as other schools do
TOP_DOWN, BOTTOM_UP = "top_down", "bottom_up"
NATIONAL, PROGRAMME = "national_coordinator", "programme_coordinator"


@dataclass(frozen=True, slots=True)
class Standing:
    """One school that somebody works at, in one cluster (or in none)."""

    school_id: UUID
    staff_role: str
    cluster_id: UUID | None
    school_role: str | None


@dataclass(frozen=True, slots=True)
class ClusterInSight:
    """What a policy asks of a cluster."""

    id: UUID
    country: str
    approach: str
    closed_at: datetime | None = None


class Sight(NamedTuple):
    """Which clusters somebody may know of, as the parameters of `clusters_in_sight`."""

    own: Sequence[UUID]
    countries: Sequence[str] = ()
    everything: bool = False


@dataclass(frozen=True, slots=True)
class Member(Actor):
    """An actor with where they stand, answering in the words of the policy tables."""

    standings: tuple[Standing, ...] = ()
    offices: tuple[tuple[str, str | None], ...] = ()
    # Only of who coordinates the programme besides: everybody else acts by the one kind of office that they hold.
    in_their_countries: frozenset[UUID] = frozenset()
    clusters: frozenset[UUID] = field(init=False, compare=False)
    sight: Sight = field(init=False, compare=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "clusters", frozenset(s.cluster_id for s in self.standings if s.cluster_id))
        # The own clusters (of a program that acts for itself, the one that let it in), a country's, or all.
        own = [self.bound_to] if self.id is None and self.bound_to else list(self.clusters)
        object.__setattr__(self, "sight", Sight(own, self.countries, self.is_programme))

    @property
    def sight_of_offices(self) -> Sight:
        return self.sight._replace(own=[])

    @property
    def schools(self) -> frozenset[UUID]:
        return frozenset(s.school_id for s in self.standings)

    @property
    def countries(self) -> list[str]:
        """The countries whose national coordinator this is."""
        return [country for kind, country in self.offices if kind == NATIONAL and country]

    @property
    def is_programme(self) -> bool:
        return any(kind == PROGRAMME for kind, _ in self.offices)

    def office_over(self, cluster_id: UUID) -> str | None:
        """Who is no member of a cluster acts there by their office."""
        if self.bound_to or cluster_id in self.clusters:
            return None
        if self.is_programme:
            return NATIONAL if cluster_id in self.in_their_countries else PROGRAMME
        return NATIONAL if self.countries else None

    def coordinates(self, cluster_id: UUID) -> bool:
        """Coordinator of some school of this cluster."""
        return any(s.cluster_id == cluster_id and s.staff_role == COORDINATOR for s in self.standings)

    def mentors(self, cluster_id: UUID) -> bool:
        """Coordinator of a school that mentors this cluster."""
        return any(
            s.cluster_id == cluster_id and s.staff_role == COORDINATOR and s.school_role in MENTORS
            for s in self.standings
        )

    def leads_school(self, school_id: UUID) -> bool:
        """Coordinator or head of this school."""
        return any(s.school_id == school_id and s.staff_role in (COORDINATOR, HEAD) for s in self.standings)

    def school_in(self, cluster_id: UUID) -> UUID | None:
        """The school through which this person belongs to the cluster."""
        return next((s.school_id for s in self.standings if s.cluster_id == cluster_id), None)


async def stand(actor: Actor, database: Database) -> Member:
    """The actor with their standing now; a membership that ended counts no longer.

    For whom a client of a cluster acts, there they stand and nowhere else, without their offices. Raises
    Unauthenticated for a client that was shut out since it got its token, and for a person who left for good since.
    """
    known = {field.name: getattr(actor, field.name) for field in fields(Actor)}
    if actor.bound_to and await database.pool.fetchval(SHUT_OUT, actor.client):
        raise Unauthenticated
    if actor.id is None:
        return Member(**known)
    rows = await database.pool.fetch(BOTH, actor.id)
    if any(row["office"] == LEFT for row in rows):
        raise Unauthenticated
    if actor.bound_to:
        rows = [row for row in rows if row["cluster_id"] == actor.bound_to]
    member = Member(
        **known,
        standings=tuple(
            Standing(r["school_id"], r["staff_role"], r["cluster_id"], r["school_role"])
            for r in rows
            if r["office"] is None
        ),
        offices=tuple((r["office"], r["country"]) for r in rows if r["office"]),
    )
    if not (member.is_programme and member.countries):
        return member
    theirs = await database.pool.fetch(IN_COUNTRIES, member.countries)
    return replace(member, in_their_countries=frozenset(row["id"] for row in theirs))


CurrentMember = Annotated[Member, Depends(current_actor)]
