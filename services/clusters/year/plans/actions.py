from collections.abc import Sequence
from textwrap import shorten
from typing import Any
from uuid import UUID

from sqlmodel.ext.asyncio.session import AsyncSession

from kit.clock import now
from kit.dates import school_year, school_year_of
from kit.db import plain
from kit.locking import lock
from kit.policy import hold
from kit.problems import Problem, field_invalid
from services.clusters.clusters.clusters.models import Cluster
from services.clusters.clusters.memberships.queries import is_member, told_by_offices
from services.clusters.directory.people.queries import name_of
from services.clusters.policy import RULES
from services.clusters.post.notices.actions import tell_people
from services.clusters.post.notices.schemas import NoticeIn
from services.clusters.year.plans.answering import approvers_of
from services.clusters.year.plans.comparing import changes, edition_of
from services.clusters.year.plans.keeping import AIMS, opened, say_aims_of, tell
from services.clusters.year.plans.models import MOST_PARTS, PartKind, Plan, PlanAnswer, PlanEdition, PlanPart, PlanState
from services.clusters.year.plans.queries import (
    VisiblePlan,
    live_parts,
    newest_edition,
    newest_plan,
    parts_of,
    plan_of,
)
from services.clusters.year.plans.schemas import BeginsFrom, PlanAnswerIn, PlanBeginIn
from services.clusters.year.plans.template import parts_of as parts_of_template
from services.clusters.year.plans.template import years_later
from services.clusters.year_facts import (
    PlanApproved,
    PlanBegun,
    PlanChangeAsked,
    PlanHandedIn,
)
from services.roster.standing import Member

LONGEST_TITLE = 200


class NothingToHandIn(Problem):
    status, title = 409, "This plan says nothing yet: write a goal or an activity first"


async def begin_plan(db: AsyncSession, cluster: Cluster, year: int, said: PlanBeginIn, actor: Member) -> Plan:
    """The plan of this year, begun if there was none. Raises Invalid for a year that is far away, ClusterClosed."""
    # Locked, so that of two who begin at once the second finds the first.
    cluster = await lock(db, Cluster, cluster.id)
    if known := await plan_of(db, cluster.id, year):
        return known
    hold(RULES, "cluster.begin_plan", cluster)
    if abs(year - school_year_of(now())) > 1:
        raise field_invalid("year", "year_far_away")
    plan = Plan(cluster_id=cluster.id, year=year, begun_by=actor.id, changed_by=actor.id)
    db.add(plan)
    await db.flush()
    language = said.language or actor.language
    for part in await _first_parts(db, cluster, plan, said.begins_from, language):
        db.add(PlanPart(**{"language": language} | part, plan_id=plan.id, added_by=actor.id, changed_by=actor.id))
    tell(db, plan, cluster, PlanBegun, actor.id)
    await db.flush()
    await say_aims_of(db, cluster, plan)
    return plan


async def hand_in(db: AsyncSession, found: VisiblePlan, by: UUID | None) -> None:
    """The plan waits for the national coordinator; said again, it changes nothing.

    Raises NothingToHandIn, PlanIsApproved, ClusterClosed.
    """
    cluster, plan = found.cluster, await opened(db, found, "plan.hand_in")
    if plan.state == PlanState.handed_in:
        return
    if not any(part.kind in (PartKind.goal, PartKind.activity) for part in await live_parts(db, plan.id)):
        raise NothingToHandIn
    await _edition(db, plan, by)
    plan.state, plan.handed_in_at, plan.handed_in_by = PlanState.handed_in, now(), by
    plan.version += 1
    tell(db, plan, cluster, PlanHandedIn, by)
    await db.flush()
    await _tell(db, plan, cluster, "plan_handed_in", await approvers_of(await plain(db), cluster.country, by), by)


async def open_plan(db: AsyncSession, found: VisiblePlan) -> Plan:
    """The plan as it is now, to be answered. Raises ClusterClosed, PlanNotHandedIn."""
    return await opened(db, found, "plan.answer")


