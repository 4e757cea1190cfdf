from collections.abc import Iterable, Mapping
from datetime import timedelta
from uuid import UUID

from sqlalchemy.exc import IntegrityError
from sqlmodel.ext.asyncio.session import AsyncSession

from kit.clock import now
from kit.db import plain
from kit.facts import record
from kit.locking import lock, lock_live
from kit.policy import hold
from kit.problems import Forbidden, Problem, field_invalid
from services.clusters.clusters.clusters.actions import begin_cluster, form_cluster
from services.clusters.clusters.clusters.models import Approach, Cluster
from services.clusters.clusters.clusters.queries import has_begun
from services.clusters.clusters.clusters.schemas import ClusterIn
from services.clusters.clusters.memberships.actions import MOST_SCHOOLS, AlreadyMember, ClusterFull, begin_membership
from services.clusters.clusters.memberships.models import Membership, SchoolRole
from services.clusters.clusters.memberships.queries import is_member, mentors_of, schools_in, told_by_offices
from services.clusters.directory.people.queries import name_of
from services.clusters.directory.schools.actions import OtherCountry
from services.clusters.directory.schools.models import School
from services.clusters.directory.staff.queries import leaders_of
from services.clusters.doors.joining.models import SchoolAnswer, SchoolInvitation
from services.clusters.doors.joining.queries import are_asked, asked_lately, open_invitations, proposals_of
from services.clusters.doors.joining.schemas import ProposedClusterIn, SchoolInvitationIn
from services.clusters.doors.opening.queries import house_is_open
from services.clusters.facts import (
    SchoolInvitationAccepted,
    SchoolInvitationDeclined,
    SchoolInvitationFact,
    SchoolInvitationSent,
    SchoolInvitationWithdrawn,
)
from services.clusters.policy import RULES
from services.clusters.post.notices.actions import tell_people
from services.clusters.post.notices.schemas import NoticeIn

FEWEST_SCHOOLS = 2
MOST_ASKINGS, ASKINGS_IN = 3, timedelta(days=14)
MOST_PROPOSALS = 3
TOLD: dict[SchoolAnswer, type[SchoolInvitationFact]] = {
    SchoolAnswer.accepted: SchoolInvitationAccepted,
    SchoolAnswer.declined: SchoolInvitationDeclined,
    SchoolAnswer.withdrawn: SchoolInvitationWithdrawn,
}


class SchoolAskedAlready(Problem):
    status, title = 409, "This school is asked already, and has not answered yet"


class SchoolAskedTooOften(Problem):
    status, title = 409, "This school was asked three times within two weeks: give it some time"


class TooManyProposals(Problem):
    status, title = 409, "This school has proposed three clusters that have not begun yet"


class TooFewSchools(Problem):
    status, title = 409, "A cluster begins with a mentor and another school that said yes"


async def propose_cluster(db: AsyncSession, school: School, new: ProposedClusterIn, by: UUID) -> Cluster:
    """A cluster that this school mentors from now on; it begins when the schools that it asks have said yes.

    Raises CountryNotTakingPart, TooManyProposals.
    """
    # Locked, so that its proposals are counted one after the other.
    await lock(db, School, school.id, key_share=True)
    if await proposals_of(db, school.id) >= MOST_PROPOSALS:
        raise TooManyProposals
    said = ClusterIn(**new.model_dump(), country=school.country, approach=Approach.bottom_up)
    cluster = await form_cluster(db, said, by)
    await begin_membership(db, cluster, school.id, SchoolRole.mentor, by)
    return cluster


async def ask_school(db: AsyncSession, cluster: Cluster, new: SchoolInvitationIn, by: UUID | None) -> SchoolInvitation:
    """Ask a school into the cluster, and tell those who lead it.

    Raises OtherCountry, AlreadyMember, SchoolAskedAlready, SchoolAskedTooOften, ClusterFull.
    """
    school = await db.get(School, new.school_id)
    if school is None:
        raise field_invalid("school_id", "unknown")
    if school.country != cluster.country:
        raise OtherCountry
    # Locked, so that it is not asked while it comes in.
    cluster = await lock(db, Cluster, cluster.id)
    hold(RULES, "cluster.ask_school", cluster)
    if await is_member(db, cluster.id, school.id):
        raise AlreadyMember
    if await schools_in(db, cluster.id) + await are_asked(db, cluster.id) >= MOST_SCHOOLS:
        raise ClusterFull
    if await asked_lately(db, cluster.id, school.id, by, ASKINGS_IN) >= MOST_ASKINGS:
        raise SchoolAskedTooOften
    invitation = SchoolInvitation(cluster_id=cluster.id, **new.model_dump(), invited_by=by)
    db.add(invitation)
    try:
        await db.flush()
    except IntegrityError as error:
        raise SchoolAskedAlready from error
    asking = await name_of(db, by)
    params = {"by": asking, "school": school.name, "cluster": cluster.name, "role": new.role, "word": new.word}
    await _notify(db, "school_asked", await leaders_of(db, school.id), params, f"/school-invitations/{invitation.id}")
    _tell(db, invitation, SchoolInvitationSent, by)
    return invitation


