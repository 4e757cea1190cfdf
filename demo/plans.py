"""The plan of a cluster's year, what its national coordinator says to it, and what they ask clusters to do."""

from typing import Any

from demo.asking import Voices
from demo.calendar import day_of
from demo.clusters import FIRST_VERSION, Formed
from demo.offices import PlanPart

AIMS = ("priority", "goal")


async def write_plan(voices: Voices, cluster: Formed) -> None:
    """Begun, written and handed in at its moments; what came after it was approved is handed in just now."""
    planned = cluster.planned
    plan = planned.data.plan
    if plan is None or not planned.happens("plan"):
        return
    author, year, at = voices.of(cluster.people[plan.by]), planned.years["present"], planned.at("plan")
    path = f"/v1/clusters/{cluster.id}/plans/{year}"
    begun = await author.put("clusters", path, {"begins_from": "nothing", "language": plan.language}, at=at)
    # What the cluster wrote before it had a plan came along, and is said anew.
    old = {part["kind"]: part["id"] for part in reversed(begun["parts"]) if part["kind"] in AIMS}
    for number, part in enumerate(plan.parts):
        said = _said(part, cluster, year) | {"language": plan.language}
        if known := old.pop(part.kind, None):
            await author.change("clusters", f"/v1/plan-parts/{known}", said, version=FIRST_VERSION, at=at)
        else:
            key = planned.key(f"plan/part/{number}")
            written = await author.post("clusters", f"/v1/plans/{begun['id']}/parts", said, key=key, at=at)
            if planned.happens(ticked := f"plan/tick/{number}"):
                await author.put("clusters", f"/v1/plan-parts/{written['id']}/tick", at=planned.at(ticked))
    if planned.happens("plan/answer") and begun["approved_edition"] is None:
        await _approve(voices, cluster, begun["id"])
    for number, part in enumerate(plan.later if planned.happens("plan/answer") else []):
        said = _said(part, cluster, year) | {"language": plan.language}
        path, key = f"/v1/plans/{begun['id']}/parts", planned.key(f"plan/later/{number}")
        await author.post("clusters", path, said, key=key)
    if plan.later and planned.happens("plan/answer"):
        await author.put("clusters", f"/v1/plans/{begun['id']}/handing-in")


async def ask_to_do(voices: Voices, cluster: Formed) -> None:
    """Each at its moment, with whether this cluster has ticked it."""
    planned = cluster.planned
    for number, todo in enumerate(planned.data.todos):
        if not planned.happens(act := f"todo/{number}"):
            continue
        said = todo.model_dump(include={"title", "text", "language"}) | {"due": planned.due[number].isoformat()}
        official, path = voices.of(cluster.people[todo.by]), f"/v1/countries/{planned.data.country}/todos"
        asked = await official.post("clusters", path, said, key=planned.key(act), at=planned.at(act))
        if todo.ticked_by and planned.happens(ticked := f"{act}/tick"):
            path = f"/v1/todos/{asked['id']}/clusters/{cluster.id}/tick"
            await voices.of(cluster.people[todo.ticked_by]).put("clusters", path, at=planned.at(ticked))


async def _approve(voices: Voices, cluster: Formed, plan_id: str) -> None:
    planned = cluster.planned
    plan = planned.data.plan
    assert plan is not None
    assert plan.answer is not None
    author, path = voices.of(cluster.people[plan.by]), f"/v1/plans/{plan_id}"
    await author.put("clusters", f"{path}/handing-in", at=planned.at("plan/handing-in"))
    official, at = voices.of(cluster.people[plan.answer.by]), planned.at("plan/answer")
    said = {"approved": True, "word": plan.answer.word, "language": plan.answer.language}
    headers = {"If-Match": "*"}
    await official.post("clusters", f"{path}/answers", said, key=planned.key("plan/answer"), at=at, headers=headers)


def _said(part: PlanPart, cluster: Formed, year: int) -> dict[str, Any]:
    said = part.model_dump(include={"kind", "title", "text", "section", "who"})
    days = {name: day_of(day, year).isoformat() for name in ("begins", "ends") if (day := getattr(part, name))}
    school = {"school_id": cluster.schools[part.school]} if part.school else {}
    return said | days | school
