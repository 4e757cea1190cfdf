from contextlib import ExitStack

import pytest
import pytest_asyncio
from hypothesis import settings

from kit import logs
from kit.client import open_http
from services.clusters.doors.identities.providers import Providers
from services.clusters.settings import Provider
from tests.databases import cloned_databases
from tests.house import PUBLIC_URL, open_house
from tests.people import a_cluster
from tests.provider.running import running
from tests.recorder import Recorder

logs.set_up("warning", "tests")
FEDERATED = "openid email profile school"
BY_DOMAIN = {"claim": "schac_home_organization", "country": "CZ", "scheme": "DOMAIN"}
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


@pytest_asyncio.fixture(scope="module", loop_scope="session")
async def common_cluster(house):
    """A cluster that the tests of a file have in common: they look at it, or are refused."""
    return await a_cluster(house)


@pytest.fixture(scope="session")
def provider_processes():
    """Four providers of OpenID Connect that run, with algorithms and ways to know the house of their own."""
    with ExitStack() as stack:
        region = running("region", "School account of Ústí Region")
        escola = running("escola", "Escola Digital", alg="ES256", way="client_secret_post")
        lesson = running("lesson", "مدرستي", alg="PS256", way="none", mail="never")
        schools = running("schools", "Federation of schools", scopes=FEDERATED, school=BY_DOMAIN)
        yield {each.key: each for each in [stack.enter_context(one) for one in (region, escola, lesson, schools)]}


@pytest.fixture
async def providers(house, provider_processes):
    """The house believes them, for the time of a test."""
    configured = [Provider.model_validate(each.settings) for each in provider_processes.values()]
    async with open_http(verify=False) as inside:
        believed = Providers(configured, PUBLIC_URL, lambda is_inside: inside if is_inside else house.outside)
        state = house.apps["clusters"].state
        state.providers, none = believed, state.providers
        yield provider_processes
        state.providers = none
        for provider in provider_processes.values():
            await provider.spoils()
