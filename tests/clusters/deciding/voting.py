"""What tests of proposals do again and again."""

from datetime import timedelta
from types import SimpleNamespace

from kit.clock import now
from services.clusters.deciding.counting.jobs import turn_rounds
from tests.people import told

A_RULE = {"process": "majority", "counted": "school", "needs_each_school": False, "days": 3}
FACTS = "select kind from fact where data ->> 'proposal_id' = $1 order by seq"
HOLIDAYS = {"matter": "agreement", "title": "We answer each entry within a week", "text": "It is read then."}


def on(days):
    return (now().date() + timedelta(days=days)).isoformat()


async def propose(asker, cluster, **more):
    return await asker.clusters.post(f"/v1/clusters/{cluster.id}/proposals", json=HOLIDAYS | more)


async def proposed(asker, cluster, **more):
    return told(await propose(asker, cluster, **more), 201)


async def a_rule_proposed(cluster):
    """To which somebody of each school has said yes."""
    proposal = await proposed(cluster.anna, cluster, matter="decision_rule", decision_rule=A_RULE)
    await everybody(cluster, proposal)
    return proposal


async def agreed_until(house, cluster, days=30):
    """An agreement of which it is asked again after so many days."""
    proposal = await proposed(cluster.anna, cluster, asks_again_on=on(days))
    await everybody(cluster, proposal)
    await end_round(house, proposal)
    return proposal


async def show(asker, proposal):
    return told(await asker.clusters.get(f"/v1/proposals/{proposal['id']}"))


async def say(asker, proposal, says, reason="", number=1, **more):
    said = {"says": says, "reason": reason, "round": number} | more
    return await asker.clusters.put(f"/v1/proposals/{proposal['id']}/voice", json=said)


async def voices(asker, proposal, number=1, **params):
    """The answer to who asks for what people say in a round."""
    return await asker.clusters.get(f"/v1/proposals/{proposal['id']}/rounds/{number}/voices", params=params)


async def answer(asker, proposal, voice_id, text="Nobody has to."):
    return await asker.clusters.post(f"/v1/proposals/{proposal['id']}/voices/{voice_id}/answers", json={"text": text})


async def a_concern(house, cluster, reason="Who pays?"):
    """Of Cara's, about what Anna proposed: the proposal and the voice."""
    proposal = await proposed(cluster.anna, cluster)
    told(await say(cluster.cara, proposal, "concern", reason))
    await house.run_jobs("clusters")
    return proposal, (await show(cluster.cara, proposal))["raised"][0]["id"]


async def waiting(asker):
    return [one["id"] for one in told(await asker.clusters.get("/v1/me"))["proposals"]]


async def everybody(cluster, proposal, *but, says="yes", number=1):
    """Somebody of each school, and one more."""
    for person in (cluster.anna, cluster.ben, cluster.cara):
        if person not in but:
            told(await say(person, proposal, says, number=number))


async def rule(asker, cluster):
    return told(await asker.clusters.get(f"/v1/clusters/{cluster.id}/decision-rule"))


async def news(asker, proposal):
    """The kinds of what somebody was told of a proposal, in the order of the alphabet."""
    notices = told(await asker.clusters.get("/v1/notices", params={"limit": 100}))["items"]
    return sorted(one["kind"] for one in notices if one["path"] == f"/proposals/{proposal['id']}")


async def facts(house, proposal):
    """The kinds of what was told of a proposal, in its order."""
    return [row["kind"] for row in await house.rows("clusters", FACTS, proposal["id"])]


async def outcome(asker, proposal, number=1):
    """(decided, why) of a round."""
    ended = (await show(asker, proposal))["rounds"][number - 1]["outcome"]
    return (ended["decided"], ended["why"]) if ended else None


async def pass_time(house, proposal, number=1, moment="ends_at"):
    """This moment of a round was a second ago, and all its rounds lie as far from each other as they did."""
    await house.rows(
        "clusters",
        f"""update proposal_round set begins_at = begins_at - moved.by, ends_at = ends_at - moved.by
           from (select {moment} - now() + interval '1 second' as by from proposal_round
             where proposal_id = $1 and number = $2) moved
           where proposal_id = $1""",
        proposal["id"],
        number,
    )


async def due_until(house, proposal):
    """`running_until`: when it is looked at last."""
    ((until,),) = await house.rows("clusters", "select running_until from proposal where id = $1", proposal["id"])
    return until and until.isoformat()


async def end_round(house, proposal, number=1):
    """Its time has passed: whoever looks at rounds next finds it over, and those after it begun."""
    await pass_time(house, proposal, number)
    await turn(house)


async def begin_round(house, proposal, number):
    await pass_time(house, proposal, number, "begins_at")
    await turn(house)


async def turn(house):
    """As every hour, and then whatever comes of it."""
    await turn_rounds(SimpleNamespace(database=house.database("clusters")))
    await house.run_jobs("clusters")
