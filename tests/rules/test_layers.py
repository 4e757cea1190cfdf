"""Features are layers in their SQL too: a statement names tables of its own feature, or of lower ones."""

import ast
import importlib
import re
import tomllib

import pytest

from tests.rules.source import ROOT

CONTRACTS = tomllib.loads((ROOT / "pyproject.toml").read_text())["tool"]["importlinter"]["contracts"]
LAYERS = {
    contract["containers"][0]: contract["layers"]
    for contract in CONTRACTS
    if contract["type"] == "layers" and contract["name"].startswith("Features of")
}
BELOW = {"policy", "facts"}  # of the whole service; every feature knows them
NAMED = re.compile(r"\b(?:from|join|into|update)\s+([a-z_]+)")


def ranks(service):
    """feature: how high it stands."""
    layers = reversed(LAYERS[service])
    return {feature: rank for rank, layer in enumerate(layers) for feature in layer.split(" | ")}


def folder(package):
    return ROOT / package.replace(".", "/")


def owners(service):
    """table: the feature whose models declare it."""
    found = {}
    for feature in ranks(service):
        if (folder(f"{service}.{feature}") / "models.py").exists():
            module = importlib.import_module(f"{service}.{feature}.models")
            for kind in vars(module).values():
                if getattr(kind, "__module__", "") == module.__name__ and hasattr(kind, "__table__"):
                    found[kind.__table__.name] = feature
    return found


def named_in(source):
    """Every table that a text of this file names, with its line; no docstring."""
    nodes = list(ast.walk(ast.parse(source)))
    said = {node.value for node in nodes if isinstance(node, ast.Expr)}
    for node in nodes:
        if isinstance(node, ast.Constant) and isinstance(node.value, str) and node not in said:
            for table in NAMED.findall(node.value):
                yield node.lineno, table


def reaches_up(service, feature, source):
    """What a file of this feature names of features that stand above it or beside it."""
    rank, owner = ranks(service), owners(service)
    return [
        f"line {line}: {table} belongs to {owner[table]}; what joins it stands above both, in showing"
        for line, table in named_in(source)
        if table in owner and owner[table] != feature and rank[owner[table]] >= rank[feature]
    ]


@pytest.mark.parametrize("service", LAYERS)
def test_every_feature_has_its_layer(service):
    packages = [path.parent for path in folder(service).rglob("*/__init__.py")]
    features = [package for package in packages if not any(package in other.parents for other in packages)]
    named = {".".join(feature.relative_to(folder(service)).parts) for feature in features}
    assert named - BELOW == ranks(service).keys(), "give the feature its layer in pyproject.toml"


@pytest.mark.parametrize("service", LAYERS)
def test_statements_name_tables_of_their_own_layer_or_lower_ones(service):
    wrong = {}
    for feature in ranks(service):
        for file in folder(f"{service}.{feature}").glob("*.py"):
            if found := reaches_up(service, feature, file.read_text()):
                wrong[f"{service}/{feature}/{file.name}"] = found
    assert wrong == {}


def test_a_statement_that_reaches_up_is_found():
    statement = 'ANY = "select from event join registration on registration.event_id = event.id"'
    assert len(reaches_up("services.events", "events", statement)) == 1
    assert reaches_up("services.events", "registration", statement) == []
    assert len(reaches_up("services.events", "events", 'PART = f"join registration on {True}"')) == 1
