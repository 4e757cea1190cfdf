"""Writing the plan of a year: every act once, as without JavaScript."""

from tests.people import an_official
from tests.web.browser import form_to
from tests.web.scene import act

GOAL = "By June everybody has been somewhere."


async def begin_plan(scene):
    return await act(scene.anna, f"/clusters/{scene.cluster.id}/plan", "/plans", begins_from="template")


async def begun(scene):
    """Where the plan is."""
    return (await begin_plan(scene)).path


async def write_part(scene):
    return await act(scene.anna, f"{await begun(scene)}/parts/new?kind=goal", "/parts", title=GOAL)


async def written(scene):
    """Where the plan is, and where its goal is changed."""
    answer = await write_part(scene)
    link = next(link for link in answer.page.select(".goal a") if "/parts/" in link["href"])
    return answer.path.partition("#")[0], link["href"]


async def change_part(scene):
    _, part = await written(scene)
    return await act(scene.anna, part, part, text="We count them.")


async def remove_part(scene):
    _, part = await written(scene)
    return await act(scene.anna, part, "/end")


async def tick_part(scene):
    plan, part = await written(scene)
    return await scene.anna.submit(form_to(await scene.anna.see(plan), f"{part}/tick"), "yes")


async def hand_in(scene):
    await an_official(scene.web.house, "national_coordinator", "CZ")
    plan, _ = await written(scene)
    return await act(scene.anna, plan, "/handing-in")


async def answer_plan(scene):
    nora = await scene.web.signed_in(await an_official(scene.web.house, "national_coordinator", "CZ"))
    return await act(nora, (await hand_in(scene)).path, "/answers", approved="yes", word="Well done.")


ACTS_OF_PLANS = {
    "/clusters/{cluster_id}/plans": begin_plan,
    "/plans/{plan_id}/parts": write_part,
    "/plans/{plan_id}/parts/{part_id}": change_part,
    "/plans/{plan_id}/parts/{part_id}/end": remove_part,
    "/plans/{plan_id}/parts/{part_id}/tick": tick_part,
    "/plans/{plan_id}/handing-in": hand_in,
    "/plans/{plan_id}/answers": answer_plan,
}
