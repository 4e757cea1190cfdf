"""Names and addresses are found in whatever people paste."""

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from web.pages.schools.pasted import LONGEST, MOST, MOST_WITHOUT, Pasted, name_from, pasted

DANA, OLGA = Pasted("Dana Hrubá", "dana@peruc.example"), Pasted("Olga Weissová", "o.weissova@peruc.example")


@pytest.mark.parametrize(
    "text",
    [
        "Dana Hrubá <dana@peruc.example>, Olga Weissová <o.weissova@peruc.example>",
        '"Hrubá, Dana" <dana@peruc.example>; "Weissová, Olga" <o.weissova@peruc.example>',
        "Dana Hrubá\tdana@peruc.example\r\nOlga Weissová\to.weissova@peruc.example\r\n",
        "dana@peruc.example\tDana Hrubá\no.weissova@peruc.example\tOlga Weissová",
        "dana@peruc.example (Dana Hrubá), o.weissova@peruc.example (Olga Weissová)",
        "Dana Hrubá;dana@peruc.example;mentor\nOlga Weissová;o.weissova@peruc.example;mentee",
        "1. Dana Hrubá - dana@peruc.example\n2. Olga Weissová – *o.weissova@peruc.example*",
        "\u200fDana Hrubá dana@peruc.example، Olga Weissová o.weissova@peruc.example?",
        "Hrubá, Dana | dana@peruc.example\nOlga Weissová, teacher <mailto:o.weissova@peruc.example?subject=hi>",
        "Dana  Hrubá (mailto:dana@peruc.example)\n\n\nOlga Weissová, o.weissova@peruc.example.",
        "Dana Hrubá <dana@peruc.example>\nDana <DANA@peruc.example>\nOlga Weissová <o.weissova@peruc.example>",
    ],
)
def test_the_ways_in_which_people_keep_addresses(text):
    assert pasted(text) == [DANA, OLGA]


def test_who_has_no_name_gets_one_and_who_has_no_address_is_named():
    assert pasted("jan.sykora2@peruc.example") == [Pasted("Jan Sykora", "jan.sykora2@peruc.example")]
    assert pasted("petra@peruc\nEva Nová") == [Pasted("Petra", "petra@peruc"), Pasted("Eva Nová", "")]
    assert name_from("42@peruc.example") == "42@peruc.example"
    assert pasted(" \n;;\t ") == []


def test_an_apostrophe_belongs_to_its_address():
    assert pasted("Sean O'Brien <sean.o'brien@school.example>, 'eva@school.example'") == [
        Pasted("Sean O'Brien", "sean.o'brien@school.example"),
        Pasted("Eva", "eva@school.example"),
    ]


def test_addresses_are_counted_and_what_is_none_does_not_hide_them():
    prose = "\n".join(f"line {n} of a mail" for n in range(300))
    found = pasted(f"{prose}\nok@x.example")
    assert found[-1] == Pasted("Ok", "ok@x.example")
    assert sum(not one.mail for one in found) == MOST_WITHOUT
    many = "\n".join(f"Somebody with a long name {n} <n{n}@quite-a-long-name-of-a-school.example>" for n in range(200))
    assert len(pasted(many)) == 200


@pytest.mark.parametrize("hostile", ["a" * LONGEST, "a@" * LONGEST, "@" * LONGEST, "a@b;" * LONGEST, "a@b " * LONGEST])
def test_a_long_text_is_read_in_a_short_time_and_to_a_bound(hostile):
    begun = time.process_time()
    assert len(pasted(hostile)) <= MOST + MOST_WITHOUT + 1
    assert time.process_time() - begun < 1


@given(st.text(max_size=300))
def test_whatever_is_pasted_is_read(text):
    for one in pasted(text):
        assert one.name
        assert len(one.name) <= 120
        assert one.mail == "" or "@" in one.mail


@given(
    st.lists(st.from_regex(r"[a-z]{1,12}@[a-z]{1,9}\.cz", fullmatch=True), max_size=20), st.sampled_from("\n;,،|/ \t")
)
def test_every_address_is_found_once(mails, between):
    assert [one.mail for one in pasted(between.join(mails))] == list(dict.fromkeys(mails))
