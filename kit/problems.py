"""RFC 9457 problems: a refusal is a class above the verb that raises it, and documents itself in OpenAPI."""

import re
from collections.abc import Mapping
from typing import Any, ClassVar

from asyncpg.exceptions import DataError, PostgresError
from fastapi import FastAPI, Request
from fastapi.exceptions import RequestValidationError
from fastapi.responses import JSONResponse
from pydantic import BaseModel, Field
from sqlalchemy.exc import DBAPIError
from sqlalchemy.exc import TimeoutError as PoolTimeout
from starlette.exceptions import HTTPException

from kit.client import Refused
from kit.failures import BREAKING, cause_of, has_no_room, is_away
from kit.methods import allow

MEDIA_TYPE = "application/problem+json"


class FieldError(BaseModel):
    """One thing that is wrong with one field: where it is, a stable code, and the numbers its message needs."""

    pointer: str = Field(examples=["/title"])
    code: str = Field(examples=["string_too_long"])
    params: dict[str, Any] = Field(default_factory=dict, examples=[{"max_length": 200}])


class ProblemOut(BaseModel):
    """What every refusal looks like on the wire."""

    type: str = Field(examples=["/problems/not-found"])
    title: str
    status: int
    detail: str = ""
    params: dict[str, Any] = Field(default_factory=dict)
    errors: list[FieldError] = Field(default_factory=list)


class Problem(Exception):
    """Subclass with `status` and `title`; the type is the class name in kebab-case."""

    status: ClassVar[int] = 400
    title: ClassVar[str] = "The request could not be understood"
    headers: ClassVar[dict[str, str]] = {}
    media_type: ClassVar[str] = MEDIA_TYPE
    shape: ClassVar[type[BaseModel]] = ProblemOut

    def __init__(self, detail: str = "", *, errors: list[FieldError] | None = None, **params: Any) -> None:
        super().__init__(detail or self.title)
        self.detail, self.errors, self.params = detail, errors or [], params

    @classmethod
    def type(cls) -> str:
        return "/problems/" + re.sub(r"(?<!^)(?=[A-Z])", "-", cls.__name__).lower()

    @classmethod
    def example(cls) -> dict[str, Any]:
        return {"type": cls.type(), "title": cls.title, "status": cls.status}

    def out(self) -> BaseModel:
        return ProblemOut(
            type=self.type(),
            title=self.title,
            status=self.status,
            detail=self.detail,
            params=self.params,
            errors=self.errors,
        )


class BadRequest(Problem):
    status, title = 400, "The body is not readable"


class Unauthenticated(Problem):
    status, title = 401, "Sign in first"
    headers: ClassVar[dict[str, str]] = {"WWW-Authenticate": "Bearer"}


class Forbidden(Problem):
    status, title = 403, "This is not yours to do"


class NotFound(Problem):
    status, title = 404, "There is nothing here that you may see"


class MethodNotAllowed(Problem):
    status, title = 405, "This cannot be done to this address"


class NotAcceptable(Problem):
    status, title = 406, "No such representation"


class TooSlow(Problem):
    status, title = 408, "The request did not come in within its time: send it again"


class Changed(Problem):
    status, title = 412, "Somebody else changed this meanwhile: look at their version, then send yours again"


class TooLarge(Problem):
    status, title = 413, "This is more than fits: send less at once"


class UnsupportedMediaType(Problem):
    status, title = 415, "This kind of content is not taken here"


class Invalid(Problem):
    status, title = 422, "Some fields need another look"


class PreconditionRequired(Problem):
    status, title = 428, "Say which version you changed (If-Match)"


class TooMany(Problem):
    status, title = 429, "Too many tries: wait a few minutes"
    headers: ClassVar[dict[str, str]] = {"Retry-After": "300"}


class Unavailable(Problem):
    status, title = 503, "A part of the house does not answer just now: try again in a moment"
    headers: ClassVar[dict[str, str]] = {"Retry-After": "5"}


