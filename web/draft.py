"""What somebody typed, with what is wrong about it: a refused form comes back filled."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any, TypeVar
from uuid import UUID

from fastapi import HTTPException, Request
from starlette.datastructures import FormData, UploadFile

from kit.client import Refused
from kit.ids import new_id
from web.clients.base import Errors, File, errors_of
from web.words import field_words, problem_words

MOST_BYTES_OF_GUESTS = 500_000
MOST_BYTES = 8_000_000
MOST_BYTES_WITH_FILE = 40_000_000
MOST_FIELDS = 12_000
MOST_DIGITS = 9
KEPT_FORM = (409, 412, 413, 422, 503)

T = TypeVar("T")


@dataclass(frozen=True)
class Draft:
    """`values` as typed; `errors` by field; `problem` for what is wrong with the whole; `once` names this attempt."""

    values: Mapping[str, Any] = field(default_factory=dict)
    errors: Errors = field(default_factory=dict)
    problem: str = ""
    once: str = field(default_factory=lambda: new_id().hex)

    @property
    def is_blank(self) -> bool:
        """Nothing was typed, nothing is wrong."""
        return not (self.values or self.errors or self.problem)

    def __getitem__(self, name: str) -> Any:
        return self.values.get(name, "")

    def wrong(self, name: str) -> str:
        """What is wrong with a field, in words; empty when nothing is."""
        return " ".join(field_words(error) for error in self.errors.get(name, []))

    def refused(
        self,
        refused: Refused,
        fields: Mapping[str, str] | None = None,
        *,
        text: str = "",
        also: Collection[int] = (),
    ) -> "Draft":
        """The same words with the refusal beside its cause. `fields` names the form's field for the service's.

        What is too large to be sent is said at the field `text`. Raises what no form can mend, and this one (`also`
        says what more it can) cannot either.
        """
        if refused.status not in KEPT_FORM and refused.status not in also:
            raise refused
        errors = {(fields or {}).get(name, name): found for name, found in errors_of(refused).items()}
        if refused.status == 413 and text:
            errors = {text: [{"code": "file_too_large" if text == "file" else "too_large"}]}
        problem = "" if errors else problem_words(refused.type)
        return Draft(self.values, errors, problem)

    def but(self, **values: Any) -> "Draft":
        """The same with these values instead."""
        return replace(self, values={**self.values, **values})


async def typed(request: Request) -> FormData:
    """The form of this request."""
    return await request.form(max_part_size=MOST_BYTES, max_fields=MOST_FIELDS, max_files=0)


async def typed_with_file(request: Request) -> FormData:
    """The same with one file; what is too large for the services is still read, so that it can be said beside it."""
    return await request.form(max_part_size=MOST_BYTES, max_fields=MOST_FIELDS, max_files=1)


def number(text: str, otherwise: T) -> int | T:
    """A form's text as the whole number that it is, or `otherwise`."""
    return int(text) if text.isascii() and text.isdigit() and len(text) <= MOST_DIGITS else otherwise


async def file_of(form: FormData) -> File | None:
    """The file that was chosen; None when none was."""
    chosen = form.get("file")
    if not isinstance(chosen, UploadFile) or not chosen.filename:
        return None
    return chosen.filename, await chosen.read(), chosen.content_type or ""


def text_of(form: FormData, *names: str) -> dict[str, str]:
    """These fields of a form, as texts; line ends as they are stored everywhere else."""
    return {name: str(form.get(name, "")).replace("\r\n", "\n") for name in names}


def id_of(form: FormData, name: str) -> UUID:
    """A hidden field that names a thing. Raises 404 for what no form of ours sends."""
    try:
        return UUID(str(form.get(name, "")))
    except ValueError as error:
        raise HTTPException(404) from error


def field_of(group: str, key: object, name: str = "") -> str:
    """What the fields of one line of a form inside a form are called: of its `group`, its key and their name."""
    return f"{group}-{key}-{name}"


def lines_of(form: FormData, group: str, names: Collection[str]) -> dict[str, dict[str, str]]:
    """The lines of a form inside a form by their keys, each with those of these fields that were sent."""
    lines: dict[str, dict[str, str]] = {}
    for field_name, value in form.items():
        of, _, rest = field_name.partition("-")
        key, _, name = rest.rpartition("-")
        if of == group and name in names:
            lines.setdefault(key, {})[name] = str(value).strip()
    return lines


def texts_of(form: FormData, name: str) -> list[str]:
    found: Sequence[Any] = form.getlist(name)
    return [str(value) for value in found]
