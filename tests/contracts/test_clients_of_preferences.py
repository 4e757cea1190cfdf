"""Contracts of web's clients of what people hear of."""

from uuid import UUID

from tests.contracts.conftest import refused
from web.clients.clusters.preferences import Preferences, Unsubscriptions

TERMS = {"every": "week", "weekday": "4", "hour": "16", "without_content": True}


async def test_preferences_are_chosen(cluster, asked_as):
    preferences = asked_as(cluster.cara, Preferences)
    before = await preferences.mine()
    assert (before.every, before.hour, before.without_content) == ("day", 7, False)
    assert {one.way for one in before.kinds} == {"at_once"}
    await preferences.choose(ways={"comment_posted": "digest"}, **TERMS)
    after = await preferences.mine()
    assert (after.every, after.weekday, after.hour, after.without_content) == ("week", 4, 16, True)
    assert [one.kind for one in after.kinds if one.way == "digest"] == ["comment_posted"]
    assert await refused(preferences.choose(ways={"sign_in_link": "app"}, **TERMS)) == 422


async def test_mails_are_stopped_with_their_key(house, cluster, asked_as):
    preferences = asked_as(cluster.dan, Preferences)
    await preferences.choose(ways={}, **TERMS)
    ((key,),) = await house.rows("clusters", "select mail_key from person where id = $1", cluster.dan.id)
    unsubscriptions = asked_as(await house.as_service("web"), Unsubscriptions)
    await unsubscriptions.stop("comment_posted", str(key))
    assert [one.kind for one in (await preferences.mine()).kinds if one.way == "app"] == ["comment_posted"]
    assert await refused(unsubscriptions.stop("comment_posted", str(UUID(int=0)))) == 404
