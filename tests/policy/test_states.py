"""A state closes its verbs for everybody: who may not do them hears so first, who may hears what the table says."""

from uuid import UUID

import pytest

from kit.policy import explain
from kit.problems import NotFound
from services.diaries import policy as diaries
from services.diaries.entries.queries import why_readable
from services.diaries.showing.queries import shown_entry
from services.events import policy as events
from services.events.showing.queries import shown_event
from services.roster.standing import PROGRAMME
from tests.clusters.deciding.voting import proposed
from tests.clusters.year.planning import ACTIVITY, GOAL, YEAR, a_plan, a_todo
from tests.clusters.year.planning import begin as begin_plan
from tests.diaries.writing import comment, published, reply
from tests.events.making import announce, begin
from tests.house import MODULES
from tests.people import a_cluster, a_person, a_school, an_official, refusal, told
from tests.policy.closed import CLOSED, COULD, OF_CLUSTER
from tests.policy.scene import a_proposal

SEES, PLANS = ["see"], ["see", "schedule"]
# What each may do just then, of the verbs on an event or an entry, in the order of the table.
CAN = {
    ("organiser", "cancelled"): PLANS,
    ("organiser", "over"): [*PLANS, "mark_attendance"],
    ("organiser", "ahead"): [*PLANS, "change", "register"],
    ("teacher", "cancelled"): SEES,
    ("teacher", "over"): SEES,
    ("teacher", "ahead"): [*SEES, "register"],
    ("coordinator", "cancelled"): SEES,
    ("coordinator", "over"): [*SEES, "mark_attendance"],
    ("coordinator", "ahead"): [*SEES, "register"],
    ("programme coordinator", "cancelled"): PLANS,
    ("programme coordinator", "over"): [*PLANS, "mark_attendance"],
    ("programme coordinator", "ahead"): [*PLANS, "change", "register"],
    ("teacher", "draft"): ["read", "edit", "publish", "retract", "remove_picture", "remove"],
    ("organiser", "entry"): ["read", "publish", "retract", "comment"],
    ("teacher", "entry"): ["read", "edit", "publish", "retract", "remove_picture", "remove", "comment"],
    ("coordinator", "entry"): ["read", "publish", "retract", "comment"],
    ("programme coordinator", "entry"): ["read", "comment"],
}


async def last_coordinator(house, person_id):
    """The office of this programme coordinator, who is the only one from now on."""
    others = "update office set ended_at = now() where kind = $1 and ended_at is null and person_id <> $2"
    await house.rows("clusters", others, PROGRAMME, person_id)
    mine = "select id from office where kind = $1 and ended_at is null"
    ((office_id,),) = await house.rows("clusters", mine, PROGRAMME)
    return str(office_id)


async def close(house, cluster, demo):
    """Close this cluster, with an event, an entry with a comment, a tool, a plan, a proposal, and a school that is
    asked."""
    event = await announce(cluster.anna, cluster, 5)
    entry = await published(cluster.cara, cluster)
    asked = {"school_id": await a_school(house), "role": "mentee"}
    tool = await cluster.anna.clusters.post(f"/v1/clusters/{cluster.id}/tools", json={"kind": "lms", "name": "Moodle"})
    nora = await an_official(house, "national_coordinator", "CZ")  # else it would go to the programme at once
    helped = {"about": "Who pays the substitute?"}
    request = await cluster.cara.clusters.post(f"/v1/clusters/{cluster.id}/help-requests", json=helped)
    plan = await a_plan(cluster.anna, cluster, GOAL)
    proposal = await a_proposal(cluster)
    things = {
        "shut_proposal": proposal["id"], "shut_voice": proposal["raised"][0]["id"],
        "shut_plan": plan["id"], "shut_part": plan["parts"][0]["id"],
        "shut_help": told(request, 201)["id"], "todo": (await a_todo(nora, cluster))["id"],
        "shut_tool": told(tool, 201)["id"], "shut_school": cluster.mentee,
        "shut": cluster.id, "shut_cara": str(cluster.cara.id), "shut_membership": cluster.memberships["mentee"],
        "shut_event": event["id"], "shut_entry": entry,
        "shut_comment": told(await comment(cluster.ben, entry), 201)["id"],
        "shut_asked": told(
            await demo.clusters.post(f"/v1/clusters/{cluster.id}/school-invitations", json=asked), 201
        )["id"],
    }  # fmt: skip
    told(await demo.clusters.put(f"/v1/clusters/{cluster.id}/closure", json={"word": "Until autumn."}))
    await house.hear()
    return things


