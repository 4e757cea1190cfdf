"""What web asks of where a cluster works is what clusters answers."""

from uuid import UUID

from tests.contracts.conftest import refused
from web.clients.clusters.clusters import Clusters
from web.clients.clusters.tools import Tools

MOODLE = {"kind": "lms", "name": "Moodle", "address": "https://moodle.example/", "note": "Ask Anna."}


async def test_tools(cluster, asked_as):
    cluster_id, school_id = UUID(cluster.id), UUID(cluster.mentee)
    tools = asked_as(cluster.anna, Tools)
    await tools.add(cluster_id, "", MOODLE)
    (tool,) = (await asked_as(cluster.anna, Clusters).show(cluster_id)).tools
    assert {name: getattr(tool, name) for name in MOODLE} == MOODLE
    assert ("change" in tool.can, tool.speaks_for) == (True, [UUID(cluster.mentor)])
    await tools.change(tool.id, tool.version, MOODLE | {"name": "Our Moodle"})
    assert await refused(tools.change(tool.id, tool.version, MOODLE)) == 412

    tools = asked_as(cluster.ben, Tools)
    await tools.lock_out(tool.id, school_id, "No accounts")
    kept_out = await tools.show(tool.id)
    assert (kept_out.name, kept_out.speaks_for, kept_out.keeps_out(school_id)) == ("Our Moodle", [school_id], True)
    assert [lockout.word for lockout in kept_out.lockouts] == ["No accounts"]
    await tools.let_in(tool.id, school_id)
    assert not (await tools.show(tool.id)).keeps_out(school_id)
    assert await refused(tools.remove(tool.id)) == 403

    tools = asked_as(cluster.anna, Tools)
    await tools.remove(tool.id)
    assert (await asked_as(cluster.anna, Clusters).show(cluster_id)).tools == []
