"""OpenAPI documents that say every answer: the problems that any route can give, and the headers that they take."""

from typing import Any

from fastapi import FastAPI
from fastapi.openapi.utils import get_openapi

from kit.idempotency import IdempotencyKeyReused
from kit.policy import api_routes, guards
from kit.problems import (
    BadRequest,
    Invalid,
    ProblemOut,
    TooLarge,
    Unauthenticated,
    Unavailable,
    documented,
)

IDEMPOTENCY_KEY = {
    "name": "Idempotency-Key",
    "in": "header",
    "required": False,
    "description": "Names this one attempt; the same key again gets the same answer, and nothing is done twice",
    "schema": {"type": "string", "minLength": 1, "maxLength": 200},
}


def describe(app: FastAPI) -> None:
    """Replace the app's document by one with problems, policy rows, idempotency keys and ways to sign."""

    def document() -> dict[str, Any]:
        if app.openapi_schema is None:
            app.openapi_schema = _document(app)
        return app.openapi_schema

    app.openapi = document  # type: ignore[method-assign]


def _document(app: FastAPI) -> dict[str, Any]:
    page = get_openapi(title=app.title, version=app.version, summary=app.summary, routes=app.routes)
    schemas = page.setdefault("components", {}).setdefault("schemas", {})
    problem = ProblemOut.model_json_schema(ref_template="#/components/schemas/{model}")
    schemas |= problem.pop("$defs") | {"ProblemOut": problem}
    for unused in ("HTTPValidationError", "ValidationError"):
        schemas.pop(unused, None)
    page["components"]["securitySchemes"] = {
        "bearer": {
            "type": "http",
            "scheme": "bearer",
            "bearerFormat": "JWT",
            "description": "From clusters: POST /v1/tokens",
        }
    }
    table = guards(app)
    for route in api_routes(app):
        for method in route.methods or ():
            operation = page["paths"][route.path_format][method.lower()]
            _complete(operation, method, table[method, route.path])
    return page


def _complete(operation: dict[str, Any], method: str, actions: list[str]) -> None:
    answers: dict[str, Any] = operation["responses"]
    answers.pop("422", None) if "HTTPValidationError" in str(answers.get("422")) else None
    everywhere = [Unauthenticated, Unavailable, Invalid]
    if method in ("POST", "PUT", "PATCH"):
        everywhere += [BadRequest, TooLarge]
    if method == "POST":
        everywhere.append(IdempotencyKeyReused)
        operation.setdefault("parameters", []).append(IDEMPOTENCY_KEY)
    if method == "GET" and "200" in answers:
        answers.setdefault("304", {"description": "You have this version already (If-None-Match)"})
    for status, said in documented(*everywhere).items():
        answers.setdefault(str(status), said)
    operation["x-policy"] = actions
    operation["security"] = [{"bearer": []}] if not actions[0].startswith("anyone") else [{}, {"bearer": []}]
