"""Contracts of web's clients of the clusters service."""

from uuid import UUID, uuid4

from tests.clusters.doors.test_sign_in import link_for
from tests.clusters.post.test_unreached import refused as refused_by_server
from tests.contracts.conftest import refused
from tests.empty_house import NAMED, empty, key_of, setup_path, without_programme
from tests.people import an_official
from tests.web.making import a_comment, an_entry
from web.clients.clusters.clusters import Clusters
from web.clients.clusters.erasure import Erasure
from web.clients.clusters.imports import Imports
from web.clients.clusters.invitations import Invitations
from web.clients.clusters.joining import Joining
from web.clients.clusters.notices import Notices
from web.clients.clusters.people import People
from web.clients.clusters.programme import Contacts, Programmes, SetupLinks
from web.clients.clusters.programs import Programs
from web.clients.clusters.sessions import MySessions, Sessions
from web.clients.clusters.staff import Staff


async def test_clusters(cluster, asked_as):
    clusters = asked_as(cluster.anna, Clusters)
    page = await clusters.index()
    assert [item.id for item in page.items] == [UUID(cluster.id)]
    asked = {"q": page.items[0].name, "country": "CZ", "approach": "top_down", "formed_since": "2020-01-01"}
    assert [found async for found in clusters.every(**asked)] == [page.items]
    assert (page.items[0].schools, page.items[0].people) == (2, 6)
    assert (await clusters.index(state="closed")).items == []
    shown = await clusters.show(page.items[0].id)
    assert (shown.schools[0].latitude, shown.year, shown.uncounted) == (None, None, 0)
    assert {school.role: school.people for school in shown.schools} == {"mentor": 2, "mentee": 4}
    assert {school.where for school in shown.schools} == {"Praha"}
    assert (shown.total("people"), "change_aims" in shown.can) == (6, True)
    await clusters.change_aims(shown.id, shown.version, priorities="Reading", goals="More of it")
    changed = await clusters.show(shown.id)
    assert (changed.priorities, changed.goals) == ("Reading", "More of it")
    stale = clusters.change_aims(shown.id, shown.version, priorities="", goals="")
    assert await refused(stale) == 412


async def test_a_cluster_is_closed_and_opened_again(house, cluster, asked_as):
    clusters = asked_as(await an_official(house, "programme_coordinator"), Clusters)
    cluster_id = UUID(cluster.id)
    assert await refused(asked_as(cluster.anna, Clusters).close(cluster_id, "")) == 403
    await clusters.close(cluster_id, "Until autumn.")
    closed = await clusters.show(cluster_id)
    assert (closed.closed_at is not None, closed.closing_word) == (True, "Until autumn.")
    assert (await asked_as(cluster.cara, Clusters).index()).items[0].closed_at == closed.closed_at
    assert (await asked_as(cluster.cara, People).me()).open_clusters == {}
    assert await refused(clusters.close(cluster_id, "")) == 409
    await clusters.reopen(cluster_id)
    assert (await clusters.show(cluster_id)).closed_at is None


async def test_staff(cluster, asked_as):
    me = await asked_as(cluster.hana, People).me()
    assert [(mine.staff_role, "end" in mine.can) for mine in me.standings] == [("head", True)]
    staff = asked_as(cluster.hana, Staff)
    await staff.lead_no_longer(me.standings[0].staff_id)
    assert [mine.staff_role for mine in (await asked_as(cluster.hana, People).me()).standings] == ["teacher"]
    assert await refused(staff.lead_no_longer(me.standings[0].staff_id)) == 403
    await staff.end(me.standings[0].staff_id)
    assert await refused(staff.end(me.standings[0].staff_id)) == 404
    assert await refused(asked_as(cluster.ben, Staff).lead_no_longer(cluster.staff["ben"])) == 409


