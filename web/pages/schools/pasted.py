"""Names and addresses as people paste them: from a mail, from a spreadsheet, or one below the other."""

import re
import unicodedata
from dataclasses import dataclass

MOST, MOST_WITHOUT = 200, 50
LONGEST = 60_000
WORD = re.compile(r"[^\s<>()\[\]\",،;؛:|/]+")
NUMBERED = re.compile(r"^\s*\d+[.)]\s+")
AROUND = " \t,،;؛:<>()[]\"'|/*•-–—\u00a0."
BETWEEN_WORDS = re.compile(r"[._\-+\d]+")


@dataclass(frozen=True)
class Pasted:
    """Somebody with a name and an address; without one, `name` is what stood there instead."""

    name: str
    mail: str


def pasted(text: str) -> list[Pasted]:
    """Everybody who is in this text, once, in its order.

    Of more than MOST one more than that; of lines without an address the first MOST_WITHOUT.
    """
    found: dict[str, Pasted] = {}
    with_mail = without = 0
    for line in _lines(text[:LONGEST]):
        for one in _in_line(line):
            key = one.mail.lower() or f" {one.name}"
            if key in found or (not one.mail and without >= MOST_WITHOUT):
                continue
            found[key] = one
            with_mail, without = with_mail + bool(one.mail), without + (not one.mail)
            if with_mail > MOST:
                return list(found.values())
    return list(found.values())


def _lines(text: str) -> list[str]:
    """One or more people each. A semicolon stands between people, or between the columns of one."""
    seen = "".join(sign for sign in text if unicodedata.category(sign) != "Cf").replace("mailto:", " ")
    lines: list[str] = []
    for line in seen.splitlines():
        parts = re.split("[;؛]", line)
        several = sum("@" in part for part in parts) > 1
        lines += parts if several else ["\t".join(parts)]
    return lines


def _in_line(line: str) -> list[Pasted]:
    words = [word for word in WORD.finditer(NUMBERED.sub(lambda found: " " * len(found[0]), line)) if "@" in word[0]]
    if not words:
        said = line.strip(AROUND)
        return [Pasted(said[:120], "")] if said else []
    ends, starts = [0, *(word.end() for word in words)], [*(word.start() for word in words), len(line)]
    between = [line[end:start] for end, start in zip(ends, starts, strict=True)]
    # Names stand before their addresses, or all behind them.
    behind = not _name(between[0]) and _name(between[-1])
    names = [_name(said) for said in (between[1:] if behind else between[:-1])]
    mails = [_address(word[0]) for word in words]
    return [Pasted(name or name_from(mail), mail) for name, mail in zip(names, mails, strict=True)]


def _address(word: str) -> str:
    return word.partition("?")[0].strip(AROUND + "’`!?")


def _name(said: str) -> str:
    """Without what stands around it; the first name first, where the family name stood before a comma."""
    said = NUMBERED.sub("", said).strip(AROUND)
    parts = [" ".join(part.split()) for part in re.split("[,،\t]", said)]
    parts = [part for part in parts if any(sign.isalpha() for sign in part)]
    if len(parts) == 2 and "," in said and parts[1][:1].isupper():
        return f"{parts[1]} {parts[0]}"[:120]
    return parts[0][:120] if parts else ""


def name_from(mail: str) -> str:
    """A name for somebody of whom only the address is known; they change it when they come in."""
    words = BETWEEN_WORDS.sub(" ", mail.partition("@")[0]).split()
    return " ".join(word[:1].upper() + word[1:] for word in words)[:120] or mail[:120]
