"""Contracts of web's clients of the second step."""

from tests.clusters.doors.test_factors import came, code_of
from tests.contracts.conftest import refused
from web.clients.clusters.factors import Factors, MyFactors

FROM = "192.0.2.5"


async def test_a_second_step_is_set_up_taken_and_removed(house, cluster, asked_as):
    web = await house.as_service("web")
    factors, myfactors = asked_as(web, Factors), asked_as(cluster.ben, MyFactors)
    session = (await came(house, cluster, "ben"))["secret"]
    assert (await myfactors.show()).set_up_at is None
    new = await factors.begin(session)
    assert new.key in new.address
    assert len((await factors.confirm(session, code_of(new.key, -1), "192.0.2.5")).recovery_codes) == 10
    mine = await myfactors.show()
    assert (mine.recovery_codes, mine.is_asked) == (10, False)
    waiting = (await came(house, cluster, "ben"))["secret"]
    assert await factors.take(waiting, code_of(new.key), FROM, "")
    assert await refused(myfactors.remove("000000", FROM, "")) == 422
    await myfactors.remove(code_of(new.key, 1), FROM, "")
