"""The page on which a coordinator lets programs in."""

from tests.house import Asker, bearing
from tests.people import refusal, told
from tests.web.browser import errors, form_to


async def let_in(browser, cluster, **typed):
    page = await browser.see(f"/clusters/{cluster.id}/programs")
    return await browser.submit(form_to(page, "/programs"), **{"name": "Moodle", "scopes": ["webhooks"]} | typed)


def shown(page):
    return [code.get_text() for code in page.select("#secret ~ dl dd code")]


async def token(house, client_id, secret):
    form = {"grant_type": "client_credentials", "client_id": client_id, "client_secret": secret}
    return await house.guest.clusters.post("/v1/tokens", data=form)


async def test_a_coordinator_lets_a_program_in_and_it_finds_what_it_may_act_on(house, cluster, anna):
    assert (await anna.see(f"/clusters/{cluster.id}")).select_one(f'a[href="/clusters/{cluster.id}/programs"]')
    answer = await let_in(anna, cluster)
    client_id, secret, cluster_id, where = shown(answer.page)
    assert cluster_id == cluster.id
    assert where == "http://clusters/v1/tokens"
    assert answer.raw.headers["cache-control"] == "no-store, no-cache"
    again = await anna.see(f"/clusters/{cluster.id}/programs")
    assert secret not in str(again)
    assert client_id in again.get_text()
    program = Asker(house.hosts, bearing(told(await token(house, client_id, secret))["access_token"]))
    assert [c["id"] for c in told(await program.clusters.get("/v1/clusters"))["items"]] == [cluster.id]


async def test_two_secrets_work_while_one_is_exchanged_and_no_third(house, cluster, anna):
    page = (await let_in(anna, cluster)).page
    secrets = [shown(page)[1]]
    client_id = shown(page)[0]
    for expected in ([200, 200], [401, 200, 200]):
        page = (await anna.submit(form_to(page, "/secrets"))).page
        secrets.append(shown(page)[1])
        assert [(await token(house, client_id, secret)).status_code for secret in secrets] == expected


async def test_a_page_with_a_new_secret_that_is_loaded_again_makes_no_other(house, cluster, anna):
    page = (await let_in(anna, cluster)).page
    form = form_to(page, "/secrets")
    client_id, secret, *_ = shown((await anna.submit(form)).page)
    again = await anna.submit(form)
    assert (again.status, shown(again.page)) == (409, [])
    assert again.page.select_one("[role=alert]").get_text(strip=True)
    told(await token(house, client_id, secret))


async def test_a_program_that_is_shut_out_is_shut_out_at_once_everywhere(house, cluster, anna):
    answer = await let_in(anna, cluster)
    client_id, secret, *_ = shown(answer.page)
    program = Asker(house.hosts, bearing(told(await token(house, client_id, secret))["access_token"]))
    told(await program.events.get("/v1/events"))
    page = await anna.see(f"/clusters/{cluster.id}/programs")
    await anna.submit(next(form for form in page.select("form") if form["action"].endswith("/end")))
    assert refusal(await program.clusters.get("/v1/clusters")) == (401, "unauthenticated")
    await house.hear()
    for service, path in (("events", "/v1/events"), ("diaries", "/v1/entries")):
        assert refusal(await program[service].get(path)) == (401, "unauthenticated")


async def test_what_is_missing_is_said_beside_it(cluster, anna):
    answer = await let_in(anna, cluster, name=" ", scopes=[])
    assert answer.status == 422
    assert errors(answer.page).keys() >= {"name"}


async def test_others_do_not_see_the_programs(cluster, ben):
    assert not (await ben.see(f"/clusters/{cluster.id}")).select_one(f'a[href="/clusters/{cluster.id}/programs"]')
    await ben.see(f"/clusters/{cluster.id}/programs", 403)
