from uuid import UUID
from zoneinfo import ZoneInfo

from sqlmodel.ext.asyncio.session import AsyncSession

from kit.clock import now
from kit.facts import record
from kit.locking import lock
from kit.problems import field_invalid
from services.clusters.directory.development_plans.models import DevelopmentPlan
from services.clusters.directory.development_plans.schemas import DevelopmentPlanIn
from services.clusters.directory.schools.models import School
from services.clusters.facts import DevelopmentPlanRemoved, DevelopmentPlanWritten
from services.roster.standing import Member


async def open_development_plan(db: AsyncSession, school_id: UUID) -> DevelopmentPlan | None:
    """What is known, held with its school: two who write the first one do so one after the other."""
    await lock(db, School, school_id, key_share=True)
    return await db.get(DevelopmentPlan, school_id, populate_existing=True)


async def write(
    db: AsyncSession, school_id: UUID, said: DevelopmentPlanIn, known: DevelopmentPlan | None, actor: Member
) -> DevelopmentPlan:
    """Keep what the plan says; whoever calls has opened it. Raises Invalid."""
    if said.since > now().astimezone(ZoneInfo(actor.zone)).date():
        raise field_invalid("since", "since_ahead")
    language = known.language if known and known.text == said.text else actor.language
    values = said.model_dump() | {"language": said.language or language}
    if known and all(getattr(known, name) == value for name, value in values.items()):
        return known
    plan = known or DevelopmentPlan(school_id=school_id, **values)
    for name, value in values.items():
        setattr(plan, name, value)
    plan.version += 1
    plan.changed_at, plan.changed_by = now(), actor.id
    db.add(plan)
    record(db, DevelopmentPlanWritten(school_id=school_id), actor_id=actor.id)
    await db.flush()
    return plan


async def remove(db: AsyncSession, plan: DevelopmentPlan, by: UUID | None) -> None:
    """It says nothing on mentoring any more; whoever calls has opened it."""
    plan.text, plan.link, plan.since = "", "", None
    plan.version += 1
    plan.changed_at, plan.changed_by = now(), by
    record(db, DevelopmentPlanRemoved(school_id=plan.school_id), actor_id=by)
    await db.flush()
