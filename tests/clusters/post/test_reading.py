"""What mail servers say of a letter, then and later: read for what it means, and nothing else is."""

import time
import tracemalloc
from uuid import uuid4

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from services.clusters.post.bounces.reading import key_in, key_of, meaning_of, read, said_in
from services.clusters.post.notices.trying import LONGEST, SHORTEST, again_in
from services.clusters.post.unreached.judging import judge
from services.clusters.post.unreached.models import Fault, Reason
from tests.clusters.post import came_back as mails

KEY = uuid4()
TO = f"bounces+{KEY.hex}@house.test"
NOBODY, FULL, REFUSED, SILENT, JUNK = Reason


@pytest.mark.parametrize(
    ("code", "said", "means"),
    [
        (550, "nobody here", NOBODY),
        (550, "5.1.1 <eva@school.test>: Recipient address rejected: User unknown in virtual mailbox table", NOBODY),
        (550, "5.2.1 The email account is disabled", NOBODY),
        (550, "5.4.1 Recipient address rejected: Access denied", NOBODY),
        (552, "5.2.2 Over quota", FULL),
        (452, "4.2.2 Over quota", Fault.passing),
        (451, "4.7.1 Greylisted, come back in 5 minutes", Fault.passing),
        (550, "5.7.1 Message contains spam", REFUSED),
        (554, "5.7.1 <eva@school.test>: Relay access denied", Fault.ours),
        (550, "relay not permitted", Fault.ours),
        (530, "5.7.0 Authentication required", Fault.ours),
        (553, "5.7.1 Sender address rejected: not owned by user", Fault.ours),
        (550, "5.7.26 This mail is unauthenticated: SPF did not pass", Fault.ours),
        (554, "Service unavailable; Client host [192.5.1.1] blocked using zen.spamhaus.org", Fault.ours),
        (550, "5.4.5 Daily sending quota exceeded", Fault.ours),
        (552, "5.3.4 Message size exceeds fixed limit", Fault.ours),
    ],
)
def test_the_answer_to_an_address_is_judged_by_its_cause(code, said, means):
    assert judge(said, code, of_recipient=True) is means


def test_a_bare_refusal_of_the_letter_says_nothing_of_its_address():
    assert judge("no thanks", 550) is REFUSED
    assert judge("no thanks", 550, of_recipient=True) is NOBODY


@pytest.mark.parametrize(
    ("mail", "means"),
    [
        (mails.report(TO), NOBODY),
        (mails.report(TO, returned="text/rfc822-headers"), NOBODY),
        (mails.report(TO, status="5.0.0", diagnostic="x-unix; 550 5.2.2 mailbox full"), FULL),
        (mails.report(TO, status="4.4.1", diagnostic="connect to mx.school.test[192.0.2.1]:25: timed out"), SILENT),
        (mails.report(TO, status="4.2.2", diagnostic="452 4.2.2 over quota"), FULL),
        (mails.report(TO, status="5.7.1", diagnostic="550 5.7.1 rejected by policy"), REFUSED),
        (mails.report(TO, status="5.7.1", diagnostic="550 5.7.1 relaying denied"), Fault.ours),
        (mails.report(TO, action="delayed", status="4.4.1"), None),
        (mails.report(TO, action="relayed", status="2.1.9"), None),
        (mails.report(TO, action="delivered", status="2.0.0"), None),
        (mails.exchange(TO), NOBODY),
        (mails.exchange(TO, "5.1.0", "550 5.1.0 something"), REFUSED),
        (mails.GMAIL_NEW.format(to=TO).encode(), FULL),
        (mails.plain(mails.GMAIL_OLD, TO), NOBODY),
        (mails.plain(mails.GMAIL_OLD, TO, subject="Delivery Status Notification (Delay)"), None),
        (mails.plain(mails.EXIM, TO), NOBODY),
        (mails.plain(mails.EXIM, TO, subject="Warning: message 1abc delayed 24 hours"), None),
        (mails.plain(mails.SENDMAIL, TO), NOBODY),
        (mails.plain(mails.SENDMAIL, TO, subject="Warning: could not send message for past 4 hours"), None),
        (mails.plain(mails.QMAIL, TO), NOBODY),
        (mails.plain(mails.EXCHANGE_2003, TO), NOBODY),
        (mails.ABUSE.format(to=TO, kind="abuse").encode(), JUNK),
        (mails.ABUSE.format(to=TO, kind="not-spam").encode(), None),
        (mails.plain(mails.AWAY, TO), None),
        (mails.READ.format(to=TO).encode(), None),
    ],
)
@pytest.mark.parametrize("ends", [b"\n", b"\r\n"])
def test_a_mail_that_came_back_is_read_whoever_wrote_it(mail, means, ends):
    mail = read(mail.replace(b"\n", ends))
    assert meaning_of(mail) is means
    assert key_of(mail) == KEY


