import pytest

from kit.client import Refused
from tests.house import URLS


async def refused(asked) -> int:
    """The status with which it was refused."""
    with pytest.raises(Refused) as caught:
        await asked
    return caught.value.status


@pytest.fixture
def asked_as(house):
    """A client of web that asks as this person: `asked_as(cluster.anna, Events)`."""

    def client(person, kind):
        async def bearer():
            return person.headers.get("authorization", "").removeprefix("Bearer ") or None

        service = kind.__module__.split(".")[2]
        return kind(house.http, URLS.get(f"{service}_url", URLS["clusters_url"]), bearer)

    return client
