"""An address of another school is asked about before it is invited, and says nothing of the people there."""

from uuid import UUID, uuid4

import pytest

from services.clusters.directory.schools.models import School
from services.clusters.doors.invitations.domains import hosts_of, other_school
from tests.clusters.doors.test_invitations import listed
from tests.people import a_person, told, wrong_fields

OURS, THEIRS, BRANCH = UUID(int=1), UUID(int=2), UUID(int=3)


def school(number, branch_of=None):
    return School(
        id=number, name=f"School {number.int}", town="Ústí", country="CZ", zone="Europe/Prague", branch_of=branch_of
    )


@pytest.mark.parametrize(
    ("domain", "hosts"),
    [
        ("school.test", ["school.test"]),
        ("mail.school.test", ["mail.school.test", "school.test"]),
        ("škola.test", ["škola.test", "xn--kola-f6a.test"]),
        ("gmail.com", []),
        ("post.gmail.com", ["post.gmail.com"]),
        ("test", []),
        (".".join("abcdefghijk"), [".".join("defghijk"[first:]) for first in range(7)]),
    ],
)
def test_a_domain_is_looked_for_with_those_above_it(domain, hosts):
    assert hosts_of(domain) == hosts


@pytest.mark.parametrize(
    ("domain", "found", "whose"),
    [
        ("b.test", [("b.test", school(THEIRS))], THEIRS),
        ("mail.b.test", [("b.test", school(THEIRS))], THEIRS),
        ("mail.b.test", [("mail.b.test", school(OURS)), ("b.test", school(THEIRS))], None),
        ("b.test", [("b.test", school(THEIRS)), ("b.test", school(OURS))], None),
        ("b.test", [("b.test", school(THEIRS)), ("b.test", school(BRANCH))], None),
        ("b.test", [("b.test", school(BRANCH, OURS))], None),
        ("c.test", [("b.test", school(THEIRS))], None),
        ("b.test", [], None),
    ],
)
def test_a_domain_is_of_the_one_school_whose_website_is_there(domain, found, whose):
    owners = {}
    for host, owner in found:
        owners.setdefault(host, []).append(owner)
    other = other_school(domain, school(OURS), owners)
    assert (other.id if other else None) == whose


@pytest.fixture
async def theirs(house, cluster):
    """The domain of the mentor school, as its website says."""
    domain = f"gymnazium-{uuid4().hex[:8]}.test"
    await website(house, cluster.mentor, f"https://www.{domain.upper()}/kontakt")
    return domain


async def website(house, school_id, address):
    await house.rows("clusters", "update school set website = $2 where id = $1", school_id, address)


async def ask(asker, school_id, how, *people):
    named = [{"name": "Dana", **one} for one in people]
    return await asker.clusters.post(f"/v1/schools/{school_id}/invitations/{how}", json={"people": named})


def becomes(answer, status=200):
    return [(one["becomes"], bool(one["of_school"])) for one in told(answer, status)["people"]]


async def test_an_address_of_another_school_is_asked_about_and_invited_with_a_yes(house, cluster, theirs):
    other, own = {"mail": f"dana@{theirs}"}, {"mail": f"ema-{cluster.id}@ours.test"}
    asked = told(await ask(cluster.ben, cluster.mentee, "preview", other, own))["people"]
    ((name,),) = await house.rows("clusters", "select name from school where id = $1", cluster.mentor)
    assert [(one["becomes"], one["of_school"]) for one in asked] == [("elsewhere", name), ("invited", "")]
    done = await ask(cluster.ben, cluster.mentee, "several", other, own)
    assert becomes(done, 201) == [("elsewhere", True), ("invited", False)]
    assert await listed(cluster.ben, cluster) == {own["mail"]: "sent"}
    assert not await house.rows("clusters", "select from address where mail = $1", other["mail"])
    yes = other | {"works_at_both": True}
    assert becomes(await ask(cluster.ben, cluster.mentee, "preview", yes)) == [("invited", True)]
    assert becomes(await ask(cluster.ben, cluster.mentee, "several", yes), 201) == [("invited", True)]
    assert await listed(cluster.ben, cluster) == {own["mail"]: "sent", other["mail"]: "sent"}


async def test_one_invitation_to_an_address_of_another_school_waits_for_a_yes_too(house, cluster, theirs):
    path, new = f"/v1/schools/{cluster.mentee}/invitations", {"name": "Dana", "mail": f"dana@{theirs}"}
    assert wrong_fields(await cluster.ben.clusters.post(path, json=new)) == {"/mail": "mail_of_school"}
    assert not await house.rows("clusters", "select from address where mail = $1", new["mail"])
    told(await cluster.ben.clusters.post(path, json=new | {"works_at_both": True}), 201)
    assert await listed(cluster.ben, cluster) == {new["mail"]: "sent"}
    here = (await a_person(house, cluster.mentee, mail=f"here-{cluster.id}@{theirs}"))["mail"]
    told(await cluster.ben.clusters.post(path, json={"name": "Here", "mail": here, "role": "coordinator"}), 201)


async def test_whether_somebody_is_known_there_changes_nothing(house, cluster, theirs):
    known = (await a_person(house, cluster.mentor, mail=f"known-{cluster.id}@{theirs}"))["mail"]
    people = {"mail": known}, {"mail": f"nobody@{theirs}"}
    asked = told(await ask(cluster.ben, cluster.mentee, "preview", *people))["people"]
    assert len({(one["becomes"], one["of_school"]) for one in asked}) == 1


async def test_who_works_here_is_asked_about_no_more(house, cluster, theirs):
    here = (await a_person(house, cluster.mentee, mail=f"here-{cluster.id}@{theirs}"))["mail"]
    assert becomes(await ask(cluster.ben, cluster.mentee, "preview", {"mail": here})) == [("works_here", True)]


async def test_a_domain_that_most_of_this_school_use_is_theirs_too_and_nobody_else_learns_so(house, cluster, theirs):
    new = {"mail": f"new@{theirs}"}
    for name in ("ben", "hana", "cara"):
        moved = "update address set mail = $1 where person_id = $2"
        await house.rows("clusters", moved, f"{name}-{cluster.id}@{theirs}", getattr(cluster, name).id)
    assert becomes(await ask(cluster.ben, cluster.mentee, "preview", new)) == [("invited", False)]
    assert becomes(await ask(cluster.anna, cluster.mentee, "preview", new)) == [("elsewhere", True)]


async def test_one_website_of_two_schools_and_a_public_provider_are_nobodys(house, cluster, theirs):
    await website(house, cluster.mentee, f"http://{theirs}")
    await website(house, cluster.mentor, "https://gmail.com/our-school")
    people = {"mail": f"dana@{theirs}"}, {"mail": f"dana.{cluster.id}@gmail.com"}
    assert becomes(await ask(cluster.ben, cluster.mentee, "preview", *people)) == [("invited", False)] * 2
