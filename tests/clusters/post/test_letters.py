"""Letters, in every language, and the mails that they become."""

import email
import email.policy
from typing import get_args
from uuid import uuid4

import pytest

from kit.languages import SPOKEN
from services.clusters.post.kinds.kinds import KINDS
from services.clusters.post.kinds.wording import HERE, line_of, spoken_in, write_letter
from services.clusters.post.notices.messages import Letter, message
from services.clusters.post.notices.schemas import NoticeKind

STARTS, ENDS = "2030-05-01T08:00:00+00:00", "2030-05-01T09:30:00+00:00"
JOIN = "https://meet.test/room"
ROOM = {"online": True, "join": JOIN, "place": "", "waits": False}
SITE = {"online": False, "join": "", "place": "Peruc", "waits": False}
LINE = {"online": False, "join": "", "place": "Peruc", "waits": True}
LINE_OF_ROOM = LINE | {"place": ""}
WHEN = {"starts_at": STARTS, "ends_at": ENDS, "path": "/events/1"}
EVENT = {"title": "Čtení a psaní", "language": "cs", "position": 2, "elsewhere": ""} | WHEN
NEWS = ("time", "place", "moved_online", "moves_online", "moves_site", "gets_seat", "waits", "line_ends")
SAID = {"text": "How long\ndid it take?", "text_language": "en"}
HELP = {"title": "Kdo to platí?", "language": "cs", "cluster": "Louny", "due_at": STARTS, "path": "/help/1"}
TODO = {
    "title": "Pošlete termíny", "language": "cs", "cluster": "Louny", "due": "2026-12-18", "path": "/clusters/1/todos",
}  # fmt: skip
PROPOSAL = {"title": "Odpovíme do týdne", "language": "cs", "cluster": "Louny", "path": "/proposals/1"}
ASKED = {"process": "consent", "ends_at": ENDS}
PLAN = {"cluster": "Louny", "year": "2026/27", "path": "/plans/1"}
LETTERS = {
    "comment_posted": [
        {"by": "Ben", "as": kind, "title": "Peruc", "language": "cs", "path": "/entries/1"} | SAID
        for kind in ("question", "reply", "takeaway", "suggestion")
    ],
    "help_asked": [HELP | {"by": by, "text": text} for by, text in (("", ""), ("Ines", "Two of twelve came."))],
    "help_answered": [HELP | {"by": by, "text": "Your county does."} for by in ("", "Petr")],
    "help_climbed": [HELP | {"by": by, "text": text} for by, text in (("", ""), ("Ines", "Two of twelve came."))],
    "todo_set": [
        TODO | {"by": by, "is_suggestion": said} | more
        for by in ("", "Nora")
        for said in (True, False)
        for more in ({}, SAID)
    ],
    "todo_changed": [TODO | {"by": by} for by in ("", "Nora")],
    "todo_reminded": [TODO | {"by": by} for by in ("", "Nora")],
    "proposal_made": [PROPOSAL | ASKED | {"by": by} | text for by in ("", "Anna") for text in ({}, SAID)],
    "proposal_round": [
        PROPOSAL | SAID | asked | {"process": process}
        for process in ("consent", "still_holds")
        for asked in ({}, ASKED)
    ],
    "proposal_raised": [PROPOSAL | ASKED | SAID | {"by": by} for by in ("", "Ben")],
    "proposal_answered": [PROPOSAL | ASKED | SAID | {"by": by} for by in ("", "Anna")],
    "proposal_ended": [
        PROPOSAL | SAID | {"state": state} for state in ("decided", "not_decided", "taken_back", "ended")
    ],
    "plan_handed_in": [PLAN | {"by": by} for by in ("", "Anna")],
    "plan_approved": [PLAN | {"by": by} | word for by in ("", "Nora") for word in ({}, SAID)],
    "plan_change_asked": [PLAN | SAID | {"by": by} for by in ("", "Nora")],
    "event_cancelled": [
        EVENT | {"reason": reason, "cluster_closed": closed}
        for reason, closed in (("", False), ("Flu", False), ("", True))
    ],
    "event_announced": [
        EVENT | {"by": by, "place": place, "online": online}
        for by, place, online in (("Anna", "Peruc", True), ("", "", True), ("Anna", "Peruc", False))
    ],
    "event_changed": [
        EVENT | where | {"what": what, "reason": "Ice"}
        for what in (["link"], ["time", "link"], *([code] for code in NEWS))
        for where in (ROOM, SITE, LINE, LINE_OF_ROOM)
    ],
    "event_described": [EVENT],
    "invitation": [
        {"school": "Peruc", "by": by, "role": role, "days": 14, "path": "/x"}
        for by in ("", "Anna")
        for role in ("teacher", "coordinator", "head")
    ],
    "invitation_proposed": [
        {"name_invited": "Eva", "school": "Peruc", "by": by, "by_code": by_code, "by_account": account, "path": "/x"}
        for by, by_code, account in (
            ("", False, ""),
            ("Anna", False, ""),
            ("", True, ""),
            ("", False, "Escola Digital"),
        )
    ]
    + [
        {"name_invited": "Eva", "school": "Peruc", "by": "", "by_account": "Escola Digital", "path": "/x"} | said
        for said in (
            {"account_name": "Jan Malý", "differs": ["name"]},
            {"differs": ["no_name", "no_mail"]},
            {"account_name": "Eva", "differs": ["no_mail"]},
        )
    ],
    "invitation_unreached": [
        {"name_invited": "Eva", "school": school, "reason": reason, "path": "/x"}
        for school in ("", "Peruc")
        for reason in ("no_such_address", "mailbox_full", "refused", "no_answer")
    ],
    "school_asked": [
        {"by": by, "school": "Peruc", "cluster": "Louny", "role": role, "word": "Come!", "path": "/x"}
        for by in ("", "Anna")
        for role in ("mentor", "mentee")
    ],
    "school_answered": [
        {"by": "Anna", "school": "Peruc", "cluster": "Louny", "accepted": accepted, "word": "Gladly.", "path": "/x"}
        for accepted in (True, False)
    ],
    "news": [{"path": "/x"}],
    "digest": [
        {"lines": [{"text": "Anna asks", "path": "/entries/1"}] * lines, "news": news, "path": "/x"}
        for lines, news in ((1, 1), (2, 5))
    ],
    "cluster_closed": [
        {"by": by, "cluster": "Louny", "word": word, "path": "/x"} for by, word in (("", ""), ("Anna", "Until autumn."))
    ],
    "approach_changed": [
        {"by": by, "cluster": "Louny", "approach": approach, "word": word, "path": "/x"}
        for by, word in (("", ""), ("Anna", "You do it well alone."))
        for approach in ("top_down", "bottom_up")
    ],
    "school_released": [{"by": by, "school": "Peruc", "cluster": "Louny", "path": "/x"} for by in ("", "Anna")],
    "school_left": [{"by": by, "school": "Peruc", "cluster": "Louny", "path": "/x"} for by in ("", "Anna")],
    "colleague_left": [
        {"by": by, "school": "Peruc", "path": "/x", "leads_no_longer": lead}
        for by in ("", "Cara")
        for lead in (True, False)
    ],
    "staff_ended": [
        {"by": by, "school": "Peruc", "path": "/profile", "leads_no_longer": lead}
        for by in ("", "Anna")
        for lead in (True, False)
    ],
    "identity_connected": [{"provider": "Escola Digital", "path": "/profile"}],
    "identity_disconnected": [{"provider": "Escola Digital", "path": "/profile"}],
    "archive_made": [{"days": 7, "path": "/profile/archive"}],
    "cluster_reopened": [{"by": by, "cluster": "Louny", "path": "/x"} for by in ("", "Anna")],
    "office_invitation": [
        {"office": office, "country": "CZ", "by": "", "days": 14, "path": "/x"}
        for office in ("national_coordinator", "programme_coordinator")
    ],
    "registration_moved": [EVENT | ROOM, EVENT | SITE],
    "registration_placed": [EVENT | ROOM, EVENT | SITE],
    "registration_waiting": [
        EVENT | LINE,
        EVENT | LINE_OF_ROOM,
        EVENT | LINE | {"online": True, "join": JOIN},
        EVENT | LINE | {"elsewhere": "Lenešice"},
    ],
    "registration_withdrawn": [EVENT],
    "way_in_changed": [
        {"what": what, "passkey": "My phone", "address": "new@home.test", "path": "/profile"}
        for what in get_args(KINDS["way_in_changed"].model_fields["what"].annotation)
    ],
    "address_confirmation": [{"minutes": 60, "path": "/profile/addresses/link?key=x"}],
    "address_wanted": [{"path": "/sign-in"}],
    "sign_in_link": [{"minutes": 30, "path": "/sign-in/link?key=x"}],
}
# How many lines such a kind has, by what else is known of it.
LINES = {"comment_posted": 3, "proposal_made": 2, "proposal_round": 2, "proposal_ended": 4}


