"""Addresses in plain text are found as people mean them."""

import pytest
from bs4 import BeautifulSoup
from hypothesis import given
from hypothesis import strategies as st

from kit.links import linked

MEANT = {
    "see https://peruc.test/plan.": [("https://peruc.test/plan", "https://peruc.test/plan")],
    "(www.skola.test, at noon)": [("www.skola.test", "https://www.skola.test")],
    "“https://a.test/b”": [("https://a.test/b", "https://a.test/b")],
    "https://en.test/wiki/Mentor_(myth)": [
        ("https://en.test/wiki/Mentor_(myth)", "https://en.test/wiki/Mentor_(myth)")
    ],
    "(https://en.test/wiki/Mentor_(myth))": [
        ("https://en.test/wiki/Mentor_(myth)", "https://en.test/wiki/Mentor_(myth)")
    ],
    "https://škola.test/třída?a=1&b=2#c": [
        ("https://škola.test/třída?a=1&b=2#c", "https://škola.test/třída?a=1&b=2#c")
    ],
    "انظر https://مثال.إختبار/صفحة؟ شكرا": [("https://مثال.إختبار/صفحة", "https://مثال.إختبار/صفحة")],
    "请看https://a.test/路径。": [("https://a.test/路径", "https://a.test/路径")],
    "Write to eva.novakova@skola.test.": [("eva.novakova@skola.test", "mailto:eva.novakova@skola.test")],
    "https@skola.test": [("https@skola.test", "mailto:https@skola.test")],
    "HTTPS://A.test and http://b.test": [("HTTPS://A.test", "HTTPS://A.test"), ("http://b.test", "http://b.test")],
    "javascript:alert(1) https:// www. a@b xhttps://no": [],
    "https://a.test/\u202egnp.exe": [("https://a.test/", "https://a.test/")],
}


@pytest.mark.parametrize(("text", "links"), MEANT.items())
def test_an_address_begins_and_ends_where_people_mean(text, links):
    html = BeautifulSoup(linked(text), "html.parser")
    assert [(a.text, a["href"]) for a in html.find_all("a")] == links
    assert html.text == text


@given(st.text(alphabet=st.sampled_from("<>&\"'()[].,:/@ -_~http:/www.aéب\n"), max_size=60))
def test_no_word_is_lost_and_none_can_act(text):
    html = BeautifulSoup(linked(text), "html.parser")
    assert html.text == text
    assert {element.name for element in html.find_all(True)} <= {"a", "bdi"}
    assert all(a["href"].lower().startswith(("http://", "https://", "mailto:")) for a in html.find_all("a"))


def test_an_address_does_not_turn_round_the_words_beside_it():
    assert BeautifulSoup(linked("انظر https://a.test الآن"), "html.parser").select_one("a > bdi")
