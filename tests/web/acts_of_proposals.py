"""Deciding together: every act once, as without JavaScript."""

from datetime import timedelta

from kit.clock import now
from tests.people import a_cluster, an_official
from tests.web.browser import form_to
from tests.web.scene import act


async def propose(browser, cluster, matter="agreement", **typed):
    at = f"/clusters/{cluster.id}/proposals"
    said = {"title": "We answer each entry within a week", "text": "It is read then."}
    return await act(browser, f"{at}/new?matter={matter}", at, **said | typed)


async def make_proposal(scene):
    return await propose(scene.anna, scene.cluster)


async def proposed(scene, **typed):
    """Where it stands."""
    return (await propose(scene.anna, scene.cluster, **typed)).path


async def give_voice(scene):
    return await act(scene.ben, await proposed(scene), "/voice", says="concern", reason="Who has the time?")


async def answer_voice(scene):
    path = await proposed(scene)
    await act(scene.ben, path, "/voice", says="concern", reason="Who has the time?")
    return await act(scene.anna, path, "/answers", answer="Five minutes are enough.")


async def take_back(scene):
    return await act(scene.anna, await proposed(scene), "/end")


async def change_rule(scene):
    path = f"/clusters/{scene.cluster.id}/how-we-decide"
    return await act(scene.anna, path, "/decision-rule", process="majority", days="5")


async def propose_part(scene):
    cluster = await a_cluster(scene.web.house, approach="bottom_up")
    anna = await scene.web.signed_in(cluster.anna)
    plan = (await anna.submit(form_to(await anna.see(f"/clusters/{cluster.id}/plan"), "/plans"))).path
    form = form_to(await anna.see(f"{plan}/parts/new?kind=milestone"), "/parts")
    form["action"] = form.select_one("button[formaction]")["formaction"]
    due = (now().date() + timedelta(days=20)).isoformat()
    return await anna.submit(form, title="Every class has been visited", ends=due)


async def change_approach(scene):
    office = await scene.web.signed_in(await an_official(scene.web.house, "national_coordinator", "CZ"))
    path = f"/clusters/{scene.cluster.id}/approach"
    return await act(office, path, path, word="You do it well alone.")


ACTS_OF_PROPOSALS = {
    "/clusters/{cluster_id}/approach": change_approach,
    "/clusters/{cluster_id}/proposals": make_proposal,
    "/proposals/{proposal_id}/voice": give_voice,
    "/proposals/{proposal_id}/voices/{voice_id}/answers": answer_voice,
    "/proposals/{proposal_id}/end": take_back,
    "/clusters/{cluster_id}/decision-rule": change_rule,
    "/plans/{plan_id}/proposals": propose_part,
}
