"""Writing a priority, goal, activity or milestone into a plan, and out of it."""

from datetime import date
from uuid import UUID

from sqlmodel.ext.asyncio.session import AsyncSession

from kit.clock import now
from kit.facts import record
from kit.ids import new_id
from kit.locking import lock_live
from kit.problems import Problem, field_invalid
from services.clusters.clusters.memberships.queries import is_member
from services.clusters.year.plans.keeping import opened, touch
from services.clusters.year.plans.models import MOST_PARTS, Plan, PlanPart
from services.clusters.year.plans.queries import VisiblePart, VisiblePlan, how_many_parts
from services.clusters.year.plans.schemas import PlanPartIn
from services.clusters.year.plans.template import FIRST_MONTH_OF_PLANNING
from services.clusters.year_facts import PlanPartDone
from services.roster.standing import Member

# A plan begins before its school year, and looks back after it.
FIRST_DAY, LAST_DAY = (FIRST_MONTH_OF_PLANNING, 1), (12, 31)


class TooManyPlanParts(Problem):
    status, title = 409, f"A plan has at most {MOST_PARTS} parts: take something out first"


async def add_part(db: AsyncSession, found: VisiblePlan, new: PlanPartIn, actor: Member) -> PlanPart:
    """Raises TooManyPlanParts, Invalid, ClusterClosed."""
    plan = await opened(db, found)
    if await how_many_parts(db, plan.id) >= MOST_PARTS:
        raise TooManyPlanParts
    await _check(db, plan, new, None)
    said = new.model_dump() | {"language": new.language or actor.language}
    part = PlanPart(**said, id=new_id(), plan_id=plan.id, added_by=actor.id, changed_by=actor.id)
    db.add(part)
    await touch(db, plan, found.cluster, actor.id)
    return part


async def open_part(db: AsyncSession, found: VisiblePart) -> PlanPart:
    """The part as it is now, locked with its plan, in a cluster that stays open. Raises ClusterClosed, NotFound."""
    assert found.part
    await opened(db, found)
    return await lock_live(db, PlanPart, found.part.id)


async def change_part(db: AsyncSession, found: VisiblePart, part: PlanPart, said: PlanPartIn, actor: Member) -> None:
    """Whoever calls has opened it; it stays of its kind. Raises Invalid."""
    if said.kind != part.kind:
        raise field_invalid("kind", "kind_stays")
    await _check(db, found.plan, said, part.school_id)
    for name, value in said.model_dump(exclude={"kind", "language"}).items():
        setattr(part, name, value)
    part.language = said.language or actor.language
    part.version += 1
    part.changed_at, part.changed_by = now(), actor.id
    await touch(db, found.plan, found.cluster, actor.id)


async def remove_part(db: AsyncSession, found: VisiblePart, by: UUID | None) -> None:
    """Raises ClusterClosed, NotFound."""
    part = await open_part(db, found)
    part.removed_at, part.removed_by = now(), by
    await touch(db, found.plan, found.cluster, by)


async def tick_part(db: AsyncSession, found: VisiblePart, by: UUID | None, *, done: bool) -> None:
    """A goal or milestone is reached, or not after all; said again, it changes nothing. It is no change of the plan.

    Raises ClusterClosed, NotFound.
    """
    part = await open_part(db, found)
    if bool(part.done_at) is done:
        return
    part.done_at, part.done_by = (now(), by) if done else (None, None)
    plan, name = found.plan, found.cluster.name
    fact = PlanPartDone(plan_id=plan.id, year=plan.year, name=name, part_id=part.id, done=done)
    record(db, fact, cluster_id=plan.cluster_id, actor_id=by)


async def _check(db: AsyncSession, plan: Plan, said: PlanPartIn, was_led_by: UUID | None) -> None:
    """Raises Invalid for days far from the plan's year, and for a school that does not belong to its cluster."""
    first, last = date(plan.year, *FIRST_DAY), date(plan.year + 1, *LAST_DAY)
    for name, day in (("begins", said.begins), ("ends", said.ends)):
        if day and not first <= day <= last:
            raise field_invalid(name, "outside_year")
    if said.school_id and said.school_id != was_led_by and not await is_member(db, plan.cluster_id, said.school_id):
        raise field_invalid("school_id", "school_elsewhere")
