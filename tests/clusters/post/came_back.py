"""Mails that come back, as mail servers write them: of invented people, in the shapes of real ones."""

REPORT = """\
Return-Path: <>
From: MAILER-DAEMON@mx.school.test (Mail Delivery System)
To: {to}
Subject: {subject}
Auto-Submitted: auto-replied
MIME-Version: 1.0
Content-Type: multipart/report; report-type=delivery-status; boundary="=_{boundary}"

--=_{boundary}
Content-Description: Notification
Content-Type: text/plain; charset=us-ascii

This is the mail system at host mx.school.test.

--=_{boundary}
Content-Description: Delivery report
Content-Type: message/delivery-status

Reporting-MTA: dns; mx.school.test
X-Postfix-Queue-ID: 4F2A71
Arrival-Date: Thu, 26 Nov 2026 09:00:00 +0100 (CET)

Final-Recipient: rfc822; eva@school.test
Original-Recipient: rfc822;eva@school.test
Action: {action}
Status: {status}
Remote-MTA: dns; mail.school.test
Diagnostic-Code: smtp; {diagnostic}

--=_{boundary}
Content-Description: Undelivered Message
Content-Type: {returned}

Return-Path: <{to}>
From: Staffroom <staffroom@house.test>
To: Eva <eva@school.test>
Subject: An invitation

--=_{boundary}--
"""
USUAL = {
    "subject": "Undelivered Mail Returned to Sender",
    "boundary": "4F2A71.1",
    "action": "failed",
    "status": "5.1.1",
    "diagnostic": "550-5.1.1 The email account that you tried to reach does\n    550 5.1.1 not exist.",
    "returned": "message/rfc822",
}
EXCHANGE = """\
From: Microsoft Outlook <MicrosoftExchange1@school.test>
To: {to}
Subject: =?iso-2022-jp?B?GyRCR1s/LkVZR1suGyhC?=
X-MS-Exchange-Message-Is-Ndr:
Auto-Submitted: auto-replied
Content-Type: multipart/report; report-type=delivery-status; boundary="b1"

--b1
Content-Type: multipart/alternative; differences=Content-Type; boundary="b2"

--b2
Content-Type: text/plain; charset="iso-2022-jp"

Your message could not be delivered.
--b2
Content-Type: text/html; charset="iso-2022-jp"

<p>Your message could not be delivered.</p>
--b2--
--b1
Content-Type: message/delivery-status

Reporting-MTA: dns;DB9PR01.school.test
Received-From-MTA: dns;house.test

Final-Recipient: rfc822;eva@school.test
Action: failed
Status: {status}
Diagnostic-Code: smtp;{diagnostic}
X-Display-Name: Eva

--b1
Content-Type: message/rfc822

Subject: An invitation

--b1--
"""
GMAIL_NEW = """\
From: Mail Delivery Subsystem <mailer-daemon@mail.test>
To: {to}
Auto-Submitted: auto-replied
Subject: Delivery Status Notification (Failure)
X-Failed-Recipients: eva@school.test
Content-Type: multipart/report; boundary="0001"; report-type=delivery-status

--0001
Content-Type: multipart/related; boundary="0002"

--0002
Content-Type: multipart/alternative; boundary="0003"

--0003
Content-Type: text/plain; charset="UTF-8"

** Address not found **
--0003--
--0002
Content-Type: image/png; name="icon.png"
Content-Transfer-Encoding: base64

iVBORw0KGgo=
--0002--
--0001
Content-Type: message/delivery-status

Reporting-MTA: dns; mail.test
Final-Recipient: rfc822; eva@school.test
Action: failed
Status: 5.2.2
Diagnostic-Code: smtp; 552-5.2.2 The recipient's inbox is out of storage space.

--0001--
"""
PLAIN = """\
From: {sender}
To: {to}
Subject: {subject}
Auto-Submitted: auto-replied
{header}Content-Type: text/plain; charset={charset}

{text}
"""
GMAIL_OLD = {
    "sender": "Mail Delivery Subsystem <mailer-daemon@mail.test>",
    "subject": "Delivery Status Notification (Failure)",
    "header": "X-Failed-Recipients: eva@school.test\n",
    "charset": "ISO-8859-1",
    "text": "Delivery to the following recipient failed permanently:\n\n     eva@school.test\n\n"
    "The error that the other server returned was: 550 550 5.1.1 User unknown (state 14).\n\n"
    "----- Original message -----\n\nquota exceeded, mailbox full, blocked using a list",
}
EXIM = {
    "sender": "Mail Delivery System <Mailer-Daemon@mx.school.test>",
    "subject": "Mail delivery failed: returning message to sender",
    "header": "X-Failed-Recipients: eva@school.test\n",
    "charset": "us-ascii",
    "text": "A message that you sent could not be delivered to one or more of its recipients.\n\n  eva@school.test\n"
    "    SMTP error from remote mail server after RCPT TO:<eva@school.test>:\n    550 Unrouteable address\n\n"
    "------ This is a copy of the message, including all the headers. ------\n\nSubject: x",
}
SENDMAIL = {
    "sender": "Mail Delivery Subsystem <MAILER-DAEMON@mx.school.test>",
    "subject": "Returned mail: see transcript for details",
    "header": "",
    "charset": "us-ascii",
    "text": "   ----- The following addresses had permanent fatal errors -----\n<eva@school.test>\n"
    "    (reason: 550 5.2.1 <eva@school.test>... Mailbox disabled for this recipient)\n",
}
QMAIL = {
    "sender": "MAILER-DAEMON@mx.school.test",
    "subject": "failure notice",
    "header": "",
    "charset": "us-ascii",
    "text": "Hi. This is the qmail-send program at mx.school.test.\nI'm afraid I wasn't able to deliver your message.\n"
    "\n<eva@school.test>:\nSorry, no mailbox here by that name. (#5.1.1)\n\n"
    "--- Below this line is a copy of the message.\n",
}
EXCHANGE_2003 = {
    "sender": "System Administrator <postmaster@school.test>",
    "subject": "Undeliverable: An invitation",
    "header": "",
    "charset": "utf-8",
    "text": "Your message did not reach some or all of the intended recipients.\n\n  eva@school.test\n"
    "    There was a SMTP communication problem with the recipient's email server.\n"
    "    <mx.school.test #5.1.1 smtp;550 5.1.1 RESOLVER.ADR.RecipNotFound; not found>\n",
}
ABUSE = """\
From: feedback@mail.test
To: abuse@house.test
Subject: FW: An invitation
Content-Type: multipart/report; report-type=feedback-report; boundary="part1"

--part1
Content-Type: text/plain

This is an email abuse report.
--part1
Content-Type: message/feedback-report

Feedback-Type: {kind}
User-Agent: SomeGenerator/1.0
Version: 1
Original-Mail-From: <{to}>

--part1
Content-Type: message/rfc822

Return-Path: <{to}>
Subject: An invitation

Hello
--part1--
"""
AWAY = {
    "sender": "Eva <eva@school.test>",
    "subject": "Automatic reply: An invitation",
    "header": "X-Auto-Response-Suppress: All\n",
    "charset": "utf-8",
    "text": "I am away until 550 5.1.1 user unknown.",
}
READ = """\
From: Eva <eva@school.test>
To: {to}
Subject: Read: An invitation
Content-Type: multipart/report; report-type=disposition-notification; boundary="r"

--r
Content-Type: text/plain

Your message was read.
--r
Content-Type: message/disposition-notification

Final-Recipient: rfc822;eva@school.test
Disposition: manual-action/MDN-sent-manually; displayed

--r--
"""


def report(to, **changes):
    return REPORT.format(**USUAL | changes, to=to).encode()


def exchange(to, status="5.1.10", diagnostic="550 5.1.10 RESOLVER.ADR.RecipientNotFound; not found"):
    return EXCHANGE.format(to=to, status=status, diagnostic=diagnostic).encode()


def plain(kind, to, **changes):
    return PLAIN.format(**kind | changes, to=to).encode()
