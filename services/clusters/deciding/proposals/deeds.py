"""What a proposal does once it is decided: a verb of its feature, called with the group as the actor."""

from datetime import date
from zoneinfo import ZoneInfo

from sqlmodel.ext.asyncio.session import AsyncSession

from kit.clock import now
from kit.dates import school_year_of
from kit.policy import may, require
from kit.problems import Changed, FieldError, Invalid, NotFound, Problem
from services.clusters.clusters.clusters.models import Cluster
from services.clusters.deciding.decision_rules.actions import change_rule, open_rule
from services.clusters.deciding.decision_rules.group import VERBS, group_of
from services.clusters.deciding.decision_rules.models import Matter
from services.clusters.deciding.decision_rules.schemas import DecisionRuleIn
from services.clusters.deciding.proposals.models import Deed, Proposal
from services.clusters.deciding.proposals.schemas import ProposedPart, ProposedSchool
from services.clusters.doors.joining.actions import ask_school
from services.clusters.doors.joining.schemas import SchoolInvitationIn
from services.clusters.policy import RULES
from services.clusters.year.plans.models import PartKind, Plan, PlanPart
from services.clusters.year.plans.parts import add_part, change_part, open_part
from services.clusters.year.plans.queries import VisiblePart, VisiblePlan, plan_of
from services.clusters.year.plans.schemas import PlanPartIn
from services.roster.standing import Member


class DayIsOver(Problem):
    status, title = 409, "The day that was chosen was over before it was decided"


class _Tried(Exception):
    """The way back out of a deed that was only tried."""


async def try_deed(db: AsyncSession, cluster: Cluster, proposal: Proposal) -> None:
    """Raises what the deed would raise if it were done now; changes nothing."""
    try:
        async with db.begin_nested():
            await do_deed(db, cluster, proposal)
            await db.flush()
            raise _Tried
    except _Tried:
        pass
    except Invalid as error:
        where = {Matter.school: "/school", Matter.plan: "/plan/part"}.get(proposal.matter, "")
        errors = [FieldError(pointer=where + each.pointer, code=each.code, params=each.params) for each in error.errors]
        raise Invalid(errors=errors) from error


async def do_deed(db: AsyncSession, cluster: Cluster, proposal: Proposal) -> Deed:
    """Raises what its verb raises, and Forbidden where the group may not do it any more."""
    group = group_of(cluster, proposal.language)
    verb = VERBS.get(proposal.matter)
    if verb:
        require(RULES, group, verb, cluster)
    if proposal.matter == Matter.school:
        school = ProposedSchool.model_validate(proposal.details)
        await ask_school(db, cluster, SchoolInvitationIn(**school.model_dump()), group.id)
    elif proposal.matter == Matter.plan:
        await _write_part(db, cluster, ProposedPart.model_validate(proposal.details), group)
    elif proposal.matter == Matter.decision_rule:
        rule = await open_rule(db, cluster)
        await change_rule(db, cluster, rule, DecisionRuleIn.model_validate(proposal.details), group.id)
    elif proposal.matter == Matter.date and proposal.chosen is not None:
        return await _note_day(db, cluster, proposal, group)
    else:
        return Deed.nothing
    return Deed.done


async def _write_part(db: AsyncSession, cluster: Cluster, said: ProposedPart, group: Member) -> None:
    plan = await db.get(Plan, said.plan_id)
    if plan is None or plan.cluster_id != cluster.id:
        raise NotFound
    if said.part_id is None:
        await add_part(db, VisiblePlan(cluster, plan), said.part, group)
        return
    part = await db.get(PlanPart, said.part_id)
    if part is None or part.plan_id != plan.id:
        raise NotFound
    found = VisiblePart(cluster, plan, part=part)
    part = await open_part(db, found)
    if part.version != said.version:
        raise Changed
    await change_part(db, found, part, said.part, group)


async def _note_day(db: AsyncSession, cluster: Cluster, proposal: Proposal, group: Member) -> Deed:
    """A milestone on that day, where the group writes a plan; elsewhere the day stands as decided."""
    assert proposal.chosen is not None
    day = date.fromisoformat(proposal.options[proposal.chosen])
    if day < now().astimezone(ZoneInfo(cluster.zone)).date():
        raise DayIsOver
    plan = await plan_of(db, cluster.id, school_year_of(day))
    if plan is None or not may(RULES, group, "plan.write", cluster):
        return Deed.nothing
    said = PlanPartIn(kind=PartKind.milestone, title=proposal.title, ends=day, language=proposal.language)
    await add_part(db, VisiblePlan(cluster, plan), said, group)
    return Deed.done
