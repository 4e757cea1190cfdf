"""How a cluster decides: the ministry's mentor says it, or the cluster decides it, and what is open keeps its rule."""

from tests.clusters.deciding.voting import end_round, outcome, proposed, rule, say, show
from tests.people import an_official, refusal, told, wrong_fields

MAJORITY = {"process": "majority", "counted": "person", "needs_each_school": False, "days": 3}


async def change(asker, cluster, said=MAJORITY, version=None):
    match = {} if version is None else {"if-match": f'"{version}"'}
    return await asker.clusters.put(f"/v1/clusters/{cluster.id}/decision-rule", json=said, headers=match)


async def test_the_usual_rule_is_consent_of_each_school_within_a_week(cluster):
    usual = {"process": "consent", "counted": "person", "needs_each_school": True, "days": 7, "version": 0}
    assert await rule(cluster.dan, cluster) == usual | {"proposes": ["agreement", "date"], "can": []}
    assert (await rule(cluster.anna, cluster))["can"] == ["change_decision_rule"]


async def test_it_is_changed_by_who_read_it_and_by_nobody_else(cluster):
    assert refusal(await change(cluster.anna, cluster)) == (428, "precondition-required")
    assert refusal(await change(cluster.anna, cluster, version=1)) == (412, "changed")
    assert refusal(await change(cluster.ben, cluster, version=0)) == (403, "forbidden")
    assert told(await change(cluster.anna, cluster, version=0))["version"] == 1
    assert refusal(await change(cluster.anna, cluster, version=0)) == (412, "changed")
    assert told(await change(cluster.anna, cluster, version=1))["version"] == 1, "it says the same"
    wrong = await change(cluster.anna, cluster, {"process": "mood", "days": 0}, version=1)
    assert wrong_fields(wrong) == {"/process": "literal_error", "/days": "greater_than_equal"}


async def test_in_a_cluster_of_schools_nobody_changes_it_alone(house, south):
    for asker in (south.anna, south.ben, await an_official(house, "programme_coordinator")):
        assert refusal(await change(asker, south, version=0)) == (403, "forbidden")


async def test_what_is_open_keeps_the_rule_that_it_was_proposed_under(house, cluster):
    before = await proposed(cluster.anna, cluster)
    told(await change(cluster.anna, cluster, version=0))
    after = await proposed(cluster.anna, cluster)
    assert ([each["process"] for each in (before, after)], after["ends_at"] < before["ends_at"]) == (
        ["consent", "majority"],
        True,
    )
    for proposal in (before, after):
        told(await say(cluster.cara, proposal, "yes"))
        await end_round(house, proposal)
    assert [(await show(cluster.cara, each))["state"] for each in (before, after)] == ["not_decided", "decided"]


async def test_a_majority_is_counted_by_people_or_schools_as_the_rule_says(house, cluster):
    told(await change(cluster.anna, cluster, version=0))
    by_people = await proposed(cluster.anna, cluster)
    told(await change(cluster.anna, cluster, MAJORITY | {"counted": "school"}, version=1))
    by_schools = await proposed(cluster.anna, cluster)
    for proposal in (by_people, by_schools):
        told(await say(cluster.anna, proposal, "no"))
        for person in (cluster.ben, cluster.cara, cluster.hana):
            told(await say(person, proposal, "yes"))
        told(await say(cluster.dan, proposal, "concern", "Who pays?"))
        await end_round(house, proposal)
    assert await outcome(cluster.anna, by_people) == (True, None)
    assert await outcome(cluster.anna, by_schools) == (False, "no_majority")
