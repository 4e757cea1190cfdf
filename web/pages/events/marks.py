"""The form of who came."""

from dataclasses import dataclass

from starlette.datastructures import FormData

from web.draft import number, text_of, texts_of


@dataclass(frozen=True)
class Marks:
    """Who is ticked as there, who was ticked when the form was loaded, and the version that it was loaded from."""

    came: set[str]
    loaded: set[str]
    version: int

    def on_top_of(self, theirs: "Marks") -> "Marks":
        """What somebody else saved meanwhile, with what was ticked and unticked here."""
        came = (theirs.came | (self.came - self.loaded)) - (self.loaded - self.came)
        return Marks(came, theirs.came, theirs.version)


def marks_of(form: FormData) -> Marks:
    values = text_of(form, "loaded", "version")
    return Marks(set(texts_of(form, "came")), set(values["loaded"].split()), number(values["version"], 0))
