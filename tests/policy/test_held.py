"""What a guard has let pass is asked once more under the lock: something may have closed it since."""

from functools import partial
from uuid import UUID

import pytest
from sqlmodel.ext.asyncio.session import AsyncSession

from services.clusters.deciding.proposals.actions import opened
from services.clusters.deciding.proposals.queries import visible_proposal
from services.clusters.directory.offices.actions import end_office
from services.clusters.directory.offices.models import Office
from services.clusters.doors.invitations.actions import accept
from services.clusters.doors.invitations.models import Invitation
from services.clusters.policy.states import (
    InvitationExpired,
    LastProgrammeCoordinator,
    NotSentYet,
    PlanNotHandedIn,
    ProposalNotAsked,
)
from services.clusters.year.plans.actions import hand_in, open_plan
from services.clusters.year.plans.parts import add_part
from services.clusters.year.plans.queries import visible_plan
from services.clusters.year.plans.schemas import PlanPartIn
from services.diaries.comments import actions as comments
from services.diaries.comments.models import Comment, Kind
from services.diaries.comments.queries import visible_comment
from services.diaries.entries.queries import visible_entry
from services.diaries.policy.states import CommentTakenBack, NotAQuestion, StillADraft
from services.events.events.actions import open_event
from services.events.policy.states import EventCancelled, EventOver, NotBegun
from services.events.registration.queries import lock_open_event
from services.roster.states import ClusterClosed
from tests.policy.test_states import set_scene


@pytest.fixture(scope="module")
def scene(house):
    return house.loop.run_until_complete(set_scene(house))


@pytest.mark.parametrize(
    ("name", "action", "refusal"),
    [
        ("cancelled", "event.change", EventCancelled),
        ("over", "event.change", EventOver),
        ("cancelled", "event.mark_attendance", EventCancelled),
        ("ahead", "event.mark_attendance", NotBegun),
    ],
)
async def test_an_event_is_asked_under_its_lock(house, scene, name, action, refusal):
    things, _ = scene
    with pytest.raises(refusal):
        async with house.database("events").transaction() as db:
            await open_event(db, UUID(things[name]), action)


@pytest.mark.parametrize(("name", "refusal"), [("cancelled", EventCancelled), ("over", EventOver)])
async def test_a_registration_asks_the_event_under_its_lock(house, scene, name, refusal):
    things, _ = scene
    with pytest.raises(refusal):
        async with house.database("events").writing() as connection:
            await lock_open_event(connection, UUID(things[name]))


@pytest.mark.parametrize(
    ("name", "verb", "refusal"),
    [
        ("takeaway", "resolve", NotAQuestion),
        ("taken_back", "resolve", CommentTakenBack),
        ("taken_back", "change", CommentTakenBack),
        ("taken_back", "remove", CommentTakenBack),
    ],
)
async def test_a_comment_is_asked_under_the_lock_of_its_thread(house, scene, name, verb, refusal):
    things, askers = scene
    member = await house.member("diaries", askers["coordinator"])
    entry_id, comment_id = UUID(things["entry"]), UUID(things[name])
    found = await visible_comment(entry_id, comment_id, house.database("diaries").pool, member)
    verbs = {
        "resolve": comments.resolve_question,
        "change": partial(comments.change_comment, text="!", language=None),
        "remove": comments.remove_comment,
    }
    async with AsyncSession(house.database("diaries").engine) as db:
        comment = await db.get_one(Comment, comment_id)
        with pytest.raises(refusal):
            await verbs[verb](db, found.entry, comment, by=member.id)


async def test_an_entry_is_asked_in_the_statement_that_adds_a_comment(house, scene):
    things, askers = scene
    member = await house.member("diaries", askers["teacher"])
    found = await visible_entry(UUID(things["draft"]), house.database("diaries").pool, member)
    with pytest.raises(StillADraft):
        async with house.database("diaries").writing() as connection:
            await comments.comment_on(connection, found.entry, member, kind=Kind.question, text="Still there?")
    assert not await house.rows("diaries", "select from comment where text = 'Still there?'")


async def test_the_last_programme_coordinator_is_asked_under_the_lock_of_all_offices(house, scene):
    things, _ = scene
    async with AsyncSession(house.database("clusters").engine) as db:
        office = await db.get_one(Office, UUID(things["last"]))
        with pytest.raises(LastProgrammeCoordinator):
            await end_office(db, office, None)


async def test_a_plan_is_asked_under_its_lock(house, scene):
    things, askers = scene
    actor = await house.member("clusters", askers["programme coordinator"])
    async with AsyncSession(house.database("clusters").engine) as db:
        found = await visible_plan(UUID(things["plan"]), db, actor)
        with pytest.raises(PlanNotHandedIn):
            await open_plan(db, found)


@pytest.mark.parametrize(("verb", "more"), [(add_part, [PlanPartIn(kind="goal", title="T")]), (hand_in, [])])
async def test_a_plan_of_a_cluster_that_was_closed_meanwhile_stays_as_it_is(house, scene, verb, more):
    things, askers = scene
    actor = await house.member("clusters", askers["mentor there"])
    async with AsyncSession(house.database("clusters").engine) as db:
        found = await visible_plan(UUID(things["shut_plan"]), db, actor)
        with pytest.raises(ClusterClosed):
            await verb(db, found, *more, actor)


@pytest.mark.parametrize(
    ("name", "role", "action", "refusal"),
    [
        ("shut_proposal", "teacher there", "proposal.speak", ClusterClosed),
        ("asked_no_more", "teacher", "proposal.speak", ProposalNotAsked),
        ("asked_no_more", "teacher", "proposal.answer", ProposalNotAsked),
        ("decided", "teacher", "proposal.take_back", ProposalNotAsked),
        ("decided", "organiser", "proposal.take_back", ProposalNotAsked),
        ("shut_proposal", "mentor there", "proposal.take_back", ClusterClosed),
    ],
)
async def test_a_proposal_is_asked_under_its_lock(house, scene, name, role, action, refusal):
    things, askers = scene
    actor = await house.member("clusters", askers[role])
    async with AsyncSession(house.database("clusters").engine) as db:
        found = await visible_proposal(UUID(things[name]), db, actor)
        with pytest.raises(refusal):
            await opened(db, found, action)


@pytest.mark.parametrize(("name", "refusal"), [("proposed", NotSentYet), ("expired", InvitationExpired)])
async def test_an_invitation_is_asked_under_its_lock(house, scene, name, refusal):
    things, _ = scene
    async with AsyncSession(house.database("clusters").engine) as db:
        invitation = await db.get_one(Invitation, UUID(things[name]))
        with pytest.raises(refusal):
            await accept(db, invitation, None, None)
