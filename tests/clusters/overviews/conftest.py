from datetime import UTC, date, datetime, time

import pytest

from services.clusters.activity import actions as activity
from services.clusters.overviews.nudging import routes as nudging
from services.clusters.overviews.showing import routes as showing
from tests.clusters.overviews.looking import COUNTRIES, YEAR, all_told
from tests.people import a_cluster, an_official


@pytest.fixture
def country():
    return next(COUNTRIES)


@pytest.fixture
async def nora(house, country):
    """Who coordinates this country."""
    return await an_official(house, "national_coordinator", country)


@pytest.fixture
async def petra(house):
    return await an_official(house, "programme_coordinator")


@pytest.fixture
async def home(house, country):
    """A cluster of this country."""
    return await a_cluster(house, country=country)


@pytest.fixture
async def today(house, monkeypatch):
    """A day in March, for whoever looks at overviews: what they say depends on the time of the year."""
    day = date(YEAR + 1, 3, 17)
    for module, name in ((showing, "now"), (nudging, "now"), (activity, "real_now")):
        monkeypatch.setattr(module, name, lambda: datetime.combine(day, time(12), UTC))
    await all_told(house)
    return day
