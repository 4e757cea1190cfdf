"""Read settings from the environment; what is wrong with them is said in one line each."""

from typing import TypeVar

from pydantic import ValidationError
from pydantic_settings import BaseSettings

from deploy.refusal import Refusal

PREFIX = "STAFFROOM_"

AnySettings = TypeVar("AnySettings", bound=BaseSettings)


def read(*kinds: type[AnySettings]) -> list[AnySettings]:
    """One object of each kind of settings, or a refusal that names every wrong variable."""
    made: list[AnySettings] = []
    lines: dict[str, str] = {}
    for kind in kinds:
        try:
            made.append(kind())
        except ValidationError as error:
            lines |= _complaints(kind, error)
    if lines:
        raise Refusal("\n".join(lines.values()), code=2)
    return made


def _complaints(kind: type[BaseSettings], error: ValidationError) -> dict[str, str]:
    lines = {}
    for each in error.errors():
        field = str(each["loc"][0]) if each["loc"] else ""
        variable = field if field.upper().startswith(PREFIX) else PREFIX + field
        variable = variable.upper()
        wrong = each["msg"].removeprefix("Value error, ").rstrip(".")
        wrong = wrong[:1].lower() + wrong[1:]
        inside = "/".join(str(part) for part in each["loc"][1:])
        if each["type"] == "missing" and not inside:
            lines[variable] = f"{variable} is not set: set it and start again."
        else:
            lines[variable] = f"{variable} is wrong ({inside and f'{inside}: '}{wrong}): {_advice(kind, field)}."
    return lines


def _advice(kind: type[BaseSettings], field: str) -> str:
    known = kind.model_fields.get(field)
    if known is None or known.is_required() or known.default in (None, "", ()):
        return "correct it"
    return f"correct it, or unset it to use {known.default}"
