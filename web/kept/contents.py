"""What pages show to many readers, made once for equal answers: no fact ends it, its key names the answers."""

from collections import OrderedDict
from collections.abc import Callable
from typing import TypeAlias

from markupsafe import Markup

MOST_CONTENTS = 1_000

Content: TypeAlias = tuple[Markup, Markup]


class Contents:
    """Titles and contents by template, language, zone and the `ETag`s of all that they show."""

    def __init__(self) -> None:
        self._kept: OrderedDict[tuple[str, ...], Content] = OrderedDict()

    def of(self, key: tuple[str, ...], make: Callable[[], Content]) -> Content:
        made = self._kept.get(key)
        if made is None:
            made = self._kept[key] = make()
            if len(self._kept) > MOST_CONTENTS:
                self._kept.popitem(last=False)
        return made
