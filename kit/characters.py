"""What characters are to a reader: seen, or only heard of by the machine."""

import unicodedata

UNSEEN_CATEGORIES = frozenset("CMZ")  # controls and formats, marks that need a letter, separators
UNSEEN = frozenset("\u115f\u1160\u2800\u3164\uffa0")  # fillers of Hangul, an empty pattern of Braille
ISOLATES, POP_ISOLATE = "\u2066\u2067\u2068", "\u2069"
EMBEDDINGS, POP_EMBEDDING = "\u202a\u202b", "\u202c"
OVERRIDES = "\u202d\u202e"
LETTERS = {True: frozenset(("R", "AL")), False: frozenset("L")}  # of scripts from right to left, and the others
ENDS = dict.fromkeys(ISOLATES, POP_ISOLATE) | dict.fromkeys(EMBEDDINGS, POP_EMBEDDING)


def is_visible(text: str) -> bool:
    """Whether a reader sees anything at all of it."""
    return any(unicodedata.category(c)[0] not in UNSEEN_CATEGORIES and c not in UNSEEN for c in text)


def without_loose_turns(text: str) -> str:
    """Without what would turn the direction of the words after it: overrides, and isolates that do not end."""
    kept = ["" if c in OVERRIDES else c for c in text]
    begun: list[int] = []
    for at, character in enumerate(kept):
        if character in ENDS:
            begun.append(at)
        elif begun and character == ENDS[kept[begun[-1]]]:
            begun.pop()
        elif character in (POP_ISOLATE, POP_EMBEDDING):
            kept[at] = ""
    for at in begun:
        kept[at] = ""
    return "".join(kept)


def isolated(text: str, right_to_left: bool) -> str:
    """Plain words for among words of this direction: those of the other one, line by line, turn none around them."""
    return "\n".join(_isolated(line, LETTERS[not right_to_left]) for line in text.split("\n"))


def _isolated(line: str, others: frozenset[str]) -> str:
    if others.isdisjoint(map(unicodedata.bidirectional, line)):
        return line
    return f"\u2068{without_loose_turns(line)}{POP_ISOLATE}"