async def test_people_of_a_cluster(cluster, asked_as):
    clusters = asked_as(cluster.anna, Clusters)
    people = await clusters.people(UUID(cluster.id))
    assert len(people.items) == 6
    cara = next(person for person in people.items if person.person_id == cluster.cara.id)
    assert await refused(asked_as(cluster.anna, Staff).end(cara.staff_id)) == 403
    await asked_as(cluster.ben, Staff).end(cara.staff_id)
    assert len((await clusters.people(UUID(cluster.id))).items) == 5
    assert len(await clusters.everybody(UUID(cluster.id))) == 5
    assert await refused(clusters.end_membership(UUID(cluster.memberships["mentee"]))) == 403
    assert await refused(clusters.end_membership(uuid4())) == 404


async def test_invitations(cluster, asked_as):
    cluster_id, who = UUID(cluster.id), {"name": "Cara Sykes", "role": "teacher", "language": "cs"}
    cara = who | {"mail": cluster.addresses["cara"]}
    invitations = asked_as(cluster.anna, Invitations)
    await invitations.invite(cluster.mentor, uuid4().hex, **cara)
    (sent,) = (await invitations.of_cluster(cluster_id)).items
    assert (sent.name, sent.role, sent.state, sent.by) == ("Cara Sykes", "teacher", "sent", "Anna Nováková")
    assert await refused(invitations.send_again(sent.id)) == 409
    invitations = asked_as(cluster.cara, Invitations)
    await invitations.decline(sent.id)
    invitations = asked_as(cluster.anna, Invitations)
    assert [invitation.state for invitation in (await invitations.of_cluster(cluster_id)).items] == ["declined"]
    await invitations.invite(cluster.mentor, uuid4().hex, **cara)
    asked = {invitation.state: invitation.id for invitation in (await invitations.of_cluster(cluster_id)).items}["sent"]
    invitations = asked_as(cluster.cara, Invitations)
    assert {"accept", "decline"} <= set((await invitations.show(asked)).can)
    await invitations.accept(asked)
    assert await refused(invitations.accept(asked)) == 404


async def test_what_another_school_proposes(cluster, asked_as):
    who = {"name": "Eva New", "mail": f"{uuid4().hex}@school.test", "role": "teacher", "language": "cs"}
    proposing, invitations = asked_as(cluster.anna, Invitations), asked_as(cluster.ben, Invitations)
    await proposing.invite(cluster.mentee, uuid4().hex, **who)
    (proposed,) = (await invitations.of_cluster(UUID(cluster.id))).items
    assert (proposed.state, "confirm" in proposed.can) == ("proposed", True)
    await invitations.confirm(proposed.id)
    assert (await invitations.show(proposed.id)).state == "sent"
    assert [one.id for one in (await invitations.of_school(UUID(cluster.mentee))).items] == [proposed.id]
    await invitations.withdraw(proposed.id)
    assert (await invitations.of_cluster(UUID(cluster.id))).items == []


async def test_programs(cluster, asked_as):
    programs = asked_as(cluster.anna, Programs)
    made = await programs.let_in(UUID(cluster.id), uuid4().hex, {"name": "Moodle", "scopes": ["webhooks"]})
    (listed,) = await programs.of_cluster(UUID(cluster.id))
    assert (listed.id, listed.name, listed.scopes) == (made.client_id, "Moodle", ["webhooks"])
    assert (await programs.rotate(listed.id, uuid4().hex)).secret != made.secret
    await programs.shut_out(listed.id)
    assert await programs.of_cluster(UUID(cluster.id)) == []


async def test_me(cluster, asked_as):
    people = asked_as(cluster.ben, People)
    me = await people.me()
    assert (me.id, me.name, me.language, me.unseen) == (cluster.ben.id, "Ben Hill", "en", 0)
    assert (list(me.clusters), me.initials, me.operates) == ([UUID(cluster.id)], "BH", False)
    await people.change_profile(name="Ben Mountain", language="cs", zone="Europe/Lisbon")
    await people.set_password("chalk and cheese", "", "")
    me = await people.me()
    assert (me.name, me.language, me.zone, me.has_password) == ("Ben Mountain", "cs", "Europe/Lisbon", True)


