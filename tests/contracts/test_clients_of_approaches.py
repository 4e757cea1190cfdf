"""What web asks of the approaches is what each service answers."""

import pytest

from tests.house import URLS
from web.clients.approaches import Approaches


@pytest.mark.parametrize(
    ("service", "known"), [("clusters", "cluster.begin"), ("events", "event.schedule"), ("diaries", None)]
)
async def test_approaches(house, cluster, service, known):
    async def bearer():
        return cluster.cara.headers["authorization"].removeprefix("Bearer ")

    approaches = Approaches(house.http, URLS[f"{service}_url"], bearer)
    found = await approaches.index()
    actions = {action.action: action for action in found.actions}
    assert (known in actions) == (known is not None)
    for action in found.actions:
        assert action.under("top_down") == action.top_down != action.under("bottom_up")
