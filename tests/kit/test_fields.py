"""Shapes on the wire that every service means alike."""

import pytest
from pydantic import TypeAdapter, ValidationError

from kit.fields import Language, Line, OptionalWebAddress, WebAddress, Zone


@pytest.mark.parametrize(
    ("kind", "good"),
    [
        (Line, "Ďáblická škola – مدرسة 👩‍🏫"),
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
        (Line, "  ", "string_too_short"),
        (Line, "Anna\r\nBcc: all", "string_pattern_mismatch"),
        (Line, "Anna\u2028Nováková", "string_pattern_mismatch"),
        (Line, "Anna\x00", "string_pattern_mismatch"),
        (Zone, "Europe/Louny", "zone_unknown"),
        (Language, "Czech!", "string_pattern_mismatch"),
        (WebAddress, "", "link_invalid"),
        (WebAddress, "javascript:alert(1)", "link_invalid"),
        (OptionalWebAddress, "www.zsperuc.cz", "link_invalid"),
    ],
)
def test_what_is_none_is_refused_with_its_code(kind, bad, code):
    with pytest.raises(ValidationError) as refused:
        TypeAdapter(kind).validate_python(bad)
    assert [error["type"] for error in refused.value.errors()] == [code]
