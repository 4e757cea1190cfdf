"""Telling people: services post notices to clusters, in sets; each is told once by its `once`."""

from typing import Any

from kit.client import Client
from kit.clock import said_now

AT_ONCE = 40  # notices with the longest words fit into one request


async def post_notices(clusters: Client, notices: list[dict[str, Any]]) -> None:
    """Hand them over to the post office, however often they were posted before. Raises Refused."""
    said = said_now()
    for start in range(0, len(notices), AT_ONCE):
        told = {"notices": notices[start : start + AT_ONCE], "happened_at": said.at.isoformat() if said else None}
        await clusters.ask("POST", "/v1/notices", json=told)