def test_every_letter_is_tried():
    assert {file.stem for file in HERE.glob("texts/*.txt")} == KINDS.keys() == LETTERS.keys()


def test_a_service_tells_what_is_shown_in_the_app_or_changes_a_calendar():
    own = {"invitation", "office_invitation", "way_in_changed", "sign_in_link", "news", "digest"}
    own |= {"address_confirmation", "address_wanted"}
    assert set(get_args(NoticeKind)) == KINDS.keys() - own


@pytest.mark.parametrize("language", [*SPOKEN, "cs-CZ", "xx"])
@pytest.mark.parametrize("kind", [kind for kind in KINDS.values() if kind.in_app])
def test_every_kind_has_its_line_in_every_language(kind, language):
    lines = set()
    for params in LETTERS[kind.name]:
        spans = line_of(kind, params, language)
        typed = {span.text: span.language for span in spans if span.typed}
        assert typed.items() <= {params.get("title"): "cs", params.get("by"): None}.items() | {
            (params.get(name), None) for name in ("name_invited", "account_name", "school", "cluster", "provider")
        }
        assert typed or kind.is_awaited, "what it is about"
        lines.add("".join(span.text for span in spans))
        assert "\ufdd0" not in "".join(lines)
    if kind.name == "event_changed":
        assert len(lines) == 6
    elif kind.name in LINES:
        assert len(lines) == LINES[kind.name]


