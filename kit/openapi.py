"""OpenAPI documents that say every answer: the problems that any route can give, and the headers that they take."""

from collections.abc import Mapping
from typing import Any

from fastapi import FastAPI
from fastapi.openapi.utils import get_openapi
from fastapi.routing import APIRoute

from kit.idempotency import IdempotencyKeyReused
from kit.policy import api_routes, closing, guards, is_for_guests
from kit.problems import (
    SEPARATED,
    BadRequest,
    Invalid,
    ProblemOut,
    TooLarge,
    Unauthenticated,
    Unavailable,
    UnsupportedMediaType,
    documented,
)
from kit.routing import media_type_of

IDEMPOTENCY_KEY = {
    "name": "Idempotency-Key",
    "in": "header",
    "required": False,
    "description": "Names this one attempt; the same key again gets the same answer, and nothing is done twice",
    "schema": {"type": "string", "minLength": 1, "maxLength": 200},
}


TAGS = {
    "facts": "What happened, in the order of its places",
    "webhooks": "Facts sent to addresses of programs",
    "operations": "Jobs that failed for good",
    "problems": "What refusals mean",
}
CLIENT = {
    "type": "http",
    "scheme": "basic",
    "description": "A client's id and secret, each percent-encoded (RFC 6749, 2.3.1); or in the form",
}
BEARER = {"type": "http", "scheme": "bearer", "bearerFormat": "JWT", "description": "From clusters: POST /v1/tokens"}
ETAG = {"ETag": {"description": "Names this version, for If-None-Match", "schema": {"type": "string"}}}
LOCATION = {"Location": {"description": "Where to read what was made", "schema": {"type": "string"}}}
IF_NONE_MATCH = {
    "name": "If-None-Match",
    "in": "header",
    "required": False,
    "description": "`ETag`s of versions that you have",
    "schema": {"type": "string"},
}
NOT_MODIFIED = {"description": "You have this version already (If-None-Match)", "headers": ETAG}


def operation_id(service: str, route: APIRoute) -> str:
    """A verb and what it is done to; what every service has says which one it is."""
    shared = route.endpoint.__module__.startswith(("kit.", "services.roster."))
    return f"{route.name}_of_{service}" if shared else route.name


def described(tags: Mapping[str, str]) -> list[dict[str, str]]:
    return [{"name": name, "description": what} for name, what in {**tags, **TAGS}.items()]


def describe(app: FastAPI) -> None:
    """Replace the app's document by one with problems, policy rows, idempotency keys and ways to sign."""

    def document() -> dict[str, Any]:
        if app.openapi_schema is None:
            app.openapi_schema = _document(app)
        return app.openapi_schema

    app.openapi = document  # type: ignore[method-assign]


def _document(app: FastAPI) -> dict[str, Any]:
    page = get_openapi(
        title=app.title,
        version=app.version,
        summary=app.summary,
        description=app.description,
        routes=app.routes,
        tags=app.openapi_tags,
        servers=app.servers,
        contact=app.contact,
    )
    components = page.setdefault("components", {})
    problem = ProblemOut.model_json_schema(ref_template="#/components/schemas/{model}")
    components["schemas"] |= problem.pop("$defs") | {"ProblemOut": problem}
    for unused in ("HTTPValidationError", "ValidationError"):
        components["schemas"].pop(unused, None)
    table = guards(app)
    for route in api_routes(app):
        for method in route.methods or ():
            operation = page["paths"][route.path_format][method.lower()]
            _complete(operation, route, method, table[method, route.path])
    schemes = {"bearer": BEARER, "client": CLIENT}
    used = {name for path in page["paths"].values() for one in path.values() for way in one["security"] for name in way}
    components["securitySchemes"] = {name: schemes[name] for name in sorted(used)}
    return page


def _complete(operation: dict[str, Any], route: APIRoute, method: str, actions: list[str]) -> None:
    answers: dict[str, Any] = operation["responses"]
    answers.pop("422", None) if "HTTPValidationError" in str(answers.get("422")) else None
    everywhere = [Unauthenticated, Unavailable, Invalid]
    takes_body = method in ("POST", "PUT", "PATCH")
    if takes_body or any(parameter["name"] == "If-Match" for parameter in operation.get("parameters", [])):
        everywhere.append(BadRequest)
    if takes_body:
        everywhere.append(TooLarge)
    if media_type_of(route):
        everywhere.append(UnsupportedMediaType)
    if method == "POST":
        everywhere.append(IdempotencyKeyReused)
        operation.setdefault("parameters", []).append(IDEMPOTENCY_KEY)
    if method == "GET" and "200" in answers:
        operation.setdefault("parameters", []).append(IF_NONE_MATCH)
        answers["200"].setdefault("headers", {}).update(ETAG)
        answers.setdefault("304", NOT_MODIFIED)
    if hasattr(route.endpoint, "location"):
        answers["201"].setdefault("headers", {}).update(LOCATION)
    for status, said in documented(*everywhere).items():
        answers.setdefault(str(status), said)
    for status, said in documented(*closing(route, method)).items():
        _add(answers.setdefault(str(status), said), said)
    operation["x-policy"] = actions
    operation.setdefault("security", _ways_in(route, actions))


def _add(answer: dict[str, Any], said: dict[str, Any]) -> None:
    """Further problems of one status, which says the same of each of them once."""
    titles = answer["description"].split(SEPARATED)
    answer["description"] = SEPARATED.join(dict.fromkeys([*titles, *said["description"].split(SEPARATED)]))
    for media_type, content in said["content"].items():
        answer["content"][media_type]["examples"] |= content["examples"]


def _ways_in(route: APIRoute, actions: list[str]) -> list[dict[str, list[str]]]:
    """Whether a token is asked for, or only looked at, or neither."""
    if actions[0].startswith("anyone"):
        return []
    return [{}, {"bearer": []}] if is_for_guests(route) else [{"bearer": []}]
