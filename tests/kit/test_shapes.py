"""How deep values may nest, and which words have one form."""

from typing import Annotated

import pytest
from pydantic import TypeAdapter, ValidationError
from pydantic_core import PydanticCustomError

from kit.fields import DEEPEST, Line, known_zone, not_deep, one_form, seen, web_address, web_address_or_none


def nested(levels, within):
    value = {}
    for _ in range(levels - 1):
        value = within(value)
    return {"a": value} if levels else {}


@pytest.mark.parametrize("within", [lambda value: {"a": value}, lambda value: [1, value]])
def test_ten_levels_are_taken_and_the_eleventh_is_not(within):
    deepest = nested(DEEPEST - 1, within)
    assert not_deep(deepest) == deepest
    with pytest.raises(PydanticCustomError) as refused:
        not_deep(nested(DEEPEST, within))
    assert (refused.value.type, refused.value.context) == ("too_deep", {"most": DEEPEST})


def test_a_zone_is_one_of_the_database():
    assert known_zone("Asia/Amman") == "Asia/Amman"
    with pytest.raises(PydanticCustomError) as refused:
        known_zone("Asia/Louny")
    assert refused.value.type == "zone_unknown"


def test_a_web_address_is_kept_as_it_was_typed():
    assert web_address("https://škola.test/třída") == "https://škola.test/třída"
    with pytest.raises(PydanticCustomError) as refused:
        web_address("javascript:alert(1)")
    assert refused.value.type == "link_invalid"


def test_no_address_is_one_where_none_is_needed_but_a_wrong_one_is_not():
    assert web_address_or_none("") == ""
    assert web_address_or_none("https://a.test") == "https://a.test"
    for bare in (
        "www.zsperuc.cz",
        "zsperuc.cz/cs/",
        "škola.test",
        "www.a-b.cz:8080/x",
        "a.test?x=a:b",
        "xn--kola-zna.cz",
    ):
        assert web_address_or_none(bare) == f"https://{bare}"
    for other in ("school", "a b.test", "zs@peruc.cz", "javascript:alert(1)", "mailto:zs@peruc.cz", "//a.test", "...",
        "-.-", "1.5", "n.a.", "a..test", "www,a.test", "a.test,b.test", "\\\\a.test", "a.test/x\u202e", "a.b'",
    ):  # fmt: skip
        with pytest.raises(PydanticCustomError):
            web_address_or_none(other)


def test_words_have_one_form():
    assert one_form("e\u0301\u202e ") == "é"


def test_what_nobody_sees_is_no_name():
    assert seen("a") == "a"
    with pytest.raises(PydanticCustomError) as refused:
        seen("\u200b")
    assert refused.value.type == "string_too_short"


def test_a_line_has_an_end_and_no_blanks_around_it():
    name = TypeAdapter(Annotated[str, Line(3)])
    assert name.validate_python("  a b ") == "a b"
    for wrong in ("abcd", "", " "):
        with pytest.raises(ValidationError):
            name.validate_python(wrong)
