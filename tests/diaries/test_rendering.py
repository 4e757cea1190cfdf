"""Markdown becomes HTML that cannot do anything."""

from urllib.parse import urlsplit

import pytest
from bs4 import BeautifulSoup
from hypothesis import given
from hypothesis import strategies as st

from services.diaries.entries import rendering
from services.diaries.entries.rendering import DEEPEST, EXCERPT, TAGS, TooDeep, excerpt, to_html

ATTACKS = [
    "<script>alert(1)</script>",
    "<img src=x onerror=alert(1)>",
    "[click](javascript:alert(1))",
    "[click](  JaVaScRiPt:alert(1))",
    "[click](data:text/html;base64,PHNjcmlwdD4=)",
    "[click](vbscript:x)",
    '<a href="javascript:alert(1)">x</a>',
    "![x](javascript:alert(1))",
    '[x](http://a.test "onmouseover=alert(1)")',
    "<svg/onload=alert(1)>",
    "<iframe src=//evil.test></iframe>",
    "<style>*{display:none}</style>",
    "```<script>alert(1)</script>```",
    "<!--><script>alert(1)</script>-->",
    "&lt;script&gt;alert(1)&lt;/script&gt;",
]


def harmless(html):
    for element in BeautifulSoup(html, "html.parser").find_all(True):
        assert element.name in TAGS
        assert set(element.attrs) <= ({"href", "rel", "title"} if element.name == "a" else set())
        assert urlsplit(element.get("href", "")).scheme in ("http", "https", "mailto", "")


@pytest.mark.parametrize("attack", ATTACKS)
def test_nothing_that_could_act_comes_through(attack):
    harmless(to_html(attack))


@given(st.text(alphabet=st.sampled_from("<>[]()!\"'`*_#&;:/=\n ascriptjvon1"), max_size=80))
def test_nothing_that_could_act_comes_through_whatever_is_typed(text):
    harmless(to_html(text))


def test_what_people_write_looks_as_they_mean():
    html = to_html("# Our day\n\nWe **met** in [Peruc](https://peruc.test).\n\n- one\n- two\n")
    assert "<h2>Our day</h2>" in html
    assert "<strong>met</strong>" in html
    assert '<a href="https://peruc.test" rel="noopener nofollow ugc">Peruc</a>' in html
    assert "<li>one</li>" in html


@pytest.mark.parametrize(
    ("text", "html"),
    [
        ('![a board & a "plan"](https://a.test/b.png)', '<a href="https://a.test/b.png" {}>a board &amp; a "plan"</a>'),
        ("![](https://a.test/b.png)", '<a href="https://a.test/b.png" {}>https://a.test/b.png</a>'),
        ("[![a board](https://a.test/b.png)](https://c.test)", '<a href="https://c.test" {}>a board</a>'),
        ("![a board](javascript:alert(1))", "a board"),
    ],
    ids=["described", "without words", "in a link", "that could act"],
)
def test_a_picture_from_elsewhere_keeps_its_description(text, html):
    assert to_html(text).strip() == "<p>" + html.format('rel="noopener nofollow ugc"') + "</p>"


def test_a_pasted_address_leads_there_but_not_out_of_code():
    links = BeautifulSoup(
        to_html("At https://a.test/x_y_z, [https://b.test](https://c.test), `https://d.test`"), "html.parser"
    )
    assert [a["href"] for a in links.find_all("a")] == ["https://a.test/x_y_z", "https://c.test"]


def test_single_tildes_are_no_line_through_words():
    assert to_html("10~20 and 30~40, ~~not~~") == "<p>10~20 and 30~40, <s>not</s></p>\n"


def test_a_tag_that_is_no_tag_here_is_shown_as_it_was_typed():
    html = to_html("<div>\nhello\n</div>\n\n<b>bold</b>")
    assert html == "<p>&lt;div&gt;\nhello\n&lt;/div&gt;\n</p><p>&lt;b&gt;bold&lt;/b&gt;</p>\n"


def test_an_excerpt_is_plain_and_ends_at_a_word():
    words = excerpt(to_html("**Bold** & <b>true</b> " + "word " * 100))
    assert words.startswith("Bold & <b>true</b> word")
    assert words.endswith("word…")
    assert len(words) <= 221


def test_an_excerpt_shows_what_was_written_and_no_more():
    assert excerpt(to_html("Write `&lt;` for < and `&nbsp;`")) == "Write &lt; for < and &nbsp;"


def test_an_excerpt_reads_the_beginning_alone(monkeypatch):
    read = []
    monkeypatch.setattr(rendering.nh3, "clean", lambda html, **options: read.append(len(html)) or html)
    excerpt("word " * 10_000)
    assert read[0] < 5_000


@pytest.mark.parametrize(
    ("text", "html"),
    [
        ("a\\\nb", "<p>a<br>\nb</p>\n"),
        ("[a]()", "<p>a</p>\n"),
        ("a\n\n***\n\nb", "<p>a</p>\n<hr>\n<p>b</p>\n"),
    ],
)
def test_breaks_rules_and_links_to_nowhere(text, html):
    assert to_html(text) == html


def test_words_go_forty_deep_and_no_deeper():
    """Each quote is one level, and so is the paragraph within."""
    assert to_html("> " * (DEEPEST - 1) + "a").count("<blockquote>") == DEEPEST - 1
    with pytest.raises(TooDeep):
        to_html("> " * DEEPEST + "a")


def test_paragraphs_do_not_run_together_in_an_excerpt():
    assert excerpt("<p>One.</p><p>Two.</p>") == "One. Two."


def test_an_excerpt_is_as_long_as_may_be_and_loses_one_word_at_most():
    whole = "a" * (EXCERPT - 2) + " b"
    assert excerpt(whole) == whole
    assert excerpt(whole + "c d") == "a" * (EXCERPT - 2) + "…"
    assert excerpt("one two " + "c" * EXCERPT) == "one two…"
