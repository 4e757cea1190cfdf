from typing import Annotated, Any

from kit.db import Db
from kit.pages import After, IdKeys, Limit, Page, keys_of, page_of
from kit.policy import allowed, can
from kit.problems import Forbidden, NotFound, documented
from kit.routing import located, router
from kit.zones import zone_of
from services.clusters.clusters.clusters.models import Cluster
from services.clusters.clusters.clusters.queries import visible_cluster
from services.clusters.directory.offices.actions import AlreadyInOffice
from services.clusters.directory.offices.models import Office
from services.clusters.directory.people.actions import find_or_register_person
from services.clusters.directory.programme.actions import CountryNotTakingPart
from services.clusters.directory.schools.queries import VisibleSchool, visible_school
from services.clusters.directory.staff.actions import LastCoordinator
from services.clusters.doors.invitations import actions, queries
from services.clusters.doors.invitations.schemas import (
    AcceptedOut,
    InvitationIn,
    InvitationOut,
    OfficeInvitationIn,
    SeveralIn,
    SeveralOut,
)
from services.clusters.doors.invitations.several import ask_several, require_own_address, try_several
from services.clusters.doors.invitations.things import NewInvitation, VisibleInvitation
from services.clusters.policy import RULES
from services.clusters.policy.states import NotSentYet
from services.roster.standing import CurrentMember, Member

routes = router("/v1", "invitations")
refused = documented(Forbidden, NotFound)
Seen = Annotated[VisibleInvitation, allowed(RULES, "invitation.see", queries.visible_invitation)]
Managed = Annotated[VisibleInvitation, allowed(RULES, "invitation.manage", queries.visible_invitation)]
Confirmed = Annotated[VisibleInvitation, allowed(RULES, "invitation.confirm", queries.visible_invitation)]
Declined = Annotated[VisibleInvitation, allowed(RULES, "invitation.decline", queries.visible_invitation)]
Asked = Annotated[NewInvitation, allowed(RULES, "school.invite", queries.invitations_to_make)]
Accepted = Annotated[VisibleInvitation, allowed(RULES, "invitation.accept", queries.visible_invitation)]


async def shown(db: Db, found: VisibleInvitation, actor: Member) -> InvitationOut:
    described = await queries.shown(db, found.invitation.id)
    return described.model_copy(update=_for_reader(found, actor))


def _for_reader(found: VisibleInvitation, actor: Member) -> dict[str, Any]:
    return {"for_me": found.invitation.person_id == actor.id, "can": can(RULES, actor, "invitation", found)}


def _page(rows: list[tuple[VisibleInvitation, InvitationOut]], actor: Member, limit: int) -> Page[InvitationOut]:
    items = [described.model_dump() | _for_reader(found, actor) for found, described in rows]
    return Page[InvitationOut].model_validate(page_of(items, limit, "id"))


@routes.post(
    "/schools/{school_id}/invitations",
    status_code=201,
    responses=refused
    | documented(actions.AlreadyStaff, actions.AlreadyInvited, actions.SentAlready, actions.NobodyToConfirm),
)
@located("/v1/invitations/{id}")
async def invite(
    asked: Annotated[NewInvitation, allowed(RULES, "school.invite", queries.invitation_to_make)],
    new: InvitationIn,
    actor: CurrentMember,
    db: Db,
) -> InvitationOut:
    """Ask somebody into a school. They get a mail, and belong to it once they say yes.

    Who does not lead the school proposes: those who do are asked first.
    """
    school, confirmed = asked.school, asked.is_wanted_by_school(actor)
    await require_own_address(db, school, new, asks_itself=confirmed)
    person = await find_or_register_person(
        db, mail=new.mail, name=new.name, language=new.language, zone=new.zone or school.zone
    )
    invitation = await actions.invite_into_school(
        db,
        school,
        person,
        new.role,
        new.mail,
        actor.id,
        confirmed=confirmed,
    )
    return await shown(db, VisibleInvitation(invitation, school, asked.cluster_ids), actor)


@routes.post("/schools/{school_id}/invitations/preview", responses=refused | documented(actions.NobodyToConfirm))
async def preview_invitations(asked: Asked, several: SeveralIn, actor: CurrentMember, db: Db) -> SeveralOut:
    """What asking these people would do to each; nobody is told, and nothing stays."""
    confirmed = asked.is_wanted_by_school(actor)
    return SeveralOut(people=await try_several(db, asked.school, several, actor.id, confirmed=confirmed))


@routes.post(
    "/schools/{school_id}/invitations/several", status_code=201, responses=refused | documented(actions.NobodyToConfirm)
)
async def invite_several(asked: Asked, several: SeveralIn, actor: CurrentMember, db: Db) -> SeveralOut:
    """Ask up to two hundred people into a school, each as by one invitation; who cannot be asked now is left out."""
    confirmed = asked.is_wanted_by_school(actor)
    return SeveralOut(people=await ask_several(db, asked.school, several, actor.id, confirmed=confirmed))


