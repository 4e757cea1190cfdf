from uuid import UUID

from sqlalchemy.exc import IntegrityError
from sqlmodel.ext.asyncio.session import AsyncSession

from kit.clock import now
from kit.db import plain
from kit.facts import record
from kit.locking import lock, lock_live
from kit.policy import hold
from kit.problems import Problem, field_invalid
from services.clusters.clusters.clusters.models import Cluster
from services.clusters.clusters.memberships.models import Membership, SchoolRole
from services.clusters.clusters.memberships.queries import mentor_coordinators_of, mentors_of, schools_in
from services.clusters.directory.people.queries import name_of
from services.clusters.directory.schools.actions import OtherCountry
from services.clusters.directory.schools.models import School
from services.clusters.directory.staff.queries import leaders_of
from services.clusters.policy import RULES
from services.clusters.post.notices.actions import tell_people
from services.clusters.post.notices.schemas import NoticeIn
from services.roster.facts import MembershipBegun, MembershipEnded, MembershipFact

MOST_SCHOOLS = 200  # its page shows them all


class AlreadyMember(Problem):
    status, title = 409, "This school belongs to the cluster already"


class LastMentor(Problem):
    status, title = 409, "A cluster keeps a mentor: let another school mentor it first"


class ClusterFull(Problem):
    status, title = 409, "A cluster has at most two hundred schools"


async def begin_membership(
    db: AsyncSession, cluster: Cluster, school_id: UUID, role: SchoolRole, by: UUID | None
) -> Membership:
    """Let a school into the cluster. Raises OtherCountry, AlreadyMember, ClusterFull, ClusterClosed."""
    if await db.get(School, school_id) is None:
        raise field_invalid("school_id", "unknown")
    # Locked, so that the schools are counted one after the other.
    cluster = await lock(db, Cluster, cluster.id)
    hold(RULES, "cluster.admit", cluster)
    if await schools_in(db, cluster.id) >= MOST_SCHOOLS:
        raise ClusterFull
    # Locked, so that the school does not change its country meanwhile.
    school = await lock(db, School, school_id, key_share=True)
    if school.country != cluster.country:
        raise OtherCountry
    membership = Membership(cluster_id=cluster.id, school_id=school_id, role=role, begun_by=by)
    db.add(membership)
    try:
        await db.flush()
    except IntegrityError as error:
        raise AlreadyMember from error
    _tell(db, membership, MembershipBegun, by)
    return membership


async def end_membership(db: AsyncSession, membership: Membership, by: UUID | None) -> Membership:
    """Release a school, or let it leave, and tell who leads it and the mentors; what it wrote and did stays.

    Raises LastMentor, ClusterClosed, NotFound.
    """
    # Locked, so that two mentors who leave at once do not both think that the other stays.
    cluster = await lock(db, Cluster, membership.cluster_id)
    hold(RULES, "membership.end", cluster)
    membership = await lock_live(db, Membership, membership.id)
    if membership.role.mentors and await mentors_of(db, membership.cluster_id) == 1:
        raise LastMentor
    leaders = await leaders_of(db, membership.school_id)
    if membership.role.mentors and by in leaders and not await mentor_coordinators_of(db, membership):
        raise LastMentor
    membership.ended_at, membership.ended_by = now(), by
    _tell(db, membership, MembershipEnded, by)
    await db.flush()
    await _tell_leaders(db, membership, cluster, leaders, by)
    return membership


async def _tell_leaders(
    db: AsyncSession, membership: Membership, cluster: Cluster, leaders: list[UUID], by: UUID | None
) -> None:
    """Who leads the school hears that it was released, and where it left by itself, who coordinates a mentor school.

    Not who did it.
    """
    school = await db.get_one(School, membership.school_id)
    params = {"by": await name_of(db, by), "school": school.name, "cluster": cluster.name}
    whom = dict.fromkeys(leaders, ("school_left" if by in leaders else "school_released", f"/schools/{school.id}"))
    if by in leaders:
        mentors = await mentor_coordinators_of(db, membership)
        whom = dict.fromkeys(mentors, ("school_left", f"/clusters/{cluster.id}")) | whom
    named = {"by": by} if by else {}
    told = [
        NoticeIn(person_id=one, kind=kind, params=params, named=named, path=path)
        for one, (kind, path) in whom.items()
        if one != by
    ]
    await tell_people(await plain(db), told)


def _tell(db: AsyncSession, membership: Membership, kind: type[MembershipFact], by: UUID | None) -> None:
    fact = kind(membership_id=membership.id, school_id=membership.school_id, role=membership.role)
    record(db, fact, cluster_id=membership.cluster_id, actor_id=by)