BY_STATUS: dict[int, type[Problem]] = {
    problem.status: problem
    for problem in (BadRequest, Unauthenticated, Forbidden, NotFound, MethodNotAllowed, NotAcceptable, TooSlow,
                    TooLarge, UnsupportedMediaType, Invalid, TooMany, Unavailable)
}  # fmt: skip


def field_invalid(field: str, code: str, **params: Any) -> Invalid:
    """A refusal of one field of the body, for rules that look at more than one field."""
    return Invalid(errors=[FieldError(pointer=f"/{field}", code=code, params=params)])


SEPARATED = " · "


def documented(*problems: type[Problem]) -> dict[int | str, dict[str, Any]]:
    """OpenAPI's `responses` for the problems that a route can answer with."""
    grouped: dict[int, list[type[Problem]]] = {}
    for problem in problems:
        grouped.setdefault(problem.status, []).append(problem)
    return {status: _documented(group) for status, group in grouped.items()}


def _documented(group: list[type[Problem]]) -> dict[str, Any]:
    """The answer of one status; `headers` are those that any of its problems has."""
    kind = group[0]
    said: dict[str, Any] = {
        "description": SEPARATED.join(p.title for p in group),
        "content": {
            kind.media_type: {
                "schema": {"$ref": f"#/components/schemas/{kind.shape.__name__}"},
                "examples": {p.__name__: {"value": p.example()} for p in group},
            }
        },
    }
    headers = {name for p in group for name in p.headers}
    if headers:
        said["headers"] = {name: {"schema": {"type": "string"}} for name in sorted(headers)}
    return said


def answer(problem: Problem, headers: Mapping[str, str] | None = None) -> JSONResponse:
    """The problem on the wire, with its own headers and these."""
    return JSONResponse(
        problem.out().model_dump(mode="json"),
        problem.status,
        media_type=problem.media_type,
        headers={**problem.headers, **(headers or {})},
    )


def _plain(value: Any) -> bool:
    return isinstance(value, str | int | float | bool)


def invalid_from(error: RequestValidationError) -> Problem:
    """Pydantic's errors as pointers and codes; what was sent is never echoed."""
    if any(e["type"] == "json_invalid" for e in error.errors()):
        return BadRequest()
    errors: list[FieldError] = []
    for e in error.errors():
        found = FieldError(
            pointer="/" + "/".join(str(part) for part in e["loc"][1:] if part != "body"),
            code=e["type"],
            params={k: v for k, v in e.get("ctx", {}).items() if _plain(v)},
        )
        # A body that a guard reads too is checked twice.
        if found not in errors:
            errors.append(found)
    return Invalid(errors=errors)


def install(app: FastAPI) -> None:
    """Turn every exception of this app into a problem."""

    @app.exception_handler(Problem)
    async def _problem(request: Request, error: Problem) -> JSONResponse:
        return answer(error)

    @app.exception_handler(RequestValidationError)
    async def _invalid(request: Request, error: RequestValidationError) -> JSONResponse:
        return answer(invalid_from(error))

    @app.exception_handler(HTTPException)
    async def _http(request: Request, error: HTTPException) -> JSONResponse:
        headers = allow(request) if error.status_code == MethodNotAllowed.status else None
        return answer(BY_STATUS.get(error.status_code, BadRequest)(), headers)

    async def _down(request: Request, error: Exception) -> JSONResponse:
        return answer(Unavailable())

    async def _by_database(request: Request, error: Exception) -> JSONResponse:
        cause = cause_of(error)
        if isinstance(cause, DataError):
            # A NUL, which PostgreSQL keeps in no text; a year that it does not know.
            return answer(Invalid())
        if not is_away(cause):
            raise error
        return answer(Unavailable())

    async def _by_system(request: Request, error: Exception) -> JSONResponse:
        if not has_no_room(error):
            raise error
        return answer(Unavailable())

    for down in (ConnectionError, TimeoutError, PoolTimeout, Refused, *BREAKING):
        app.add_exception_handler(down, _down)
    for by_database in (DBAPIError, PostgresError):
        app.add_exception_handler(by_database, _by_database)
    app.add_exception_handler(OSError, _by_system)
