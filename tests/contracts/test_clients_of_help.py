"""What web asks of help is what clusters answers."""

from uuid import UUID

from tests.contracts.conftest import refused
from tests.people import an_official
from web.clients.clusters.help import Helping


async def test_help(house, cluster, asked_as):
    nora = await an_official(house, "national_coordinator", "CZ")
    cluster_id, helping = UUID(cluster.id), asked_as(cluster.cara, Helping)
    offer = await helping.offer(cluster_id)
    assert (offer.to_programme, offer.to != []) == (False, True)
    said = {"about": "Who pays the substitute?", "text": "", "readers": "coordinators"}
    request_id = await helping.ask_for(cluster_id, "", **said)
    (listed,) = (await helping.of_cluster(cluster_id)).items
    assert (listed.id, bool(listed.due_at), listed.settled_at) == (request_id, True, None)
    assert {"answer", "settle", "climb"} <= (await helping.show(request_id)).can
    await helping.climb(request_id)
    promise = await helping.promise("CZ")
    assert await refused(helping.change_promise("CZ", promise.version, 4)) == 403

    helping = asked_as(nora, Helping)
    assert request_id in [one.id for one in (await helping.index()).items]
    assert request_id in [one.id for one in (await helping.index(waiting=True, limit=100)).items]
    await helping.answer(request_id, "", "Your county does.", settled=False)
    shown = await helping.show(request_id)
    assert [(answer.office, answer.text) for answer in shown.answers] == [("national_coordinator", "Your county does.")]
    assert {"asker", "coordinator", "national_coordinator"} <= {reader.reads_as for reader in shown.read_by}
    await helping.settle(request_id)
    assert (await helping.show(request_id)).settled_at
    await helping.change_promise("CZ", promise.version, promise.days)
