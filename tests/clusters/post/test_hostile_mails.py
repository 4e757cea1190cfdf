"""Nothing that people type adds a line, a header, a part, an address or a calendar property to a mail."""

import email
import email.policy
from email.header import decode_header, make_header

import aiosmtplib
import icalendar
import pytest
from aiosmtpd.controller import Controller
from hypothesis import example, given
from hypothesis import strategies as st

from kit.ids import new_id
from services.clusters.post.notices.calendars import addressed
from services.clusters.post.notices.messages import Letter, message
from services.clusters.post.notices.queries import Known
from tests.ports import free_ports

HEADERS = {
    "Content-Type", "MIME-Version", "Subject", "Date", "Message-ID", "From", "To", "Auto-Submitted", "Content-Language",
}  # fmt: skip
HOSTILE = [
    "=?utf-8?q?a=0D=0ABcc:_eve=40evil.test?=",
    "=?utf-8?b?YQ0KQmNjOiBldmVAZXZpbC50ZXN0?=",
    "=?utf-8?q?one?= =?utf-8?q?=0A=0A<h1>two?=",
    '"Eve" <eve@evil.test>, x',
    "eve@evil.test, other@evil.test",
    "a\r\nBcc: eve@evil.test",
    "a\u2028Bcc: eve@evil.test",
    "a\x85Bcc: eve@evil.test",
    "--===============\nContent-Type: text/html",
    "Ž" * 200 + "=?utf-8?q?=0A?=",
    '";X-EVIL=1:mailto:eve@evil.test',
    "a\r\n.\r\nMAIL FROM:<eve@evil.test>",
    "(comment) <>;:",
]


def letter(words, calendar=None):
    return Letter(
        id=new_id(), name=words, mail="dan@school.test", subject=words, language="cs", text=f"{words}\n", spoken={},
        calendar=calendar,
    )  # fmt: skip


def visible(words):
    return " ".join(words.translate(dict.fromkeys((*range(32), *range(127, 160), 8232, 8233), " ")).split())


def check(raw, words):
    parsed = email.message_from_bytes(raw, policy=email.policy.compat32)
    assert set(parsed.keys()) == HEADERS
    assert len(parsed.keys()) == len(HEADERS)
    subject = str(make_header(decode_header(parsed["Subject"])))
    assert visible(subject) == visible(words)
    assert parsed["To"].endswith("<dan@school.test>")
    assert parsed["To"].count("@") == 1
    assert [part.get_content_type() for part in parsed.get_payload()] == ["text/plain", "text/html"]
    assert visible(parsed.get_payload()[0].get_payload(decode=True).decode()) == visible(words)
    html = parsed.get_payload()[1].get_payload(decode=True).decode()
    assert html.count("<h1") == 0


@given(st.one_of(st.sampled_from(HOSTILE), st.text(min_size=1, max_size=300)).filter(lambda words: visible(words)))
@example("=?utf-8?q?a=0D=0ABcc:_eve=40evil.test?=")
def test_words_stay_words_in_every_header_and_part(words):
    words = words.encode("utf-8", "ignore").decode()
    if visible(words):
        check(bytes(message("Staffroom <us@house.test>", letter(words))), words)


class Inbox:
    def __init__(self):
        self.envelopes = []

    async def handle_DATA(self, server, session, envelope):
        self.envelopes.append(envelope)
        return "250 OK"


@pytest.fixture
def smtp():
    inbox = Inbox()
    server = Controller(inbox, hostname="127.0.0.1", port=free_ports()[0])
    server.start()
    yield server.port, inbox
    server.stop()


async def test_a_real_mail_server_gets_one_mail_to_one_address(smtp):
    port, inbox = smtp
    for words in HOSTILE:
        await aiosmtplib.send(message("Staffroom <us@house.test>", letter(words)), hostname="127.0.0.1", port=port)
    assert len(inbox.envelopes) == len(HOSTILE)
    for words, envelope in zip(HOSTILE, inbox.envelopes, strict=True):
        assert envelope.rcpt_tos == ["dan@school.test"]
        assert envelope.mail_from == "us@house.test"
        check(envelope.content, words)


@pytest.mark.parametrize("name", HOSTILE)
def test_a_name_adds_nothing_to_a_calendar(name):
    person_id = new_id()
    lines = ["BEGIN:VCALENDAR", "VERSION:2.0", "PRODID:x", "METHOD:REQUEST", "BEGIN:VEVENT", "UID:1"]
    lines += [f"ORGANIZER:urn:uuid:{person_id}", f"ATTENDEE;PARTSTAT=ACCEPTED:urn:uuid:{person_id}"]
    lines += ["DTSTART:20261125T080000Z", "DTSTAMP:20261125T080000Z", "END:VEVENT", "END:VCALENDAR", ""]
    known = {
        person_id: Known(person_id, name, "en", "UTC", "dan@school.test", person_id, without_content=False, chosen=())
    }
    written = addressed("\r\n".join(lines), known)
    (event,) = icalendar.Calendar.from_ical(written).walk("VEVENT")
    assert sorted(event.keys()) == ["ATTENDEE", "DTSTAMP", "DTSTART", "ORGANIZER", "UID"]
    assert str(event["ATTENDEE"]) == "mailto:dan@school.test"
    assert set(event["ATTENDEE"].params) == {"PARTSTAT", "CN"}
