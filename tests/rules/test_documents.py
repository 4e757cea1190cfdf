"""The OpenAPI documents say every answer."""

import pytest

from kit.problems import MEDIA_TYPE
from kit.refusals import refusals
from tests.house import MODULES
from tests.services import app_of, routes


def operations():
    for service in MODULES:
        for path, methods in app_of(service).openapi()["paths"].items():
            for method, operation in methods.items():
                yield pytest.param(method, operation, id=f"{service} {method.upper()} {path}")


@pytest.mark.parametrize(("method", "operation"), list(operations()))
def test_an_operation_says_what_it_is(method, operation):
    assert operation["summary"]
    assert operation.get("description"), "write a docstring"
    assert operation["tags"]
    assert operation["x-policy"]


@pytest.mark.parametrize(("method", "operation"), list(operations()))
def test_an_operation_says_how_it_refuses(method, operation):
    said = {int(status) for status in operation["responses"] if status.isdigit()}
    assert {401, 422, 503} <= said
    if method in ("post", "put", "patch"):
        assert {400, 413} <= said
    if not operation["x-policy"][0].startswith("anyone"):
        assert 403 in said or operation["x-policy"] == ["entry.read"]
    for status, answer in operation["responses"].items():
        if status.isdigit() and int(status) >= 400:
            ((kind, content),) = answer["content"].items()
            shape = "ProblemOut" if kind == MEDIA_TYPE else "TokenErrorOut"
            assert content["schema"] == {"$ref": f"#/components/schemas/{shape}"}
            assert content["examples"]


@pytest.mark.parametrize(("method", "operation"), list(operations()))
def test_whoever_creates_may_name_the_attempt(method, operation):
    names = {parameter["name"] for parameter in operation.get("parameters", [])}
    assert ("Idempotency-Key" in names) == (method == "post")


def test_types_of_problems_name_one_thing_each():
    found = {}
    for kind in refusals():
        found.setdefault(kind.type(), set()).add((kind.status, kind.title))
    assert {name: told for name, told in found.items() if len(told) > 1} == {}


def test_every_problem_of_a_service_is_in_its_document():
    for service in MODULES:
        document = str(app_of(service).openapi())
        for kind in refusals():
            if kind.__module__.startswith(f"services.{service}."):
                assert str(kind.example()) in document, kind


def test_an_answer_with_a_secret_is_marked_so_that_it_is_not_kept():
    for service, route in routes():
        answered = getattr(route.response_model, "model_fields", {})
        if "POST" in route.methods and answered.keys() & {"secret", "access_token"}:
            assert hasattr(route.endpoint, "tells_secret"), (service, route.path)
            assert "/problems/secret-told" in str(route.responses[409]), (service, route.path)
