"""What every page is held to, whoever fetches it."""

import re

from bs4 import BeautifulSoup, Tag

CODE_WORD = re.compile(r"\b[a-z]+(?:_[a-z]+)+\b|%\(|\{\{|\bUndefined\b|\bNone\b")
FILLED = "a.button:not(.plain, .link), button.button:not(.plain, .link)"
FIELDS = "input:not([type=hidden]), select, textarea"
REFERENCES = ("for", "list", "aria-labelledby", "aria-describedby")
QUOTED = ".letter, pre, textarea, datalist, script, .reading, [data-quoted]"


def parse(html: str) -> BeautifulSoup:
    return BeautifulSoup(html, "html5lib")


def check_page(page: BeautifulSoup) -> None:
    """Raises AssertionError that says what is wrong with a whole page."""
    html = page.select_one("html")
    assert html
    assert html.get("lang")
    assert html.get("dir") in ("ltr", "rtl")
    assert page.title
    assert page.title.text.removesuffix("Staffroom").strip(" ·\n")
    assert len(page.select("h1")) == 1
    assert page.select_one("h1").get_text(strip=True)
    assert len(page.select("main")) == 1
    check_part(page)


def check_part(part: Tag) -> None:
    """What also a swapped part is held to."""
    ids = [str(tag["id"]) for tag in part.select("[id]")]
    assert len(ids) == len(set(ids)), sorted({each for each in ids if ids.count(each) > 1})
    for name in REFERENCES:
        for tag in part.select(f"[{name}]"):
            assert set(str(tag[name]).split()) <= set(ids), (name, tag)
    for form in part.select("form"):
        assert form.get("method", "").lower() in ("post", "get"), form
        assert form.get("action", "").startswith("/"), form
        assert form.select_one("button, input[type=submit]"), form
        assert form.get("hx-post") in (None, form["action"]), form
    for card in part.select(".card"):
        assert len(card.select(FILLED)) <= 1, card.select(FILLED)
    for field in part.select(FIELDS):
        assert is_labelled(part, field), field
    for control in part.select("button, a[href], summary"):
        assert control.get_text(strip=True) or control.get("aria-label"), control
    assert not part.select("style, [style], script:not([src]), iframe, object, embed")
    assert not [tag for tag in part.find_all(True) if any(name.startswith("on") for name in tag.attrs)]
    check_words(part)


def is_labelled(part: Tag, field: Tag) -> bool:
    label = part.select_one(f'label[for="{field["id"]}"]') if field.get("id") else None
    label = label or field.find_parent("label")
    return bool(field.get("aria-label") or (label and label.get_text(strip=True)))


def check_words(part: Tag) -> None:
    """No code where a reader expects words; what people wrote themselves is theirs."""
    quoted = {id(text) for tag in part.select(QUOTED) for text in tag.find_all(string=True)}
    for text in part.find_all(string=True):
        if id(text) in quoted or text.parent is None:
            continue
        assert not (found := CODE_WORD.search(text)), (found, str(text.parent)[:300])
