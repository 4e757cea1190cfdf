"""Contracts of web's clients of what is read off a wall or another screen."""

from uuid import UUID

from tests.contracts.conftest import refused
from web.clients.clusters.codes import Newcomers, SchoolCodes
from web.clients.clusters.sessions import MySessions


async def test_a_school_has_a_code_and_newcomers_type_it(house, cluster, asked_as):
    schoolcodes, school = asked_as(cluster.ben, SchoolCodes), UUID(cluster.mentee)
    assert await schoolcodes.of_school(school) is None
    await schoolcodes.make(school, days="7", most="5", waits=True)
    code = await schoolcodes.of_school(school)
    assert code
    assert (code.most, code.used, code.is_live, code.waits) == (5, 0, True, True)
    assert await refused(asked_as(cluster.cara, SchoolCodes).make(school, days="7", most="5", waits=True)) == 403
    newcomers = asked_as(await house.as_service("web"), Newcomers)
    assert (await newcomers.find(code.in_two, None)).town == "Praha"
    await newcomers.come("192.0.2.5", code=code.in_two, name="Dana", mail=f"dana-{cluster.id}@x.test", language="cs")
    assert (await schoolcodes.of_school(school)).used == 1
    await schoolcodes.end(school)
    assert await refused(newcomers.find(code.code, None)) == 410


async def test_another_device_is_let_in(cluster, asked_as):
    mysessions = asked_as(cluster.cara, MySessions)
    link = await mysessions.pass_on()
    assert link.path.startswith("/sign-in/link?key=")
