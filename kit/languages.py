"""Languages, in one table: how each calls itself, which way it runs, and whether the house speaks it."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Language:
    """`spoken`: pages and letters are complete in it; people may write in any of the table."""

    tag: str
    name: str
    spoken: bool = False
    right_to_left: bool = False


LANGUAGES = {
    language.tag: language
    for language in (
        Language("en", "English", spoken=True),
        Language("cs", "Čeština", spoken=True),
        Language("ar", "العربية", spoken=True, right_to_left=True),
        Language("de", "Deutsch"),
        Language("es", "Español"),
        Language("fr", "Français"),
        Language("he", "עברית", spoken=True, right_to_left=True),
        Language("hr", "Hrvatski"),
        Language("hu", "Magyar", spoken=True),
        Language("it", "Italiano"),
        Language("nl", "Nederlands"),
        Language("pl", "Polski"),
        Language("pt", "Português"),
        Language("sk", "Slovenčina"),
        Language("sl", "Slovenščina"),
        Language("tr", "Türkçe"),
        Language("uk", "Українська"),
    )
}
# What people may write in besides; CLDR knows more than ours run from right to left.
RIGHT_TO_LEFT = {"fa", "ur", "yi"} | {tag for tag, language in LANGUAGES.items() if language.right_to_left}
FALLBACK = "en"
SPOKEN = {tag: language.name for tag, language in LANGUAGES.items() if language.spoken}


def base(tag: str) -> str:
    """`cs-CZ` is `cs`."""
    return tag.partition("-")[0].lower()


def spoken(tag: str) -> str | None:
    """Ours for this tag; None when we do not speak it."""
    return base(tag) if base(tag) in SPOKEN else None


def is_right_to_left(tag: str) -> bool:
    return base(tag) in RIGHT_TO_LEFT
