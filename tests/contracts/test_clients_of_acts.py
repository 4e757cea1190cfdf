"""Contracts of web's client of what was done, which each service answers."""

from uuid import UUID

import pytest

from tests.acts.asking import aims
from tests.contracts.conftest import refused
from tests.diaries.writing import published
from tests.events.making import announce
from tests.house import URLS
from tests.people import told
from web.clients.acts import Acts
from web.clients.clusters.programs import Programs


def asked_of(house, person, service):
    async def bearer():
        return person.headers["authorization"].removeprefix("Bearer ")

    return Acts(house.http, URLS[f"{service}_url"], bearer)


NEWEST = {"clusters": "cluster.aims_changed", "events": "event.announced", "diaries": "entry.published"}


@pytest.mark.parametrize("service", NEWEST)
async def test_acts(house, cluster, service):
    await aims(cluster.anna, cluster.id)
    event = await announce(cluster.anna, cluster, 5)
    entry_id = await published(cluster.anna, cluster)
    acts = asked_of(house, cluster.anna, service)
    page = await acts.index(f"/clusters/{cluster.id}", limit=1)
    (act,) = page.items
    assert (act.kind, act.actor.name, act.office, page.everybodys) == (NEWEST[service], "Anna Nováková", None, True)
    paths = {"clusters": "", "events": f"/events/{event['id']}", "diaries": f"/entries/{entry_id}"}
    assert (act.thing_path, act.detail_table) == (paths[service], "")
    every = await acts.every(f"/clusters/{cluster.id}", 1_000, about=None)
    assert every[0] == act
    assert len(await acts.every(f"/clusters/{cluster.id}", 0)) == 1
    assert await refused(acts.index("/countries/CZ")) == 403
    mine = await asked_of(house, cluster.cara, service).index(f"/clusters/{cluster.id}")
    assert not mine.everybodys


async def test_names_of_programs(cluster, asked_as):
    path = f"/v1/clusters/{cluster.id}/clients"
    made = told(await cluster.anna.clusters.post(path, json={"name": "Moodle", "scopes": ["webhooks"]}), 201)
    programs = asked_as(cluster.cara, Programs)
    (program,) = await programs.named([UUID(made["client_id"])])
    assert (str(program.id), program.name, program.service) == (made["client_id"], "Moodle", None)
    assert await programs.named([]) == []
