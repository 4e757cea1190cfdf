"""Which passwords others would guess. No I/O."""

import re

LEAST_SCORE = 3  # of 4: more guesses than anybody has who stole the hashes
LOOKED_AT = 72  # characters; zxcvbn takes no more


def is_guessable(password: str, *known: str) -> bool:
    """Whether this is among the first that somebody would try who knows these names and addresses of its owner."""
    # Its lists of words are eleven megabytes, which a house that rests does not carry.
    from zxcvbn import zxcvbn

    parts = [part for each in known for part in re.split(r"[\s@.]+", each) if part]
    found = zxcvbn(password[:LOOKED_AT], user_inputs=["staffroom", *known, *parts])
    return bool(found["score"] < LEAST_SCORE)