async def test_whom_mails_do_not_reach(house, cluster, asked_as):
    people, clusters = asked_as(cluster.cara, People), asked_as(cluster.ben, Clusters)
    await refused_by_server(house, cluster.cara)
    unreached = (await people.me()).unreached
    assert (unreached.reason, unreached.mail) == ("no_such_address", cluster.addresses["cara"])
    shown = (await clusters.people(UUID(cluster.id))).items
    assert [one.unreached.reason for one in shown if one.unreached] == ["no_such_address"]
    await people.try_mail_again()
    assert (await people.me()).unreached is None


async def test_the_guide(cluster, asked_as):
    people = asked_as(cluster.ben, People)
    assert (await people.me()).has_guide
    guide = await people.guide()
    assert (guide.role, guide.done | guide.by_others >= {"come_in", "bring_colleagues"}) == ("leader", True)
    await people.put_guide_away()
    assert not (await people.me()).has_guide


async def test_leaving_for_good(asked_as, cluster):
    erasure = asked_as(cluster.ben, Erasure)
    (school,) = (await erasure.before()).schools
    assert str(school.id) == cluster.mentee
    assert await refused(erasure.leave("stay", "invented")) == 409


async def test_sessions(house, cluster, asked_as):
    sessions = asked_as(await house.as_service("web"), Sessions)
    await sessions.send_mail_link(cluster.addresses["cara"], "/events")
    key, _ = await link_for(house, cluster.addresses["cara"])
    session = await sessions.begin(link=key)
    assert session.person_id == cluster.cara.id
    await sessions.end(session.secret)
    assert await refused(sessions.begin(link=key)) == 410


async def test_my_sessions(house, cluster, asked_as):
    sessions = asked_as(await house.as_service("web"), Sessions)
    mysessions = asked_as(cluster.ben, MySessions)
    for _ in range(3):
        key, _ = await link_for(house, cluster.addresses["ben"])
        await sessions.begin(link=key, agent="nothing that is known")
    newest, second, *_ = (await mysessions.index()).items
    assert (newest.browser, newest.system, newest.used_at >= newest.began_at) == ("", "", True)
    await mysessions.end(second.session)
    await mysessions.end_others(newest.session)
    assert [one.session for one in (await mysessions.index()).items] == [newest.session]


async def test_invitations_of_several(house, cluster, asked_as):
    invitations = asked_as(cluster.ben, Invitations)
    school_id, mail = UUID(cluster.mentee), f"dana-{cluster.id}@x.test"
    people = [{"name": "Dana", "mail": mail}, {"name": "Cara", "mail": cluster.addresses["cara"]}]
    for asked in (
        await invitations.preview(school_id, people, language="cs"),
        await invitations.invite_several(school_id, "", people, language="cs"),
    ):
        assert [(one.mail, one.becomes, one.can_be_asked) for one in asked.people] == [
            (mail, "invited", True),
            (cluster.addresses["cara"], "works_here", False),
        ]


async def test_imports(house, asked_as):
    nora = await an_official(house, "national_coordinator", "CZ")
    imports = asked_as(nora, Imports)
    lines = ["Number;Name;Town", f"{nora.id};School of a list;Most", ";;Most"]
    file = ("schools.csv", "\n".join(lines).encode(), "text/csv")
    made = await imports.bring("", file, kind="schools", country="CZ", zone="UTC", encoding="")
    shown = await imports.show(made)
    assert (shown.state, shown.rows, [column.field for column in shown.columns]) == (
        "read",
        2,
        ["number", "name", "town"],
    )
    said = {"columns": ["number", "name", "town"], "scheme": "TEST", "year": 2026, "zone": "UTC"}
    await imports.try_out(made, said)
    await house.catch_up()
    tried = await imports.show(made)
    assert (tried.state, tried.become("new", "wrong"), tried.coming_in) == ("tried", 2, 1)
    (wrong,) = (await imports.rows(made, "wrong")).items
    assert (wrong.number, wrong.wrong[0].column, wrong.wrong[0].code) == (3, "Name", "missing")
    await imports.begin(made, [])
    await imports.stop(made)
    await house.catch_up()
    assert (await imports.show(made)).state in ("stopped", "done")


