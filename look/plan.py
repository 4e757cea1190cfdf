"""Which pictures are taken: of each page as whom, on which screen, in which colours, in which language."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from itertools import product

from look.pages import ROLES, Page

SCREENS = {"desk": (1280, 800), "phone": (360, 640)}
COLOURS, LANGUAGES = ("light", "dark"), ("en", "ar")
EIGHT_WAYS = tuple(product(SCREENS, COLOURS, LANGUAGES))
SITTING = 12


@dataclass(eq=False)
class Picture:
    """`why_not` when this role does not see the page; `wrong` is what one should look at."""

    page: Page
    role: str
    screen: str
    colours: str
    language: str
    file: str = ""
    why_not: str = ""
    wrong: list[str] = field(default_factory=list)

    @property
    def name(self) -> str:
        return f"{self.page.slug}/{self.role.replace(' ', '-')}-{self.screen}-{self.colours}-{self.language}.png"

    @property
    def way(self) -> str:
        return f"{self.screen}, {self.colours}, {self.language}"


def every_way(pages: Iterable[Page]) -> Iterator[Picture]:
    """The page as its main role in all eight ways, and once as everybody else."""
    for page in pages:
        for way in EIGHT_WAYS:
            yield Picture(page, page.role, *way)
        for role in ROLES:
            if role != page.role and page.status == 200 and not page.typed:
                yield Picture(page, role, "desk", "light", "en")


def at_a_glance(pages: Iterable[Page], language: str) -> Iterator[Picture]:
    """The page at a desk and on a phone."""
    for page in pages:
        for screen in SCREENS:
            yield Picture(page, page.role, screen, "light", language)


def sittings(pictures: Iterable[Picture]) -> list[list[Picture]]:
    """Those that one browser takes in a row: of one reader and language, all looks of a page side by side."""
    alike: dict[tuple[str, ...], list[Picture]] = {}
    for picture in pictures:
        typed = picture.page.name if picture.page.typed else ""
        alike.setdefault((picture.role, picture.language, typed), []).append(picture)
    return [some[n : n + SITTING] for some in alike.values() for n in range(0, len(some), SITTING)]
