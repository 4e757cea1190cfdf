"""Names and addresses as people paste them: from a mail, from a spreadsheet, or one below the other."""

import re
from dataclasses import dataclass

MOST = 200
LONGEST = 40_000
WORD = re.compile(r"[^\s<>()\[\],;:\"']+")
AROUND = " \t,;:<>()[]\"'\u00a0"
BETWEEN_WORDS = re.compile(r"[._\-+\d]+")


@dataclass(frozen=True)
class Pasted:
    """Somebody with a name and an address; without one, `name` is what stood there instead."""

    name: str
    mail: str


def pasted(text: str) -> list[Pasted]:
    """Everybody who is in this text, once, in its order; of more than MOST, one more than that."""
    found: dict[str, Pasted] = {}
    for line in re.split(r"[\n;]", text[:LONGEST]):
        for one in _in_line(line):
            found.setdefault(one.mail.lower() or one.name, one)
            if len(found) > MOST:
                return list(found.values())
    return list(found.values())


def _in_line(line: str) -> list[Pasted]:
    line = line.replace("mailto:", "")
    mails = [word for word in WORD.finditer(line) if "@" in word[0]]
    if not mails:
        words = line.strip(AROUND)
        return [Pasted(words[:120], "")] if words else []
    ends = [0, *(mail.end() for mail in mails)]
    # A spreadsheet may have the name behind the address; that of one alone is wherever it stands.
    before = [line[end : mail.start()] for end, mail in zip(ends, mails, strict=False)]
    if len(mails) == 1 and not before[0].strip(AROUND):
        before = [line[mails[0].end() :]]
    return [
        Pasted(_name(words) or name_from(mail[0]), mail[0].strip("."))
        for words, mail in zip(before, mails, strict=True)
    ]


def _name(words: str) -> str:
    """Without what stands around it, and with the first name first."""
    parts = [" ".join(part.split()) for part in words.strip(AROUND).replace("\t", " ").split(",")]
    family, _, first = ", ".join(part.strip(AROUND) for part in parts if part.strip(AROUND)).partition(", ")
    return f"{first} {family}".strip()[:120]


def name_from(mail: str) -> str:
    """A name for somebody of whom only the address is known; they change it when they come in."""
    words = BETWEEN_WORDS.sub(" ", mail.partition("@")[0]).split()
    return " ".join(word[:1].upper() + word[1:] for word in words)[:120] or mail[:120]