async def proposals_past(house, cluster):
    """One whose time is over, with a concern, and one that is decided and asked about again."""
    over, again = await a_proposal(cluster), await proposed(cluster.cara, cluster)
    passed = "update proposal_round set ends_at = now() - interval '1 second' where proposal_id = $1"
    await house.rows("clusters", passed, over["id"])
    await house.rows("clusters", "update proposal set state = 'decided' where id = $1", again["id"])
    return {"asked_no_more": over["id"], "raised": over["raised"][0]["id"], "decided": again["id"]}


async def set_scene(house):
    cluster = await a_cluster(house)
    cancelled, over, ahead = [await announce(cluster.anna, cluster, 5) for _ in range(3)]
    told(await cluster.anna.events.post(f"/v1/events/{cancelled['id']}/cancellation", json={"reason": ""}), 201)
    await begin(house, over)
    passed = (
        "update event set starts_at = now() - interval '2 hours', ends_at = now() - interval '1 hour' where id = $1"
    )
    await house.rows("events", passed, over["id"])
    draft = await published(cluster.cara, cluster)
    asked_in_draft = told(await comment(cluster.ben, draft), 201)["id"]
    told(await cluster.cara.diaries.delete(f"/v1/entries/{draft}/publication"), 204)
    entry = await published(cluster.cara, cluster)
    takeaway = told(await comment(cluster.ben, entry, kind="takeaway"), 201)["id"]
    taken_back = told(await comment(cluster.ben, entry), 201)["id"]
    told(await reply(cluster.cara, entry, taken_back), 201)
    told(
        await cluster.ben.diaries.delete(f"/v1/entries/{entry}/comments/{taken_back}", headers={"if-match": '"1"'}), 204
    )
    new = {"name": "New", "mail": f"new-{cluster.id}@x.test"}
    demo = await house.as_service("demo")
    proposed = told(await cluster.anna.clusters.post(f"/v1/schools/{cluster.mentee}/invitations", json=new), 201)["id"]
    invited = await a_person(house, await a_school(house))
    again = {"name": "Old", "mail": invited["mail"]}
    expired = told(await demo.clusters.post(f"/v1/schools/{cluster.mentee}/invitations", json=again), 201)["id"]
    await house.rows("clusters", "update invitation set ends_at = now() - interval '1 day' where id = $1", expired)
    plan = await a_plan(cluster.anna, cluster, ACTIVITY)
    approved = told(await begin_plan(cluster.anna, cluster, YEAR + 1), 200)["id"]
    await house.rows("clusters", "update plan set state = 'approved', approved_edition = 1 where id = $1", approved)
    things = await proposals_past(house, cluster) | {
        "approved": approved,
        "planned": cluster.id, "plan": plan["id"], "activity": plan["parts"][0]["id"], "year": str(YEAR),
        "cancelled": cancelled["id"], "over": over["id"], "ahead": ahead["id"], "cara": str(cluster.cara.id),
        "draft": draft, "entry": entry, "asked_in_draft": asked_in_draft, "takeaway": takeaway,
        "taken_back": taken_back, "proposed": proposed, "expired": expired,
    }  # fmt: skip
    official = await an_official(house, PROGRAMME)
    shut = await a_cluster(house)
    things |= await close(house, shut, demo)
    things["last"] = await last_coordinator(house, official.id)
    askers = {
        "organiser": cluster.anna,
        "teacher": cluster.cara,
        "coordinator": cluster.ben,
        "programme coordinator": official,
        "mentor there": shut.anna,
        "teacher there": shut.cara,
        "coordinator there": shut.ben,
        "invited": await house.as_person(invited["person_id"]),
        "stranger": (await a_cluster(house)).anna,
        "house": demo,
    }
    return things, askers


@pytest.fixture(scope="module")
def scene(house):
    return house.loop.run_until_complete(set_scene(house))


@pytest.mark.parametrize(("service", "action", "condition"), CLOSED)
async def test_what_is_closed_is_refused_to_who_could_and_forbidden_to_who_could_not(scene, service, action, condition):
    things, askers = scene
    method, path, body = CLOSED[service, action, condition]
    body = body | {"cluster_id": things["shut"]} if action in OF_CLUSTER else body
    rule = next((c for c in MODULES[service][0].RULES[action].while_ if c.name == condition), None)
    assert rule, f"the row {action} of the policy has no condition {condition}"
    could = COULD.get((action, condition)) or COULD[action]
    for role, asker in askers.items():
        answer = await asker[service].request(method, path.format(**things), json=body)
        if role in could:
            assert refusal(answer) == (rule.refusal.status, rule.refusal.type().removeprefix("/problems/")), role
        else:
            assert answer.status_code in (403, 404), role


