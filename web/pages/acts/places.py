"""Of what it is read what was done: a cluster, a school, a country, the programme."""

from collections.abc import Sequence
from dataclasses import dataclass
from uuid import UUID

from kit.client import Refused
from web import languages
from web.clients.clusters.clusters import Clusters
from web.clients.clusters.schools import Schools
from web.visit import Visit
from web.words import word

OF_CLUSTER = ("people", "schools", "cluster", "meetings", "diary", "programs")
OF_COUNTRY = (*OF_CLUSTER[:5], "offices", "programs")


@dataclass(frozen=True)
class Place:
    """`above` is where the page of it is. `own` needs no name on its own page; `in_sight` has a page for the reader."""

    path: str
    name: str
    above: str
    abouts: Sequence[str]
    own: UUID | None = None
    in_sight: frozenset[UUID] | None = None

    def leads_to(self, thing_id: UUID) -> bool:
        return self.in_sight is None or thing_id in self.in_sight


async def cluster_place(visit: Visit, cluster_id: UUID) -> Place:
    cluster = await visit.ask(Clusters).show(cluster_id)
    seen = frozenset(school.school_id for school in cluster.schools)
    path = f"/clusters/{cluster_id}"
    return Place(path, cluster.name, path, OF_CLUSTER, cluster_id, seen)


async def school_place(visit: Visit, school_id: UUID) -> Place:
    school = await visit.ask(Schools).show(school_id)
    seen = frozenset(cluster.id for cluster in school.clusters)
    path = f"/schools/{school_id}"
    return Place(path, school.name, path, OF_CLUSTER[:5], school_id, seen)


def country_place(country: str) -> Place:
    """Raises 404 for what is no country."""
    if not languages.is_country(country):
        raise Refused(404)
    return Place(f"/countries/{country}", languages.country_named(country), "/clusters", OF_COUNTRY)


def programme_place() -> Place:
    return Place("", word("act_about", "programme"), "/programme", (*OF_COUNTRY, "programme"))
