"""Plans of a year, as people begin, write and answer them; and what offices ask clusters to do."""

from datetime import timedelta

from kit.clock import now
from services.roster.year import school_year
from tests.people import told

YEAR = school_year(now()).year
GOAL = {"kind": "goal", "title": "Every pupil reads aloud once a week"}
MILESTONE = {"kind": "milestone", "title": "Half of the way", "ends": f"{YEAR + 1}-02-15"}
ACTIVITY = {
    "kind": "activity",
    "title": "Visits to lessons",
    "section": "networking",
    "begins": f"{YEAR}-11-01",
    "ends": f"{YEAR + 1}-04-30",
}


async def begin(asker, cluster, year=YEAR, begins_from="nothing", **said):
    path = f"/v1/clusters/{cluster.id}/plans/{year}"
    return await asker.clusters.put(path, json={"begins_from": begins_from} | said)


async def show(asker, plan):
    return await asker.clusters.get(f"/v1/plans/{plan['id']}")


async def add(asker, plan, part=GOAL, **more):
    return await asker.clusters.post(f"/v1/plans/{plan['id']}/parts", json=part | more)


async def change(asker, part, said=GOAL, version=None, **more):
    match = {"if-match": f'"{version or part["version"]}"'}
    return await asker.clusters.put(f"/v1/plan-parts/{part['id']}", json=said | more, headers=match)


async def remove(asker, part):
    return await asker.clusters.delete(f"/v1/plan-parts/{part['id']}")


async def tick(asker, part):
    return await asker.clusters.put(f"/v1/plan-parts/{part['id']}/tick")


async def untick(asker, part):
    return await asker.clusters.delete(f"/v1/plan-parts/{part['id']}/tick")


async def hand_in(asker, plan):
    return await asker.clusters.put(f"/v1/plans/{plan['id']}/handing-in")


async def answer(asker, plan, word="", *, approved=True, version=None):
    """As whoever has just read it, or has read this version."""
    version = version or told(await show(asker, plan))["version"]
    said, match = {"approved": approved, "word": word}, {"if-match": f'"{version}"'}
    return await asker.clusters.post(f"/v1/plans/{plan['id']}/answers", json=said, headers=match)


async def closed(asker, cluster):
    told(await asker.clusters.put(f"/v1/clusters/{cluster.id}/closure", json={"word": ""}))


async def a_plan(asker, cluster, *parts):
    """Begun with nothing but these."""
    plan = told(await begin(asker, cluster))
    for part in parts:
        told(await add(asker, plan, part), 201)
    return told(await show(asker, plan))


async def a_todo(official, cluster):
    """For this cluster alone, due in ten days."""
    said = {"title": f"Hand in the table {cluster.id}", "due": (now().date() + timedelta(days=10)).isoformat()}
    path = f"/v1/countries/{cluster.country}/todos"
    return told(await official.clusters.post(path, json=said | {"cluster_ids": [cluster.id]}), 201)
