"""What is done with the code on the wall of a staff room is read at its school, and names nobody before their yes."""

from tests.acts.asking import acts
from tests.clusters.doors.test_codes import come, make, somebody, web
from tests.people import told

__all__ = ["web"]


async def of_the_code(asker, school_id):
    """(kind, who) of its acts, the oldest first."""
    found = [act for act in await acts(asker, f"/schools/{school_id}/acts") if act["kind"].startswith("school_code.")]
    return [(act["kind"], act["actor"]["name"].split()[0] if act["actor"] else None) for act in reversed(found)]


async def test_making_coming_in_and_switching_off_are_acts_of_the_school(house, cluster, web):
    code, mail = (await make(cluster))["code"], somebody()
    for _ in range(2):
        told(await come(web, code, mail), 202)
    for _ in range(2):
        told(await cluster.hana.clusters.delete(f"/v1/schools/{cluster.mentee}/code"), 204)
    await house.catch_up()
    assert await of_the_code(cluster.ben, cluster.mentee) == [
        ("school_code.made", "Ben"),
        ("school_code.used", None),
        ("school_code.ended", "Hana"),
    ]
    said = "select data::text from fact where kind like 'school_code.%' and data ->> 'school_id' = $1"
    assert not any(code in row[0] or mail in row[0] for row in await house.rows("clusters", said, cluster.mentee))


async def test_a_new_code_in_place_of_one_is_one_act_and_one_that_ran_out_is_not_switched_off(cluster, house):
    for _ in range(2):
        await make(cluster)
    ran_out = "update school_code set ends_at = now() where school_id = $1"
    await house.rows("clusters", ran_out, cluster.mentee)
    told(await cluster.ben.clusters.delete(f"/v1/schools/{cluster.mentee}/code"), 204)
    assert await of_the_code(cluster.ben, cluster.mentee) == [("school_code.made", "Ben")] * 2


async def test_the_code_of_who_leads_no_longer_was_switched_off_by_who_ended_that(cluster):
    told(await cluster.hana.clusters.put(f"/v1/schools/{cluster.mentee}/code", json={}))
    told(await cluster.ben.clusters.delete(f"/v1/staff/{cluster.staff['hana']}"))
    assert await of_the_code(cluster.ben, cluster.mentee) == [
        ("school_code.made", "Hana"),
        ("school_code.ended", "Ben"),
    ]
