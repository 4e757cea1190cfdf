"""What web knows of facts is what the services tell."""

import pytest

from kit.telling import shape_of
from services.clusters.facts import FACTS as OF_CLUSTERS
from services.diaries.facts import FACTS as OF_DIARIES
from web.clients.clusters import facts as of_clusters
from web.clients.diaries import facts as of_diaries


def test_web_has_decided_about_every_fact_of_clusters():
    sets = [of_clusters.OF_PERSON, of_clusters.OF_EVERYBODY, of_clusters.PASSED_OVER]
    assert set().union(*sets) == OF_CLUSTERS.keys(), (
        "put the fact into one of the sets of web/clients/clusters/facts.py"
    )
    assert sum(len(each) for each in sets) == len(OF_CLUSTERS)


@pytest.mark.parametrize("kind", sorted(of_clusters.OF_PERSON))
def test_what_one_person_is_shown_names_the_person(kind):
    assert shape_of(OF_CLUSTERS[kind])["person_id"] == "id"


@pytest.mark.parametrize("heard", [of_clusters.OfSession, of_clusters.PersonChanged, of_clusters.SchoolChanged])
def test_web_reads_what_clusters_writes(heard):
    assert shape_of(heard).items() <= shape_of(OF_CLUSTERS[heard.told_as]).items()


def test_whatever_diaries_tells_is_told_of_an_entry():
    assert OF_DIARIES.keys() >= of_diaries.OF_PERSON
    for told in (fact for kind, fact in OF_DIARIES.items() if kind not in of_diaries.OF_PERSON):
        assert shape_of(of_diaries.OfEntry).items() <= shape_of(told).items()
    assert OF_DIARIES.keys() >= of_diaries.READERS_CHANGED