async def answer(db: AsyncSession, found: VisiblePlan, plan: Plan, said: PlanAnswerIn, actor: Member) -> None:
    """Whoever calls has opened it, and compared its version."""
    assert actor.id
    edition = await _edition(db, plan, actor.id)
    language = said.language or actor.language
    written = PlanAnswer(
        plan_id=plan.id, edition=edition.number, approved=said.approved, word=said.word, language=language,
        written_by=actor.id,
    )  # fmt: skip
    db.add(written)
    plan.state = PlanState.approved if said.approved else PlanState.change_asked
    if said.approved:
        plan.approved_edition = edition.number
    plan.version += 1
    tell(db, plan, found.cluster, PlanApproved if said.approved else PlanChangeAsked, actor.id)
    await db.flush()
    kind = "plan_approved" if said.approved else "plan_change_asked"
    told = [person_id for _, person_id in await told_by_offices(await plain(db), [plan.cluster_id])]
    await _tell(db, plan, found.cluster, kind, told, actor.id, said.word, language)


async def _edition(db: AsyncSession, plan: Plan, by: UUID | None) -> PlanEdition:
    """The plan as it stands: the newest edition, or a new one if something was written since."""
    newest = await newest_edition(db, plan.id)
    parts = edition_of(await parts_of(await plain(db), plan.id))
    if newest and not changes(newest.parts, parts):
        return newest
    number = newest.number + 1 if newest else 1
    edition = PlanEdition(plan_id=plan.id, number=number, parts=parts, made_by=by)
    db.add(edition)
    await db.flush()
    return edition


async def _first_parts(
    db: AsyncSession, cluster: Cluster, plan: Plan, begins_from: BeginsFrom, language: str
) -> list[dict[str, Any]]:
    """What was not reached goes on, and a usual year is put beside it."""
    before = await newest_plan(db, cluster.id, plan.year)
    if not cluster.has_plan:
        parts = _aims_of(cluster)
    elif before is None or begins_from is BeginsFrom.nothing:
        parts = []
    else:
        kinds = PartKind if begins_from is BeginsFrom.year_before else AIMS
        old = [part for part in await live_parts(db, before.id) if part.kind in kinds and not part.done_at]
        parts = [_anew(part, plan.year - before.year) for part in old]
        for part in parts:
            if part["school_id"] and not await is_member(db, cluster.id, part["school_id"]):
                part["school_id"] = None
    parts += parts_of_template(plan.year, language) if begins_from is BeginsFrom.template else []
    return parts[:MOST_PARTS]


def _aims_of(cluster: Cluster) -> list[dict[str, Any]]:
    """What the cluster wrote about itself before it had a plan."""
    said = ((PartKind.priority, cluster.priorities), (PartKind.goal, cluster.goals))
    return [{"kind": kind, **_titled(text)} for kind, text in said if text]


def _titled(text: str) -> dict[str, str]:
    """Its first line as a title, and all of it where that is not all."""
    line = shorten(text.splitlines()[0], LONGEST_TITLE, placeholder=" …")
    return {"title": line or "…", "text": "" if line == text else text}


def _anew(part: PlanPart, years: int) -> dict[str, Any]:
    """The same part so many years later."""
    kept = part.model_dump(include={"kind", "title", "text", "section", "who", "school_id", "language"})
    return kept | {"begins": years_later(part.begins, years), "ends": years_later(part.ends, years)}


async def _tell(
    db: AsyncSession,
    plan: Plan,
    cluster: Cluster,
    kind: str,
    people: Sequence[UUID],
    by: UUID | None,
    word: str = "",
    language: str = "",
) -> None:
    """Everybody whom it concerns, but who did it."""
    params = {"cluster": cluster.name, "year": school_year(plan.year), "by": await name_of(db, by)}
    letter = {"text": word, "text_language": language} if word else {}
    told = [
        NoticeIn(
            person_id=person_id,
            kind=kind,
            params=params,
            letter=letter,
            named={"by": by} if by else {},
            path=f"/plans/{plan.id}",
        )
        for person_id in people
        if person_id != by
    ]
    await tell_people(await plain(db), told)
