"""What every calendar file of the house has (RFC 5545)."""

import re

PRODID = "-//Staffroom//Staffroom//EN"
CONTROLS = re.compile(r"[\x00-\x09\x0b-\x1f\x7f-\x9f]")


def plain_text(text: str) -> str:
    """Text that people typed, without signs that break a calendar file."""
    return CONTROLS.sub("", "\n".join(text.splitlines()))
