"""What a page shows: a class for each template, with a field for each of its names; a test compares the two."""

from dataclasses import dataclass, fields
from typing import Any, ClassVar, dataclass_transform

NOT_KEPT = {"Cache-Control": "no-store, no-cache"}
"""Of a page with a secret, which is shown once."""


@dataclass_transform(kw_only_default=True, frozen_default=True)
class Shown:
    """`class EditEvent(Shown, template="events/edit.html")`: its fields are all that the template knows of the page."""

    template: ClassVar[str]

    def __init_subclass__(cls, *, template: str, **more: Any) -> None:
        super().__init_subclass__(**more)
        cls.template = template
        dataclass(frozen=True, kw_only=True)(cls)

    @property
    def context(self) -> dict[str, Any]:
        shown: Any = self
        return {field.name: getattr(self, field.name) for field in fields(shown)}
