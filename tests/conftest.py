import pytest
import pytest_asyncio
from hypothesis import settings

from kit import logs
from tests.databases import cloned_databases
from tests.house import open_house
from tests.people import a_cluster
from tests.recorder import Recorder

logs.set_up("warning", "tests")
settings.register_profile("house", max_examples=200, deadline=None, derandomize=True)
settings.load_profile("house")


def pytest_configure(config):
    config.pluginmanager.register(Recorder(), "recorder")


def pytest_collection_modifyitems(items):
    """Files that start whole houses come first, so that several workers end at about the same time."""
    items.sort(key=lambda item: not item.nodeid.startswith(("tests/journeys", "tests/deploy", "tests/fuzz")))


@pytest.fixture(scope="session")
def urls():
    """The addresses of the three databases of this run."""
    with cloned_databases() as found:
        yield found


@pytest_asyncio.fixture(scope="session", loop_scope="session")
async def house(urls, tmp_path_factory):
    """The services in process."""
    async with open_house(urls, tmp_path_factory.mktemp("media").as_uri()) as opened:
        yield opened


@pytest.fixture
async def cluster(house):
    """A cluster of the test's own, with two schools and six people."""
    return await a_cluster(house)
