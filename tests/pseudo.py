"""A language for tests: longer by two fifths, in brackets, from right to left; what is not in brackets has no words."""

import gettext
from math import ceil

from kit.languages import SPOKEN
from web import languages
from web.templates import speaking

TAG = "fa"  # one that the house does not speak, and that runs from right to left
OPENS, CLOSES = "⟦", "⟧"


class Pseudo(gettext.NullTranslations):
    def gettext(self, message):
        return f"{OPENS}{message}{'~' * ceil(0.4 * len(message))}{CLOSES}"

    def ngettext(self, singular, plural, n):
        return self.gettext(singular if n == 1 else plural)

    def pgettext(self, context, message):
        return self.gettext(message)

    def npgettext(self, context, singular, plural, n):
        return self.ngettext(singular, plural, n)


def speak(monkeypatch):
    """Let web and the post office speak it, until the test ends."""
    known = gettext.translation

    def translation(domain, localedir=None, languages=None, *args, **kwargs):
        return Pseudo() if languages == [TAG] else known(domain, localedir, languages, *args, **kwargs)

    for kept in (languages.catalogue, speaking):
        kept.cache_clear()
    monkeypatch.setattr(gettext, "translation", translation)
    monkeypatch.setitem(SPOKEN, TAG, "⟦Pseudo⟧")
