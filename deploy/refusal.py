"""Why Staffroom cannot start, in one line that says what to do."""

import errno
import os
from pathlib import Path


class Refusal(Exception):
    """Staffroom cannot go on; its text is the one line for the person who started it."""

    def __init__(self, line: str, code: int = 1) -> None:
        super().__init__(line)
        self.code = code


def disk_refusal(error: OSError, place: Path) -> Refusal:
    """What to do when `place` cannot be written."""
    if error.errno in (errno.ENOSPC, errno.EDQUOT):
        return Refusal(f"The disk of {place} is full: free some space, or set STAFFROOM_HOME to a folder elsewhere.")
    reason = os.strerror(error.errno) if error.errno else str(error)
    return Refusal(f"Cannot write to {place} ({reason}): set STAFFROOM_HOME to a folder that you may write to.")