@routes.post(
    "/offices/invitations",
    status_code=201,
    dependencies=[allowed(RULES, "office.give")],
    responses=documented(Forbidden, CountryNotTakingPart, AlreadyInOffice, actions.AlreadyInvited, actions.SentAlready),
)
@located("/v1/invitations/{id}")
async def invite_into_office(new: OfficeInvitationIn, actor: CurrentMember, db: Db) -> InvitationOut:
    """Ask somebody to be a national or the programme coordinator; they are once they say yes."""
    zone = new.zone or zone_of(new.country)
    person = await find_or_register_person(db, mail=new.mail, name=new.name, language=new.language, zone=zone)
    invitation = await actions.invite_into_office(db, person, new.kind, new.country, new.mail, actor.id)
    return await shown(db, VisibleInvitation(invitation, None, []), actor)


@routes.get("/offices/invitations", dependencies=[allowed(RULES, "office.give")], responses=documented(Forbidden))
async def list_invitations_into_offices(
    actor: CurrentMember, db: Db, after: After = None, limit: Limit = 20
) -> Page[InvitationOut]:
    """The open invitations into offices, newest first; and who declined lately."""
    keys = keys_of(after, IdKeys)
    rows = await queries.invitations_into_offices(db, keys.id if keys else None, limit)
    return _page(rows, actor, limit)


@routes.get("/clusters/{cluster_id}/invitations", responses=refused)
async def list_invitations(
    cluster: Annotated[Cluster, allowed(RULES, "cluster.see", visible_cluster)],
    actor: CurrentMember,
    db: Db,
    after: After = None,
    limit: Limit = 20,
) -> Page[InvitationOut]:
    """The open invitations into those schools of a cluster that I look after, newest first; and who declined lately."""
    keys = keys_of(after, IdKeys)
    schools = await queries.schools_looked_after(db, cluster, actor)
    rows = await queries.invitations_into(db, [cluster.id], schools, keys.id if keys else None, limit)
    return _page(rows, actor, limit)


@routes.get("/schools/{school_id}/invitations", responses=refused)
async def list_invitations_into_school(
    found: Annotated[VisibleSchool, allowed(RULES, "school.invite", visible_school)],
    actor: CurrentMember,
    db: Db,
    after: After = None,
    limit: Limit = 20,
) -> Page[InvitationOut]:
    """The open invitations into a school, for who may invite into it, newest first; and who declined lately."""
    keys = keys_of(after, IdKeys)
    rows = await queries.invitations_into(db, found.cluster_ids, [found.school_id], keys.id if keys else None, limit)
    return _page(rows, actor, limit)


@routes.get("/invitations/{invitation_id}", responses=refused)
async def show_invitation(found: Seen, actor: CurrentMember, db: Db) -> InvitationOut:
    """An invitation, for whom it names and for who looks after it."""
    return await shown(db, found, actor)


@routes.delete("/invitations/{invitation_id}", status_code=204, responses=refused)
async def withdraw_invitation(found: Managed, actor: CurrentMember, db: Db) -> None:
    """Take it back: the link in the mail ends."""
    await actions.withdraw(db, found.invitation, actor.id)


@routes.post(
    "/invitations/{invitation_id}/sending",
    status_code=202,
    responses=refused | documented(NotSentYet, actions.SentAlready),
)
async def send_invitation_again(found: Managed, actor: CurrentMember, db: Db) -> InvitationOut:
    """Mail it once more, with a new link for another fourteen days."""
    await actions.send_again(db, found.invitation, found.school, actor.id)
    return await shown(db, found, actor)


@routes.put("/invitations/{invitation_id}/confirmation", status_code=204, responses=refused)
async def confirm_invitation(found: Confirmed, actor: CurrentMember, db: Db) -> None:
    """The school wants this person: now the mail goes out."""
    assert actor.id
    assert found.school
    await actions.confirm(db, found.invitation, found.school, actor.id)


@routes.post("/invitations/{invitation_id}/refusal", status_code=204, responses=refused)
async def decline_invitation(found: Declined, actor: CurrentMember, db: Db) -> None:
    """This is not for me."""
    assert actor.id
    await actions.decline(db, found.invitation, actor.id)


@routes.post(
    "/invitations/{invitation_id}/acceptance",
    status_code=201,
    responses=refused | documented(actions.LedMeanwhile, LastCoordinator, AlreadyInOffice),
)
async def accept_invitation(found: Accepted, actor: CurrentMember, db: Db) -> AcceptedOut:
    """My yes: my place at the school, or my office, begins. The house vouches while it is being set up."""
    begun = await actions.accept(db, found.invitation, actor.id, actor.client)
    if isinstance(begun, Office):
        return AcceptedOut(person_id=begun.person_id, office_id=begun.id)
    return AcceptedOut(person_id=begun.person_id, staff_id=begun.id)
