"""Programs of the field read the three documents, and have nothing to say."""

import json
import subprocess

import pytest

from deploy.generators import ENVIRONMENT, TOOLS, install
from deploy.node import Node
from tests.house import MODULES
from tests.services import app_of

MODULES_OF_NODE = TOOLS / "node_modules"


@pytest.fixture(scope="session")
def node():
    node = Node()
    install(node)
    return node


@pytest.fixture(scope="session")
def documents(tmp_path_factory):
    """The documents as files, by service."""
    folder = tmp_path_factory.mktemp("documents")
    files = {service: folder / f"{service}.json" for service in MODULES}
    for service, file in files.items():
        file.write_text(json.dumps(app_of(service).openapi()))
    return files


def test_spectral_has_nothing_to_say(node, documents):
    spectral = MODULES_OF_NODE / "@stoplight" / "spectral-cli" / "dist" / "index.js"
    strict = ("--fail-severity=hint", "--ruleset", str(TOOLS / "spectral.yaml"))
    node.run(spectral, "lint", *strict, *map(str, documents.values()), folder=TOOLS)


def test_redocly_has_nothing_to_say(node, documents):
    redocly = MODULES_OF_NODE / "@redocly" / "cli" / "bin" / "cli.js"
    node.run(redocly, "lint", "--config", str(TOOLS / "redocly.yaml"), *map(str, documents.values()), folder=TOOLS)


def test_typescript_gets_types(node, documents):
    made = []
    for file in documents.values():
        made.append(str(file.with_suffix(".ts")))
        generator = MODULES_OF_NODE / "openapi-typescript" / "bin" / "cli.js"
        node.run(generator, str(file), "-o", made[-1], folder=TOOLS)
    node.run(MODULES_OF_NODE / "typescript" / "bin" / "tsc", "--noEmit", "--strict", *made, folder=TOOLS)


@pytest.mark.parametrize("service", MODULES)
def test_python_gets_a_client(node, documents, service, tmp_path):
    generator = ENVIRONMENT / "bin" / "openapi-python-client"
    options = ["--meta", "none", "--config", TOOLS / "python-client.yaml", "--output-path", tmp_path / "client"]
    said = subprocess.run(
        [generator, "generate", "--path", documents[service], "--fail-on-warning", *options],
        capture_output=True,
        text=True,
        check=False,
    )
    assert (said.returncode, "WARNING" in said.stdout) == (0, False), said.stdout + said.stderr
    program = "import client, client.models, pkgutil, importlib\n[importlib.import_module(m.name) for m in "
    program += "pkgutil.walk_packages(client.__path__, 'client.')]"
    subprocess.run([ENVIRONMENT / "bin" / "python", "-c", program], cwd=tmp_path, check=True)


def test_no_two_models_or_operations_have_one_name():
    names = [name for service in MODULES for name in operation_ids(app_of(service).openapi())]
    assert len(names) == len(set(names))
    assert all("_v1_" not in name for name in names)
    for service in MODULES:
        assert [name for name in app_of(service).openapi()["components"]["schemas"] if "__" in name] == []


def operation_ids(document):
    return [operation["operationId"] for path in document["paths"].values() for operation in path.values()]