def test_a_line_is_said_in_the_language_of_its_reader():
    said = {language: line_of(KINDS["event_cancelled"], EVENT, language) for language in SPOKEN}
    words = {language: [span.text for span in spans if not span.typed] for language, spans in said.items()}
    assert len({tuple(each) for each in words.values()}) == len(SPOKEN)


def test_a_line_that_an_older_version_has_told_is_still_said():
    for kind in KINDS.values():
        if kind.in_app:
            line_of(kind, {}, "en")


@pytest.mark.parametrize("language", [*SPOKEN, "cs-CZ", "xx"])
@pytest.mark.parametrize("kind", LETTERS)
def test_every_letter_is_written_in_every_language(kind, language):
    for params in LETTERS[kind]:
        subject, text = write_letter(
            KINDS[kind], params, name="Dán", language=language, zone="Asia/Amman", base_url="http://house.test"
        )
        assert subject
        assert "\n" not in subject
        assert "http://house.test" + params["path"] in text.splitlines()
        # Czech greets without a name: it would need its vocative.
        assert ("Dán" in text) != KINDS[kind].is_nameless or language.startswith("cs")
        assert "{" not in text + subject
        assert (JOIN in text.splitlines()) == (params.get("join") == JOIN)


def test_a_letter_says_the_time_where_its_reader_is():
    kind, params = KINDS["registration_placed"], LETTERS["registration_placed"][0]
    _, text = write_letter(kind, params, name="D", language="en", zone="Asia/Amman", base_url="")
    assert "Wednesday, 1 May 2030, 11:00–12:30 (Amman)" in text


def test_a_mail_has_the_text_the_same_as_html_and_the_calendar():
    calendar = "BEGIN:VCALENDAR\r\nVERSION:2.0\r\nPRODID:x\r\nMETHOD:CANCEL\r\nEND:VCALENDAR\r\n"
    text = "Hello <b>\n\nhttp://house.test/x?a=1&b=2\n"
    letter = Letter(
        id=uuid4(),
        name="دان <script>",
        mail="dan@school.test",
        subject="Cancelled: a",
        language="ar",
        text=text,
        calendar=calendar,
    )
    sent = message("Staffroom <us@house.test>", letter)
    parsed = email.message_from_bytes(bytes(sent), policy=email.policy.default)
    plain, html, ics = parsed.iter_parts()
    assert (parsed["Content-Language"], parsed["To"].addresses[0].addr_spec) == ("ar", "dan@school.test")
    assert [part.get_content_type() for part in (plain, html, ics)] == [
        "text/plain",
        "text/html",
        "text/calendar",
    ]
    assert ics.get_param("method") == "CANCEL"
    assert 'dir="rtl"' in html.get_content()
    assert "&lt;b&gt;" in html.get_content()
    assert '<a href="http://house.test/x?a=1&amp;b=2" ' in html.get_content()


def test_a_letter_that_the_version_before_has_queued_is_still_written():
    online = {"title": "Peruc", "online": True, "place": "", "position": 0} | WHEN
    queued = {
        "comment_posted": {"by": "Ben", "as": "reply", "title": "Peruc", "path": "/x"},
        "event_changed": online | {"what": ["places"], "reason": ""},
        "registration_moved": online,
        "registration_placed": online,
        "registration_waiting": online,
    }
    for kind, params in queued.items():
        assert write_letter(KINDS[kind], params, name="D", language="en", zone="UTC", base_url="http://house.test")


def test_words_of_another_direction_turn_none_around_them():
    params = EVENT | {"title": "Tichá hodina", "reason": "Sníh\nNáledí", "language": "cs"}
    subject, text = write_letter(
        KINDS["event_cancelled"], params, name="دان", language="ar", zone="Asia/Amman", base_url="http://house.test"
    )
    assert "\u2068Tichá hodina\u2069" in subject
    assert {"\u2068Tichá hodina\u2069", "\u2068Sníh\u2069", "\u2068Náledí\u2069"} <= set(text.splitlines())
    assert spoken_in(KINDS["event_cancelled"], params, "ar") == {"\u2068Tichá hodina\u2069": "cs"}
    subject, text = write_letter(KINDS["event_cancelled"], params, name="Dan", language="cs", zone="UTC", base_url="")
    assert "\u2068" not in subject + text
