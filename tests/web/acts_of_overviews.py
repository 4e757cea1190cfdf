"""What one does on overviews: every act once, as without JavaScript."""

from tests.people import an_official
from tests.web.scene import act


async def choose_support(scene):
    nora = await scene.web.signed_in(await an_official(scene.web.house, "national_coordinator", "CZ"))
    return await act(nora, "/countries/CZ/support", "/support", light="1", asked="4")


async def rest(scene):
    since = "update membership set begun_at = now() - interval '150 days' where cluster_id = $1"
    await scene.web.house.rows("clusters", since, scene.cluster.id)
    told_all = "insert into activity_source values ('events', now()), ('diaries', now()) on conflict do nothing"
    await scene.web.house.rows("clusters", told_all)
    at = f"/clusters/{scene.cluster.id}/overview/schools/{scene.cluster.mentee}"
    return await act(scene.anna, at, "/nudge-rests", rest="month")


ACTS_OF_OVERVIEWS = {
    "/countries/{country}/support": choose_support,
    "/clusters/{cluster_id}/nudge-rests": rest,
}
