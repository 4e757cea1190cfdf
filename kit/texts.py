"""Texts for people that services write themselves: templates beside catalogues of their words."""

import gettext
from pathlib import Path

from jinja2 import Environment, FileSystemLoader, StrictUndefined


def texts_in(folder: Path, language: str, *, autoescape: bool) -> Environment:
    """The templates of `texts` in this folder, in the words of its `locale`; `autoescape` for HTML."""
    environment = Environment(
        loader=FileSystemLoader(folder / "texts"),
        extensions=["jinja2.ext.i18n"],
        autoescape=autoescape,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    words = gettext.translation("messages", folder / "locale", [language], fallback=True)
    environment.install_gettext_translations(words, newstyle=True)  # type: ignore[attr-defined]
    return environment
