"""A cluster whose year is over is opened again, goes on, and is closed: its people read why at every step."""

from playwright.async_api import expect

from tests.journeys.ways import in_both_ways

OFFICIAL, COORDINATOR = "zsofia.kovacs@ministry.example", "zsofia.bartha@dunapart.example"
CLOSED = "select id from cluster where country = 'HU' and closed_at is not null order by id limit 1"
ADDS = "main a[href='/entries/new'], main a[href^='/events/new']"


@in_both_ways
async def test_a_closed_cluster_goes_on_and_is_closed_again(home, visit, way):
    ((cluster,),) = await home.rows("clusters", CLOSED)
    official, coordinator = [await visit(**way | {"language": "hu"}) for _ in range(2)]
    await official.sign_in_by_password(OFFICIAL)
    await coordinator.sign_in_by_password(COORDINATOR)
    await reads_only(coordinator, cluster)
    await official.open(f"/clusters/{cluster}")
    await official.send("Open it again")
    await expect(official.page.locator(".flash")).to_be_visible()
    await coordinator.open(f"/clusters/{cluster}")
    await expect(coordinator.page.locator("section.changed")).to_have_count(0)
    await follows(coordinator, f"/clusters/{cluster}", ADDS)
    word = "Köszönjük az évet."
    await official.page.locator("details.sure summary").click()
    await expect(official.page.locator("details.sure p").first).to_be_visible()
    await official.fill(word=word)
    await official.send("Close it")
    await official.sees(word)
    await reads_only(coordinator, cluster)
    await coordinator.sees(word)
    assert official.failures == coordinator.failures == []


async def reads_only(coordinator, cluster):
    await coordinator.open(f"/clusters/{cluster}")
    await expect(coordinator.page.locator("section.changed")).to_be_visible()
    await expect(coordinator.page.locator(ADDS)).to_have_count(0)
    await expect(coordinator.page.locator("section.changed form")).to_have_count(0)


async def follows(coordinator, path, what):
    """What another service has to hear first."""
    for _ in range(50):
        await coordinator.open(path)
        if await coordinator.page.locator(what).count():
            return
        await coordinator.page.wait_for_timeout(200)
    raise AssertionError(what)
