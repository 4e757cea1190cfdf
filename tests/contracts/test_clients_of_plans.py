"""What web asks of plans is what clusters answers."""

from uuid import UUID

from kit.clock import now
from services.roster.year import school_year
from tests.contracts.conftest import refused
from tests.people import an_official
from web.clients.clusters.plans import Plans

ACTIVITY = {
    "kind": "activity", "title": "Visits", "section": "community_of_practice", "who": "", "text": "",
    "language": "cs",
}  # fmt: skip


async def test_plans(house, cluster, asked_as):
    nora = await an_official(house, "national_coordinator", "CZ")
    cluster_id, year = UUID(cluster.id), school_year(now()).year
    plans = asked_as(cluster.anna, Plans)
    plan_id = await plans.begin(cluster_id, year, "template")
    assert [plan.id for plan in (await plans.of_cluster(cluster_id)).items] == [plan_id]
    plan = await plans.show(plan_id)
    assert {"write", "hand_in"} <= plan.can
    assert (plan.state, plan.year, bool(plan.of("activity")), plan.editions) == ("draft", year, True, [])
    days = {"begins": f"{year}-11-01", "ends": f"{year}-12-01", "school_id": cluster.mentor}
    await plans.add_part(plan_id, "", ACTIVITY | days)
    (visits,) = [part for part in (await plans.show(plan_id)).parts if part.title == "Visits"]
    assert (await plans.show(plan_id)).led == {UUID(cluster.mentor): 1}
    part = await plans.part(visits.id)
    await plans.change_part(part.id, part.version, ACTIVITY | days | {"title": "Visits in pairs"})
    assert await refused(plans.change_part(part.id, part.version, ACTIVITY | days)) == 412
    assert (await plans.part(part.id)).title == "Visits in pairs"
    milestone, *_ = plan.of("milestone")
    await plans.tick(milestone.id)
    assert (await plans.part(milestone.id)).done_at
    await plans.untick(milestone.id)
    await plans.remove_part(plan.of("activity")[0].id)
    await plans.hand_in(plan_id)

    writing, plans = plans, asked_as(nora, Plans)
    assert plan_id in [plan.id for plan in (await plans.handed_in(limit=100)).items]
    version = (await plans.show(plan_id)).version
    await plans.answer(plan_id, version, "", approved=False, word="Name who goes.")
    await writing.hand_in(plan_id)
    await plans.answer(plan_id, (await plans.show(plan_id)).version, "", approved=True, word="")
    plan = await plans.show(plan_id)
    assert (plan.state, plan.approved_edition, len(plan.answers)) == ("approved", 1, 2)
    edition = await plans.edition(plan_id, 1)
    assert (edition.year, "Visits in pairs" in [part.title for part in edition.parts]) == (year, True)
    await writing.remove_part(part.id)
    assert [change.what for change in (await plans.show(plan_id)).changes] == ["removed"]
