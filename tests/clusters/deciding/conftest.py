import pytest
import pytest_asyncio

from tests.people import a_cluster


@pytest.fixture
async def south(house):
    """A cluster that its schools have set up."""
    return await a_cluster(house, approach="bottom_up")


@pytest_asyncio.fixture(scope="module", loop_scope="session")
async def common_south(house):
    """One that the tests of a file have in common: they are refused there."""
    return await a_cluster(house, approach="bottom_up")