async def test_joining(house, cluster, asked_as):
    nora = await an_official(house, "national_coordinator", "CZ")
    joining = asked_as(nora, Joining)
    new = {"name": "New", "country": "CZ", "approach": "top_down", "zone": "UTC"}
    formed = await joining.form("", **new)
    assert await refused(joining.begin(formed)) == 409
    school = cluster.mentee
    await joining.ask_school(formed, "", school_id=school, role="mentor", word="Come!")
    (asked,) = (await joining.of_cluster(formed)).items
    assert (asked.school_id, asked.role, asked.word, asked.answer) == (UUID(school), "mentor", "Come!", None)
    assert asked.is_led
    await joining.withdraw(asked.id)
    assert (await joining.of_cluster(formed)).items == []
    await joining.ask_school(formed, "", school_id=school, role="mentor", word="")
    (asked,) = (await joining.of_cluster(formed)).items
    joining = asked_as(cluster.ben, Joining)
    assert "accept" in (await joining.show(asked.id)).can
    await joining.accept(asked.id, "Gladly.")
    proposed = await joining.propose(UUID(school), "", name="Ours", zone="UTC")
    await house.hear()
    await joining.ask_school(proposed, "", school_id=cluster.mentor, role="mentee", word="")
    (asked,) = (await joining.of_cluster(proposed)).items
    joining = asked_as(cluster.anna, Joining)
    await joining.decline(asked.id, "Not now.")
    clusters = asked_as(cluster.ben, Clusters)
    assert (await clusters.show(proposed)).begun_at is None


async def test_programmes(house, asked_as):
    async with without_programme(house):
        programmes = asked_as(await an_official(house, "programme_coordinator"), Programmes)
        assert await programmes.show_if_named() is None
        await programmes.change(None, NAMED)
        named = await programmes.show()
        assert (named.name, named.countries, named.begins.isoformat()) == ("MenSI", ["CZ", "PT"], NAMED["begins"])
        assert ("change" in named.can, named.version) == (True, 1)
        await programmes.change(1, NAMED | {"name": "MenSI 2"})
        assert (await programmes.show_if_named()).name == "MenSI 2"
        assert await programmes.countries() == ["CZ", "PT"]
        contacts = asked_as(await house.as_service("web"), Contacts)
        assert await contacts.find() == NAMED["contact"]
    assert await contacts.find() == ""


async def test_setup_links(house, asked_as):
    async with empty(house):
        setuplinks, key = asked_as(house.guest, SetupLinks), key_of(await setup_path(house))
        assert (await setuplinks.look(key)).programme is None
        who = {"name": "Hannah", "mail": "hannah@contracts.test", "language": "en", "zone": "UTC"}
        asked = await setuplinks.begin(key, "", NAMED, who)
        assert (asked.name, asked.mail, asked.path.partition("?")[0]) == ("Hannah", who["mail"], "/sign-in/link")
        assert await refused(setuplinks.look(key)) == 410


async def test_notices_and_mailbox(house, cluster, asked_as):
    entry = await an_entry(cluster.anna, cluster, "cluster")
    await a_comment(cluster.ben, entry)
    await house.catch_up()
    notices = asked_as(cluster.anna, Notices)
    page = await notices.mine("en", limit=5)
    assert [(notice.path, notice.news) for notice in page.items] == [(f"/entries/{entry}", 1)]
    assert any(span.typed for span in page.items[0].line)
    await notices.see(f"/entries/{entry}")
    await notices.see(None)
    assert (await notices.mine("en")).items[0].seen_at
    mails = (await notices.mailbox()).items
    assert cluster.addresses["anna"] in {mail.mail for mail in mails}
