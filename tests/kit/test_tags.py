"""Entity tags are read as RFC 9110 writes them."""

import pytest

from kit.tags import Tags, tags_in


@pytest.mark.parametrize(
    ("header", "tags"),
    [
        ("*", Tags(any=True)),
        (" * ", Tags(any=True)),
        ('"1"', Tags(strong=frozenset({"1"}))),
        ('W/"1"', Tags(weak=frozenset({"1"}))),
        ('"1", W/"2","3"', Tags(strong=frozenset({"1", "3"}), weak=frozenset({"2"}))),
        (', "1" ,', Tags(strong=frozenset({"1"}))),
        ('""', Tags(strong=frozenset({""}))),
    ],
)
def test_a_list_of_tags_is_taken_apart(header, tags):
    assert tags_in(header) == tags


@pytest.mark.parametrize("header", ["", "1", '"1', '"a" "b"', 'w/"1"', '* , "1"', '"a b"'])
def test_what_is_no_list_of_tags_is_refused(header):
    with pytest.raises(ValueError, match="entity tags"):
        tags_in(header)


def test_a_weak_tag_counts_where_only_the_text_is_asked_about():
    assert tags_in('"1", W/"2"').all == {"1", "2"}
    assert not tags_in('"1"').any
