"""What a mail that came back says: by the standards (RFC 3464, RFC 5965), or as older mail servers write it.

It may be anybody's mail: it is short, shallow and read once, or it is nothing.
"""

import re
from collections import deque
from collections.abc import Iterator
from dataclasses import dataclass
from email import message_from_bytes
from email.errors import MessageError
from email.message import Message
from uuid import UUID

from services.clusters.post.unreached.judging import LONGEST, Verdict, judge
from services.clusters.post.unreached.models import Reason

MOST_BYTES = 256 * 1024  # what comes after it is the letter that was sent
MOST_PARTS, MOST_GROUPS = 24, 50
MOST_LINES = 5_000  # each empty one of a delivery report is a group of fields to the mail library
KEY = re.compile(r"\+([0-9a-f]{32})(?:@|$)", re.IGNORECASE)
ADDRESSED = ("Delivered-To", "X-Original-To", "Envelope-To", "To")
SENT_BY_SERVER = re.compile(r"mailer-daemon|postmaster|mail delivery (system|subsystem|service)|system administrator")
FAILED = re.compile(
    r"^(undelivered mail returned|undeliverable|mail delivery failed|delivery status notification \(failure\)"
    r"|returned mail|failure notice|delivery failure|mail system error|delivery failed)"
)
NOT_YET = re.compile(r"delay|warning|could not be delivered (for|yet)|will be retried")
QUOTED = re.compile(r"^-{2,}.{0,40}(original|copy of|forwarded|below this line).*$", re.MULTILINE | re.IGNORECASE)


@dataclass(frozen=True)
class Said:
    """The key that a mail has of a letter, and what it says of that; nothing of each, where it has none."""

    key: UUID | None = None
    meaning: Verdict | None = None


def said_in(raw: bytes) -> Said:
    """What a mail says. The mail library raises anything for mails that nobody would write: they say nothing."""
    try:
        mail = read(raw)
        return Said(key_of(mail), meaning_of(mail)) if mail else Said()
    except Exception:
        return Said()


def read(raw: bytes) -> Message | None:
    """The mail, or its beginning; None for what no mail server would build."""
    start = b"".join(raw[:MOST_BYTES].splitlines(keepends=True)[:MOST_LINES])
    lower = start.lower()
    if lower.count(b"multipart/") + lower.count(b"message/") > MOST_PARTS:
        return None
    try:
        return message_from_bytes(start)
    except (MessageError, ValueError, RecursionError, LookupError):
        return None


def key_in(text: str) -> UUID | None:
    """The key in an address that a letter comes back to, or in what stands behind its plus."""
    found = KEY.search(text) or KEY.search(f"+{text.strip()}")
    return UUID(found[1]) if found else None


def key_of(mail: Message) -> UUID | None:
    """The key of the letter that came back: whom this mail is for, or who reported which letter as junk."""
    said = [str(value) for name in ADDRESSED for value in mail.get_all(name, [])]
    for part in _parts(mail):
        if part.get_content_type() == "message/feedback-report":
            said += [str(value) for block in _blocks(part) for value in block.get_all("Original-Mail-From", [])]
        elif _is_junk_report(mail) and part.get("Return-Path"):
            said.append(str(part["Return-Path"]))
    return next((key for each in said if (key := key_in(each))), None)


def meaning_of(mail: Message) -> Verdict | None:
    """What it says of the letter; None: nothing, it is no bounce, or the letter is still on its way."""
    if _is_junk_report(mail):
        return Reason.junk
    blocks = [block for part in _parts(mail) if _is_delivery_report(part) for block in _blocks(part)]
    recipients = [block for block in blocks if block.get("Action") or block.get("Status")]
    if recipients:
        failed = [block for block in recipients if _has_failed(block)]
        if not failed:
            return None
        return judge(f"{_said(failed[0], 'Status')} {_said(failed[0], 'Diagnostic-Code')}", given_up=True)
    return _meaning_of_old_kind(mail)


def _has_failed(recipient: Message) -> bool:
    action = _said(recipient, "Action").lower()
    return action.startswith("failed") if action else _said(recipient, "Status").startswith("5")


def _meaning_of_old_kind(mail: Message) -> Verdict | None:
    """Of a mail in plain words: only if a mail server wrote it, and says that it has given up."""
    subject = _said(mail, "Subject").lower()
    by_server = mail.get("X-Failed-Recipients") or SENT_BY_SERVER.search(_said(mail, "From").lower())
    if not by_server or not FAILED.match(subject) or NOT_YET.search(subject):
        return None
    text = next((_text_of(part) for part in _parts(mail) if part.get_content_type() == "text/plain"), "")
    told = text[:LONGEST]
    return judge(QUOTED.split(told, maxsplit=1)[0] or told, given_up=True)


def _is_junk_report(mail: Message) -> bool:
    reports = [part for part in _parts(mail) if part.get_content_type() == "message/feedback-report"]
    return any(_said(block, "Feedback-Type").lower() == "abuse" for part in reports for block in _blocks(part))


def _is_delivery_report(part: Message) -> bool:
    return part.get_content_type() in ("message/delivery-status", "message/global-delivery-status")


def _parts(mail: Message) -> Iterator[Message]:
    """The parts of a mail from the outside in, so many at most; of the letter that came back, its beginning."""
    waiting, seen = deque([mail]), 0
    while waiting and seen < MOST_PARTS:
        part = waiting.popleft()
        seen += 1
        yield part
        inside = part.get_payload()
        if isinstance(inside, list) and not _is_delivery_report(part):
            waiting.extend(each for each in inside[:MOST_PARTS] if isinstance(each, Message))


def _blocks(part: Message) -> list[Message]:
    """The groups of fields of a report: the mail library knows those of delivery reports, others are text."""
    inside = part.get_payload()
    if not isinstance(inside, list):
        return [message_from_bytes(_text_of(part).lstrip().encode())]
    groups = [each for each in inside[:MOST_GROUPS] if isinstance(each, Message)]
    return [each if each.keys() else message_from_bytes(_text_of(each).encode()) for each in groups]


def _said(mail: Message, name: str) -> str:
    return " ".join(str(mail.get(name, "")).split())


def _text_of(part: Message) -> str:
    try:
        decoded = part.get_payload(decode=True)
    except (MessageError, ValueError, LookupError):
        return ""
    return decoded.decode("utf-8", "replace") if isinstance(decoded, bytes) else ""