def test_the_key_stands_behind_the_plus_of_the_address_alone():
    assert key_in(KEY.hex) == key_in(TO) == key_in(f"<{TO.upper()}>") == KEY
    for other in ("", "bounces@house.test", f"+{KEY.hex}0@x", f"bounces{KEY.hex}@house.test", "eva"):
        assert key_in(other) is None
    quoting = mails.report("bounces@house.test", diagnostic=f"550 5.1.1 <{TO}>")
    assert key_of(read(quoting)) is None


SAMPLES = [
    mails.report(TO),
    mails.exchange(TO),
    mails.plain(mails.EXIM, TO),
    mails.ABUSE.format(to=TO, kind="abuse").encode(),
]


@settings(max_examples=300, deadline=None)
@given(st.sampled_from(SAMPLES), st.data())
def test_whatever_comes_it_is_read_or_passed_over(sample, data):
    for _ in range(data.draw(st.integers(1, 6))):
        at = data.draw(st.integers(0, len(sample)))
        cut = data.draw(st.integers(0, 40))
        sample = sample[:at] + data.draw(st.binary(max_size=20)) + sample[at + cut :]
    assert said_in(sample).meaning in {None, *Reason, *Fault}


NESTED = b"".join(b"Content-Type: multipart/mixed; boundary=b%d\n\n--b%d\n" % (n, n) for n in range(3000))
LETTERS = b"Content-Type: message/rfc822\n\n" * 9000
WIDE = b"Content-Type: multipart/report; boundary=b\n\n" + b"--b\n\n" * 60_000
LINES = b"From: MAILER-DAEMON@x\nSubject: failure notice\n\n" + b"-" * 300_000
GROUPS = b"Content-Type: message/delivery-status\n\n" + b"Action: failed\n\n" * 16_000
EIGHT_DEEP = (
    b"".join(b"Content-Type: multipart/mixed; boundary=b%d\n\n--b%d\n" % (n, n) for n in range(20)) + b"\n" * 300_000
)


NOTHING_BUT_GROUPS = b"Content-Type: message/delivery-status\n" + b"\n" * 250_000


@pytest.mark.parametrize("mail", [NESTED, LETTERS, WIDE, LINES, GROUPS, EIGHT_DEEP, b"", b"\x00" * 300_000])
def test_a_mail_that_is_made_to_take_long_does_not(mail):
    began = time.process_time()
    said_in(mail)
    assert time.process_time() - began < 5


def test_a_mail_that_is_made_to_take_much_does_not():
    tracemalloc.start()
    said_in(NOTHING_BUT_GROUPS)
    most = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert most < 32 * 1024 * 1024


@pytest.mark.parametrize("charset", ["charset*=''x", "charset*=x''y''z", "charset*0*=''x; charset*1=y", 'charset="\0"'])
def test_a_mail_in_a_script_that_there_is_not_is_read_or_passed_over(charset):
    mail = mails.plain(mails.EXIM, TO).replace(b"charset=us-ascii", charset.encode()) + b"\xc5"
    assert said_in(mail).meaning in {None, *Reason}


def test_the_pauses_grow_and_end():
    tried_for = 12 * LONGEST
    age, pauses = SHORTEST * 0, []
    while pause := again_in(age, tried_for):
        pauses.append(pause)
        age += pause
    assert pauses[0] == SHORTEST
    assert pauses == sorted(pauses)
    assert pauses[-1] == LONGEST
    assert tried_for <= age < tried_for + LONGEST
    assert len(pauses) < 25