async def accept(
    db: AsyncSession, invitation: SchoolInvitation, word: str, by: UUID | None, client: UUID | None
) -> Membership:
    """The school's own yes, with which it belongs; that of a `client` only while the house is being set up.

    With the last answer a cluster that its schools set up begins. Raises what begin_membership does, and Forbidden.
    """
    if client and await house_is_open(db):
        raise Forbidden
    cluster, invitation = await _answered(db, invitation, SchoolAnswer.accepted, word, by)
    membership = await begin_membership(db, cluster, invitation.school_id, invitation.role, by)
    await _begin_if_complete(db, cluster, by)
    return membership


async def decline(db: AsyncSession, invitation: SchoolInvitation, word: str, by: UUID) -> None:
    """Not this time. Raises NotFound when it was withdrawn meanwhile."""
    cluster, _ = await _answered(db, invitation, SchoolAnswer.declined, word, by)
    await _begin_if_complete(db, cluster, by)


async def withdraw(db: AsyncSession, invitation: SchoolInvitation, by: UUID | None) -> None:
    """The school is asked no more. Raises NotFound when it answered meanwhile."""
    cluster, _ = await _settled(db, invitation, SchoolAnswer.withdrawn, "", by)
    await _begin_if_complete(db, cluster, by)


async def withdraw_all(db: AsyncSession, cluster: Cluster, by: UUID | None) -> None:
    """No school is asked any more. Whoever calls has locked the cluster."""
    for invitation in await open_invitations(db, cluster.id):
        _settle(db, invitation, SchoolAnswer.withdrawn, "", by)
    await db.flush()


async def admit(db: AsyncSession, cluster: Cluster, school_id: UUID, role: SchoolRole, by: UUID | None) -> Membership:
    """The house vouches for a school while it is being set up. Raises what begin_membership does, and Forbidden."""
    if await house_is_open(db):
        raise Forbidden
    return await begin_membership(db, cluster, school_id, role, by)


async def begin(db: AsyncSession, cluster: Cluster, by: UUID | None) -> None:
    """Say that the cluster begins, though some schools have not answered. Raises TooFewSchools."""
    cluster = await lock(db, Cluster, cluster.id)
    hold(RULES, "cluster.begin", cluster)
    if not await _is_whole(db, cluster.id):
        raise TooFewSchools
    await begin_cluster(db, cluster, by)


async def _answered(
    db: AsyncSession, invitation: SchoolInvitation, said: SchoolAnswer, word: str, by: UUID | None
) -> tuple[Cluster, SchoolInvitation]:
    cluster, invitation = await _settled(db, invitation, said, word, by)
    if invitation.invited_by and invitation.invited_by != by:
        school = await db.get_one(School, invitation.school_id)
        params = {
            "by": await name_of(db, by),
            "school": school.name,
            "cluster": cluster.name,
            "accepted": said is SchoolAnswer.accepted,
            "word": word,
        }
        told = [invitation.invited_by]
        if invitation.invited_by == cluster.id:  # the cluster decided it
            told = [person_id for _, person_id in await told_by_offices(await plain(db), [cluster.id])]
        await _notify(db, "school_answered", told, params, f"/clusters/{cluster.id}")
    return cluster, invitation


async def _settled(
    db: AsyncSession, invitation: SchoolInvitation, said: SchoolAnswer, word: str, by: UUID | None
) -> tuple[Cluster, SchoolInvitation]:
    # The cluster before the invitation, as everything that counts its schools.
    cluster = await lock(db, Cluster, invitation.cluster_id)
    invitation = await lock_live(db, SchoolInvitation, invitation.id)
    _settle(db, invitation, said, word, by)
    await db.flush()
    return cluster, invitation


def _settle(db: AsyncSession, invitation: SchoolInvitation, said: SchoolAnswer, word: str, by: UUID | None) -> None:
    invitation.answer, invitation.answered_at, invitation.answered_by = said, now(), by
    invitation.answer_word = word
    _tell(db, invitation, TOLD[said], by)


async def _begin_if_complete(db: AsyncSession, cluster: Cluster, by: UUID | None) -> None:
    """A cluster that its schools set up begins when the last one that was asked has answered."""
    if cluster.approach is not Approach.bottom_up or await has_begun(db, cluster.id):
        return
    if not await are_asked(db, cluster.id) and await _is_whole(db, cluster.id):
        await begin_cluster(db, cluster, by)


async def _is_whole(db: AsyncSession, cluster_id: UUID) -> bool:
    return await schools_in(db, cluster_id) >= FEWEST_SCHOOLS and await mentors_of(db, cluster_id) > 0


async def _notify(db: AsyncSession, kind: str, people: Iterable[UUID], params: Mapping[str, object], path: str) -> None:
    told = [NoticeIn(person_id=person, kind=kind, params=dict(params), path=path) for person in people]
    await tell_people(await plain(db), told)


def _tell(db: AsyncSession, invitation: SchoolInvitation, kind: type[SchoolInvitationFact], by: UUID | None) -> None:
    fact = kind(school_invitation_id=invitation.id, school_id=invitation.school_id, role=invitation.role)
    record(db, fact, cluster_id=invitation.cluster_id, actor_id=by)
