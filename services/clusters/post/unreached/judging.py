"""What a mail server means that does not take a letter: nobody has the address, or the fault is this house's own."""

import re
from typing import TypeAlias

from services.clusters.post.unreached.models import Fault, Reason

LONGEST = 4_000
# Three numbers of RFC 3463, and no part of a network address.
STATUS = re.compile(r"(?<![\d.])([245])\.(\d{1,3})\.(\d{1,3})(?!\.?\d)")
NOBODY_THERE = {"1.1", "1.2", "1.3", "1.6", "1.10", "2.1", "4.4"}
FULL = {"2.2"}
GIVEN_UP = {"4.0", "4.1", "4.2", "4.3", "4.7"}
OUR_FAULT = {"1.7", "1.8", "3.4", "4.5", "4.6", "7.8", "7.9", *(f"7.{n}" for n in range(20, 28))}
PROTOCOL = ("5.", "6.")  # what they say about the commands, and about the form of a letter
NOT_OURS_TO_SEND = re.compile(
    r"\brelay|authentication required|must authenticate|unauthenticated"
    r"|sender (e?mail )?(address )?(rejected|refused|denied)"
    r"|\b(dmarc|spf|dkim|ptr|helo)\b|reverse dns|blocked using|block ?list|black ?list|spamhaus|reputation"
    r"|rate limit|sending (quota|limit)|too many (messages|connections)"
)
SAYS_FULL = re.compile(
    r"quota|mailbox (is |was )?full|full mailbox|out of storage|over ?limit|insufficient .{0,20}storage"
)
SAYS_POLICY = re.compile(r"spam|junk|blocked|policy|banned|content|denied|virus")
SAYS_NOBODY = re.compile(
    r"(user|recipient|address|mailbox|account|domain|host)[^\n]{0,60} (unknown|not found|does ?n.t exist|does not exist"
    r"|is disabled|unavailable)"
    r"|unknown (user|recipient|address|mailbox)|no such (user|recipient|address|mailbox|person)"
    r"|recipnotfound|no mailbox|unrouteable|invalid (recipient|mailbox|address)|recipient address rejected"
)
ABOUT_ADDRESS = {550, 551, 553}

Verdict: TypeAlias = Reason | Fault


def is_nobodys(mail: str) -> bool:
    """Whether nobody can have this address, whatever a server says (RFC 2606)."""
    return mail.endswith(".invalid")


def judge(said: str, code: int = 0, *, of_recipient: bool = False, given_up: bool = False) -> Verdict:
    """What this answer means; `code` is that of SMTP, where it is known.

    `of_recipient`: it was given when the address was named, before any letter. `given_up`: a server that tried long
    enough says it, so that what may pass has not passed.
    """
    words = said[:LONGEST].lower()
    severity, status = _status_of(words, code)
    if severity == "4":
        return _of_given_up(words, status) if given_up else Fault.passing
    if status in OUR_FAULT or status.startswith(PROTOCOL) or NOT_OURS_TO_SEND.search(words):
        return Fault.ours
    if status in NOBODY_THERE:
        return Reason.no_such_address
    if status in FULL:
        return Reason.mailbox_full
    if status in GIVEN_UP and not SAYS_NOBODY.search(words):
        return Reason.no_answer
    if status.startswith("7."):
        return Reason.refused
    return _by_words(words, code if of_recipient else 0)


def _status_of(words: str, code: int) -> tuple[str, str]:
    """(4 or 5, the rest of the status): the first that says more than that."""
    found = [(match[1], f"{match[2]}.{match[3]}") for match in STATUS.finditer(words) if match[1] != "2"]
    for severity, status in found:
        if status != "0.0":
            return severity, status
    return (found[0][0] if found else str(code)[0]), ""


def _of_given_up(words: str, status: str) -> Reason:
    return Reason.mailbox_full if status in FULL or SAYS_FULL.search(words) else Reason.no_answer


def _by_words(words: str, code: int) -> Reason:
    if SAYS_FULL.search(words):
        return Reason.mailbox_full
    if SAYS_NOBODY.search(words):
        return Reason.no_such_address
    if SAYS_POLICY.search(words):
        return Reason.refused
    return Reason.no_such_address if code in ABOUT_ADDRESS else Reason.refused
