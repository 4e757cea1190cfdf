"""Shapes on the wire that every service means alike."""

import unicodedata
from typing import Annotated

import pytest
from pydantic import TypeAdapter, ValidationError

from kit.fields import Language, Line, OptionalWebAddress, WebAddress, Zone

NAME = Annotated[str, Line(200)]


@pytest.mark.parametrize(
    ("kind", "good"),
    [
        (NAME, "Ďáblická škola – مدرسة 👩‍🏫"),
        (Zone, "Europe/Prague"),
        (Language, "pt-BR"),
        (WebAddress, "https://www.zslenešice.cz/"),
        (OptionalWebAddress, ""),
    ],
)
def test_what_is_meant_is_kept_as_it_was_typed(kind, good):
    assert TypeAdapter(kind).validate_python(good) == good


@pytest.mark.parametrize(
    ("kind", "bad", "code"),
    [
        (NAME, "  ", "string_too_short"),
        (NAME, "\u200b\u2060\ufeff", "string_too_short"),
        (NAME, "\u3164\u115f", "string_too_short"),
        (NAME, "\u0301\ufe0f", "string_too_short"),
        (NAME, "\u202e\u2066 \u2069", "string_too_short"),
        (NAME, "\u2800", "string_too_short"),
        (NAME, "\U000e0041", "string_too_short"),
        (NAME, "x" * 201, "string_too_long"),
        (NAME, "Anna\r\nBcc: all", "string_pattern_mismatch"),
        (NAME, "Anna\u2028Nováková", "string_pattern_mismatch"),
        (NAME, "Anna\x00", "string_pattern_mismatch"),
        (Zone, "Europe/Louny", "zone_unknown"),
        (Language, "Czech!", "string_pattern_mismatch"),
        (WebAddress, "", "link_invalid"),
        (WebAddress, "http:/www.zsperuc.cz", "link_invalid"),
        (WebAddress, "javascript:alert(1)", "link_invalid"),
        (OptionalWebAddress, "mailto:zs@peruc.cz", "link_invalid"),
    ],
)
def test_what_is_none_is_refused_with_its_code(kind, bad, code):
    with pytest.raises(ValidationError) as refused:
        TypeAdapter(kind).validate_python(bad)
    assert [error["type"] for error in refused.value.errors()] == [code]


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        (unicodedata.normalize("NFD", "Ďáblice"), "Ďáblice"),
        ("\u202egnp.exe", "gnp.exe"),
        ("\u2067open", "open"),
        ("end\u2069", "end"),
        ("\u2066left\u2069 \u2067ימין\u2069", "\u2066left\u2069 \u2067ימין\u2069"),
        ("\u2066a\u202bb\u2069", "ab"),
        ("\u200fשלום", "\u200fשלום"),
    ],
    ids=["composed", "overridden", "opened", "closed", "paired", "crossed", "a mark"],
)
def test_a_line_has_one_form_and_turns_nothing_around_it(typed, kept):
    assert TypeAdapter(NAME).validate_python(typed) == kept
