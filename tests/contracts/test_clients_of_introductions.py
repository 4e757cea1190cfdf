"""Contracts of web's clients of newcomers whom a provider introduces to their school."""

from uuid import UUID, uuid4

from tests.clusters.doors.test_introductions import STAFF, school_is_named
from tests.contracts.conftest import refused
from tests.contracts.test_clients_of_identities import FROM, answer_from
from web.clients.clusters.identities import AuthenticationRequests
from web.clients.clusters.introductions import Introductions, Welcomes
from web.clients.clusters.sessions import Introduction, Session, Sessions


async def test_a_provider_introduces_a_newcomer_who_says_yes(house, cluster, asked_as, providers):
    schools, web, domain = providers["schools"], await house.as_service("web"), f"{cluster.id}.test"
    authenticationrequests, sessions = asked_as(web, AuthenticationRequests), asked_as(web, Sessions)
    introductions = asked_as(web, Introductions)
    await school_is_named(house, cluster.mentee, domain)
    subject = await schools.has(uuid4().hex, **STAFF, schac_home_organization=domain)
    answer = await answer_from("schools", subject, await authenticationrequests.begin("schools", FROM))
    began = await sessions.begin_by_answer(answer, source=FROM, device="", agent="")
    assert isinstance(began, Introduction)
    found = await introductions.find(began.introduction)
    assert (found.provider, found.mail, found.waits) == (schools.name, None, True)
    who = {"name": "Dana", "mail": f"dana-{cluster.id}@x.test", "language": "cs"}
    await introductions.accept(began.introduction, **who)
    assert await refused(introductions.find(began.introduction)) == 410
    assert await refused(introductions.accept(began.introduction, **who)) == 410
    cara = await schools.has(uuid4().hex, **STAFF, email=cluster.addresses["cara"], email_verified=True)
    answer = await answer_from("schools", cara, await authenticationrequests.begin("schools", FROM))
    assert isinstance(await sessions.begin_by_answer(answer, source=FROM, device="", agent=""), Session)


async def test_a_school_says_whether_they_wait(cluster, asked_as, providers):
    welcomes, school = asked_as(cluster.ben, Welcomes), UUID(cluster.mentee)
    assert (await welcomes.of_school(school)).waits
    await welcomes.set(school, waits=False)
    welcome = await welcomes.of_school(school)
    assert (welcome.waits, welcome.providers) == (False, [providers["schools"].name])
    assert await refused(asked_as(cluster.cara, Welcomes).set(school, waits=False)) == 403
