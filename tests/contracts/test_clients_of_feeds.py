"""What web asks of calendars of deadlines is what clusters answers."""

from tests.contracts.conftest import refused
from web.clients.clusters.feeds import Feeds, OpenFeeds


async def test_feeds(house, cluster, asked_as):
    feeds, openfeeds = asked_as(cluster.cara, Feeds), asked_as(cluster.cara, OpenFeeds)
    assert (await feeds.mine()).address is None
    await feeds.make()
    address = (await feeds.mine()).address
    assert address
    key = address.rpartition("/")[2].removesuffix(".ics")
    assert (await openfeeds.read(key)).startswith(b"BEGIN:VCALENDAR")
    await feeds.end()
    assert await refused(openfeeds.read(key)) == 404
