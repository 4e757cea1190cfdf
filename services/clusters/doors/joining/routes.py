from typing import Annotated, Any

from kit.db import Db, Reader, plain
from kit.pages import After, IdKeys, Limit, Page, keys_of, page_of
from kit.policy import allowed, can, may
from kit.problems import Forbidden, NotFound, documented
from kit.routing import located, router
from services.clusters.clusters.clusters.models import Cluster
from services.clusters.clusters.clusters.queries import seen_cluster, visible_cluster
from services.clusters.clusters.memberships.actions import AlreadyMember, ClusterFull
from services.clusters.clusters.memberships.models import Membership
from services.clusters.clusters.memberships.schemas import MembershipIn, MembershipOut
from services.clusters.clusters.showing.routes import shown as shown_cluster
from services.clusters.clusters.showing.schemas import ClusterOut
from services.clusters.directory.programme.actions import CountryNotTakingPart
from services.clusters.directory.schools.actions import OtherCountry
from services.clusters.directory.schools.queries import VisibleSchool, visible_school
from services.clusters.doors.joining import actions, queries
from services.clusters.doors.joining.models import SchoolInvitation
from services.clusters.doors.joining.queries import VisibleSchoolInvitation, visible_school_invitation
from services.clusters.doors.joining.schemas import AnswerIn, ProposedClusterIn, SchoolInvitationIn, SchoolInvitationOut
from services.clusters.policy import RULES
from services.roster.standing import CurrentMember, Member

routes = router("/v1", "memberships")
refused = documented(Forbidden, NotFound)
joins = documented(AlreadyMember, OtherCountry, ClusterFull)
Seen = Annotated[VisibleSchoolInvitation, allowed(RULES, "school_invitation.see", visible_school_invitation)]
Accepted = Annotated[VisibleSchoolInvitation, allowed(RULES, "school_invitation.accept", visible_school_invitation)]
Declined = Annotated[VisibleSchoolInvitation, allowed(RULES, "school_invitation.decline", visible_school_invitation)]
Withdrawn = Annotated[VisibleSchoolInvitation, allowed(RULES, "school_invitation.withdraw", visible_school_invitation)]
AskingCluster = Annotated[Cluster, allowed(RULES, "cluster.ask_school", visible_cluster)]


@routes.post(
    "/schools/{school_id}/clusters",
    status_code=201,
    responses=refused | documented(CountryNotTakingPart, actions.TooManyProposals),
)
@located("/v1/clusters/{id}")
async def propose_cluster(
    found: Annotated[VisibleSchool, allowed(RULES, "school.propose_cluster", visible_school)],
    new: ProposedClusterIn,
    db: Db,
    actor: CurrentMember,
) -> ClusterOut:
    """Propose a cluster that this school mentors: it begins when the schools that are asked have said yes."""
    assert actor.id
    cluster = await actions.propose_cluster(db, found.school, new, actor.id)
    return await shown_cluster(await plain(db), cluster, actor)


@routes.post(
    "/clusters/{cluster_id}/school-invitations",
    status_code=201,
    responses=refused | joins | documented(actions.SchoolAskedAlready, actions.SchoolAskedTooOften),
)
@located("/v1/school-invitations/{id}")
async def ask_school(
    cluster: AskingCluster, new: SchoolInvitationIn, db: Db, actor: CurrentMember
) -> SchoolInvitationOut:
    """Ask a school into the cluster; it belongs once somebody who leads it says yes."""
    invitation = await actions.ask_school(db, cluster, new, actor.id)
    return await shown(db, VisibleSchoolInvitation(cluster, invitation), actor)


@routes.get("/clusters/{cluster_id}/school-invitations", responses=refused)
async def list_school_invitations(
    cluster: Annotated[Cluster, allowed(RULES, "cluster.see", seen_cluster)],
    pool: Reader,
    actor: CurrentMember,
    after: After = None,
    limit: Limit = 20,
) -> Page[SchoolInvitationOut]:
    """The schools that are asked into the cluster or said no, newest first."""
    keys = keys_of(after, IdKeys)
    rows = await queries.invitations_of_cluster(pool, cluster.id, keys.id if keys else None, limit)
    items = [_for_reader(row, _of(row, cluster), actor) for row in rows]
    return Page[SchoolInvitationOut].model_validate(page_of(items, limit, "id"))


@routes.get("/school-invitations/{school_invitation_id}", responses=refused)
async def show_school_invitation(found: Seen, db: Db, actor: CurrentMember) -> SchoolInvitationOut:
    """A school that is asked into a cluster, for who leads it and for who sees the cluster."""
    return await shown(db, found, actor)


@routes.post(
    "/school-invitations/{school_invitation_id}/acceptance",
    status_code=201,
    response_model=MembershipOut,
    responses=refused | joins,
)
async def accept_school_invitation(found: Accepted, said: AnswerIn, db: Db, actor: CurrentMember) -> Membership:
    """Our yes: the school belongs to the cluster from now on. The house vouches while it is being set up."""
    return await actions.accept(db, found.invitation, said.word, actor.id, actor.client)


@routes.post("/school-invitations/{school_invitation_id}/refusal", status_code=204, responses=refused)
async def decline_school_invitation(found: Declined, said: AnswerIn, db: Db, actor: CurrentMember) -> None:
    """Not this time."""
    assert actor.id
    await actions.decline(db, found.invitation, said.word, actor.id)


@routes.delete("/school-invitations/{school_invitation_id}", status_code=204, responses=refused)
async def withdraw_school_invitation(found: Withdrawn, db: Db, actor: CurrentMember) -> None:
    """The school is asked no more."""
    await actions.withdraw(db, found.invitation, actor.id)


@routes.post("/clusters/{cluster_id}/beginning", responses=refused | documented(actions.TooFewSchools))
async def begin_cluster(
    cluster: Annotated[Cluster, allowed(RULES, "cluster.begin", visible_cluster)], db: Db, actor: CurrentMember
) -> ClusterOut:
    """The cluster begins with the schools that have said yes; said again, it changes nothing."""
    await actions.begin(db, cluster, actor.id)
    return await shown_cluster(await plain(db), cluster, actor)


@routes.post(
    "/clusters/{cluster_id}/memberships",
    status_code=201,
    response_model=MembershipOut,
    responses=refused | joins,
)
async def begin_membership(
    cluster: Annotated[Cluster, allowed(RULES, "cluster.admit", visible_cluster)],
    new: MembershipIn,
    actor: CurrentMember,
    db: Db,
) -> Membership:
    """Let a school in without asking it: the house does so while it is being set up, and nobody else."""
    return await actions.admit(db, cluster, new.school_id, new.role, actor.id)


async def shown(db: Db, found: VisibleSchoolInvitation, actor: Member) -> SchoolInvitationOut:
    row = await queries.shown(await plain(db), found.invitation.id)
    return SchoolInvitationOut.model_validate(_for_reader(row, found, actor))


def _for_reader(row: dict[str, Any], found: VisibleSchoolInvitation, actor: Member) -> dict[str, Any]:
    """What both sides write to each other is for them alone."""
    between = any(may(RULES, actor, f"school_invitation.{verb}", found) for verb in ("withdraw", "accept"))
    words = {} if between else {"word": "", "answer_word": ""}
    return row | words | {"can": can(RULES, actor, "school_invitation", found)}


def _of(row: dict[str, Any], cluster: Cluster) -> VisibleSchoolInvitation:
    invitation = SchoolInvitation(**{name: row[name] for name in ("id", "school_id", "answer", "answered_at")})
    return VisibleSchoolInvitation(cluster, invitation)
