"""Entity tags (RFC 9110): which version somebody has, or means."""

import re
from dataclasses import dataclass

TAG = re.compile(r'(W/)?"([\x21\x23-\x7e\x80-\xff]*)"')
TAGS = re.compile(rf"[ \t,]*(?:{TAG.pattern}[ \t]*(?:,[ \t,]*|$))+")
ANY = "*"


@dataclass(frozen=True)
class Tags:
    """The tags of a header by their texts, the weak ones apart; `any` stands for `*`."""

    any: bool = False
    strong: frozenset[str] = frozenset()
    weak: frozenset[str] = frozenset()

    @property
    def all(self) -> frozenset[str]:
        """For weak comparison: what is a tag's text, however it is marked."""
        return self.strong | self.weak


def tags_in(header: str) -> Tags:
    """The value of `If-Match` or `If-None-Match`. Raises ValueError when it is neither `*` nor a list of tags."""
    if header.strip() == ANY:
        return Tags(any=True)
    if not TAGS.fullmatch(header):
        raise ValueError("neither * nor a list of entity tags")
    found = TAG.findall(header)
    return Tags(
        strong=frozenset(text for weak, text in found if not weak),
        weak=frozenset(text for weak, text in found if weak),
    )