@pytest.mark.parametrize("role", ["organiser", "teacher", "coordinator", "programme coordinator", "stranger"])
async def test_an_explanation_says_what_the_answer_lets_do(house, scene, role):
    """`can` of what is shown over HTTP, against the reasons worked out for the same person."""
    things, askers = scene
    shown = {"events": ("event", shown_event, events.RULES), "diaries": ("entry", shown_entry, diaries.RULES)}
    for service, names in {"events": ["cancelled", "over", "ahead"], "diaries": ["draft", "entry"]}.items():
        noun, find, rules = shown[service]
        member = await house.member(service, askers[role])
        for name in names:
            list_name = "events" if service == "events" else "entries"
            answer = await askers[role][service].get(f"/v1/{list_name}/{things[name]}")
            try:
                found = await find(UUID(things[name]), house.database(service).pool, member)
            except NotFound:
                assert answer.status_code == 404
                continue
            assert told(answer)["can"] == CAN.get((role, name), []), (role, name)
            whys = {
                a.removeprefix(f"{noun}."): explain(rules, member, a, found) for a in rules if a.startswith(f"{noun}.")
            }
            assert [verb for verb, why in whys.items() if str(why).startswith("yes")] == told(answer)["can"], whys


@pytest.mark.parametrize("role", ["organiser", "teacher", "coordinator", "programme coordinator", "stranger"])
async def test_why_somebody_reads_an_entry_is_said_of_who_reads_it(house, scene, role):
    things, askers = scene
    author, member = [await house.member("diaries", askers[name]) for name in ("teacher", role)]
    for name in ("draft", "entry"):
        found = await shown_entry(UUID(things[name]), house.database("diaries").pool, author)
        answer = await askers[role].diaries.get(f"/v1/entries/{things[name]}")
        assert (why_readable(member, found) is not None) == (answer.status_code == 200), name


async def test_an_explanation_speaks(house, scene):
    things, askers = scene
    anna, cara = [await house.member("events", askers[role]) for role in ("organiser", "teacher")]
    pool = house.database("events").pool
    cancelled = await shown_event(UUID(things["cancelled"]), pool, anna)
    ahead = await shown_event(UUID(things["ahead"]), pool, cara)
    assert str(explain(events.RULES, anna, "event.change", cancelled)) == "not now: only while it is not cancelled"
    assert str(explain(events.RULES, cara, "event.register", ahead)) == "yes: as oneself"
    assert str(explain(events.RULES, cara, "event.mark_attendance", ahead)) == (
        "no: only for organiser or coordinator or national coordinator or programme coordinator"
    )


async def test_what_leaves_nothing_to_do_is_left_out_and_does_not_refuse(house, scene):
    """Conditions without a refusal: an answered comment, a reply, an invitation that the school has confirmed."""
    things, askers = scene
    shown = told(await askers["teacher"].diaries.get(f"/v1/entries/{things['entry']}"))["comments"]
    by_id = {comment["id"]: comment for comment in shown}
    assert "reply" in by_id[things["takeaway"]]["can"]
    answers = [comment for comment in shown if comment["parent_id"]]
    assert answers
    assert not [comment for comment in answers if "reply" in comment["can"]]
    asked = told(await comment(askers["coordinator"], things["entry"]), 201)["id"]
    resolution = f"/v1/entries/{things['entry']}/comments/{asked}/resolution"
    for _ in range(2):
        told(await askers["teacher"].diaries.put(resolution), 204)
    shown = told(await askers["teacher"].diaries.get(f"/v1/entries/{things['entry']}"))["comments"]
    assert "resolve" not in next(one for one in shown if one["id"] == asked)["can"]
    invitation = f"/v1/invitations/{things['expired']}"
    seen = told(await askers["coordinator"].clusters.get(invitation))
    assert ("manage" in seen["can"], "confirm" in seen["can"], seen["for_me"]) == (True, False, False)
    told(await askers["coordinator"].clusters.put(f"{invitation}/confirmation"), 204)
    named = told(await askers["invited"].clusters.get(invitation))
    assert (named["can"], named["for_me"]) == (["see", "decline"], True)


@pytest.mark.parametrize("service", MODULES)
def test_every_condition_of_the_table_is_tried(service):
    rules = MODULES[service][0].RULES
    in_table = {(service, a, c.name) for a, row in rules.items() for c in row.while_ if c.refusal}
    tried = {asked for asked in CLOSED if asked[0] == service}
    assert not in_table - tried, "give each of these a line in CLOSED"
    assert not tried - in_table, "no row of the policy has these conditions"
