"""What a browser says of itself, in the few words that its owner knows it by."""

from typing import NamedTuple

from ua_parser import parse

LONGEST = 500


class Browser(NamedTuple):
    """Its name and the system that it runs on; empty where it does not say."""

    name: str = ""
    system: str = ""


def browser_of(agent: str) -> Browser:
    """What a `User-Agent` header says."""
    said = parse(agent[:LONGEST])
    return Browser(said.user_agent.family if said.user_agent else "", said.os.family if said.os else "")
