"""Which passwords others would guess. No I/O."""

import re

LEAST_SCORE = 3  # of 4: more guesses than anybody has who stole the hashes
LEAST_OF_THE_REST = 2  # for what is left without the names and addresses of its owner
LOOKED_AT = 72  # characters; zxcvbn takes no more


def is_guessable(password: str, *known: str) -> bool:
    """Whether this is among the first that somebody would try who knows these names and addresses of its owner."""
    # Its lists of words are eleven megabytes, which a house that rests does not carry.
    from zxcvbn import zxcvbn

    parts = [part for each in known for part in re.split(r"[\s@._-]+", each) if part]
    found = zxcvbn(password[:LOOKED_AT], user_inputs=["staffroom", *known, *parts])
    if found["score"] < LEAST_SCORE:
        return True
    unknown = [part["token"] for part in found["sequence"] if part.get("dictionary_name") != "user_inputs"]
    return len(unknown) < len(found["sequence"]) and bool(zxcvbn("".join(unknown) or "-")["score"] < LEAST_OF_THE_REST)
