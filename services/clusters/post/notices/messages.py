"""A letter as the message that mail servers carry.

What people typed never stands in a header as it is: every word of theirs is an encoded word. The mail library's own
headers read their values again, take what looks like an encoded word for one, and (in older releases) write its line
ends out.
"""

import re
from email.header import Header
from email.message import Message
from email.mime.multipart import MIMEMultipart
from email.mime.text import MIMEText
from email.utils import format_datetime, parseaddr
from html import escape
from uuid import UUID

from pydantic import BaseModel

from kit.clock import real_now
from kit.links import linked
from services.clusters.directory.people.addresses import for_servers
from services.clusters.post.kinds.wording import locale_of
from services.clusters.post.notices.calendars import method_of

CONTROLS = re.compile(r"[\x00-\x1f\x7f-\x9f\u2028\u2029]+")


class Letter(BaseModel):
    """A mail that is written, to the person `name` at the address `mail`; `id` names it, however often it is sent.

    `spoken` are the lines that are in a language of their own; `unsubscribe` is where its kind is stopped.
    `return_key` names it when it comes back; `is_aside` where it goes to another address than their letters do.
    """

    id: UUID
    name: str
    mail: str
    subject: str
    language: str
    text: str
    calendar: str | None
    spoken: dict[str, str] = {}
    unsubscribe: str | None = None
    return_key: UUID | None = None
    is_aside: bool = False


def message(sender: str, letter: Letter) -> Message:
    """A mail with the text, the same as simple HTML, and the calendar as the part that calendars look for."""
    name, typed = parseaddr(sender)
    from_address = for_servers(typed)
    mail = MIMEMultipart("alternative")
    mail["Subject"] = _encoded(letter.subject, "Subject")
    mail["Date"] = format_datetime(real_now())
    mail["Message-ID"] = f"<{letter.id}@{from_address.rpartition('@')[2]}>"
    mail["From"] = _named(name, from_address, "From")
    mail["To"] = _named(letter.name, for_servers(letter.mail), "To")
    mail["Auto-Submitted"] = "auto-generated"
    mail["Content-Language"] = letter.language
    if letter.unsubscribe:
        # One click (RFC 8058): mail programs post to it, without cookies, and show their own button.
        mail["List-Unsubscribe"] = f"<{letter.unsubscribe}>"
        mail["List-Unsubscribe-Post"] = "List-Unsubscribe=One-Click"
    mail.attach(MIMEText(letter.text, "plain", "utf-8"))
    mail.attach(MIMEText(_html(letter), "html", "utf-8"))
    if letter.calendar:
        part = MIMEText(letter.calendar, "calendar", "utf-8")
        part.set_param("method", method_of(letter.calendar))
        mail.attach(part)
    return mail


def _encoded(words: str, header: str) -> str:
    """Encoded words of 75 characters at most, folded; ASCII too, so that none of it is read as anything else."""
    return Header(CONTROLS.sub(" ", words), "utf-8", header_name=header).encode()


def _named(name: str, address: str, header: str) -> str:
    """A name in encoded words, and the address behind it."""
    return f"{_encoded(name, header)} <{address}>" if name else address


def _html(letter: Letter) -> str:
    def line(words: str) -> str:
        language = letter.spoken.get(words.strip())
        return f"<span {_marked(language)}>{linked(words)}</span>" if language else linked(words)

    paragraphs = (p.strip() for p in letter.text.split("\n\n"))
    body = "".join(f"<p>{'<br>'.join(map(line, p.splitlines()))}</p>" for p in paragraphs if p)
    return f"<!doctype html><html {_marked(letter.language)}><body>{body}</body></html>"


def _marked(language: str) -> str:
    direction = "rtl" if locale_of(language).text_direction == "rtl" else "ltr"
    return f'lang="{escape(language)}" dir="{direction}"'
