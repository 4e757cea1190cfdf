"""The container image and the compose file, as far as they can be checked without an engine."""

import importlib
import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import asyncpg
import pytest
import yaml

from deploy.local.postgres import Postgres
from deploy.processes import SERVERS, SERVICES, WORKERS
from deploy.serve import MigrateSettings
from tests.deploy.runner import ROOT

COMPOSE = ROOT / "deploy" / "compose"
VARIABLE = re.compile(r"\$\{(\w+)(?::?[-?]([^}]*))?\}")


def example() -> dict[str, str]:
    lines = (COMPOSE / "example.env").read_text().splitlines()
    pairs = (line.split("=", 1) for line in lines if line and not line.startswith("#"))
    return {name: value.replace("change-me", f"own{name.replace('_', '')}0123456789") for name, value in pairs}


def composition() -> dict:
    return yaml.safe_load((COMPOSE / "compose.yml").read_text())


def environment_of(process: str) -> dict[str, str]:
    """What the process finds when somebody filled in the example."""
    values = example()
    given = composition()["services"][process]["environment"]
    return {name: VARIABLE.sub(lambda found: values.get(found[1], ""), value) for name, value in given.items()}


def test_every_process_has_its_container():
    services = composition()["services"]
    assert services.keys() == {"postgres", "migrate", *SERVERS, *WORKERS}
    for name in services.keys() - {"postgres"}:
        assert services[name]["command"] == [name]
    for name in (*SERVERS, *WORKERS):
        assert services[name]["healthcheck"]["test"][-1] == "deploy.health"


def test_the_example_names_every_variable_that_must_be_set():
    text = (COMPOSE / "compose.yml").read_text()
    required = set(re.findall(r"\$\{(\w+):\?", text))
    assert required <= example().keys()
    assert example().keys() <= {found[1] for found in VARIABLE.finditer(text)}


@pytest.mark.parametrize("process", [*SERVERS, *WORKERS])
def test_a_container_has_the_settings_that_its_process_reads(process, monkeypatch):
    for name in [name for name in os.environ if name.startswith("STAFFROOM_")]:
        monkeypatch.delenv(name)
    for name, value in environment_of(process).items():
        monkeypatch.setenv(name, value)
    package = "web" if process == "web" else f"services.{process.removeprefix('worker-')}"
    settings = importlib.import_module(f"{package}.settings").Settings()
    assert settings.public_url == "https://staffroom.example.org"
    assert settings.events_url == "http://events:8000"


def test_migrating_knows_all_databases_and_clients(monkeypatch):
    for name, value in environment_of("migrate").items():
        monkeypatch.setenv(name, value)
    assert MigrateSettings().events_database_url.endswith("@postgres:5432/staffroom_events")


def test_no_container_has_the_password_of_another_service():
    for service in SERVICES:
        for process in (service, f"worker-{service}"):
            names = environment_of(process).keys()
            assert [name for name in names if name.endswith("_DATABASE_URL")] == [
                f"STAFFROOM_{service.upper()}_DATABASE_URL"
            ]


def test_the_image_copies_what_is_there():
    sources = re.findall(r"^COPY (?!--from)(.+) \S+$", (ROOT / "deploy" / "Dockerfile").read_text(), re.MULTILINE)
    assert sources
    for source in " ".join(sources).split():
        assert (ROOT / source).exists(), source


def test_the_image_is_built_of_what_its_second_stage_copies(tmp_path):
    _, _, stage, _ = (ROOT / "deploy" / "Dockerfile").read_text().split("\nFROM ")
    modules = re.findall(r"python -m ([\w.]+)", stage)
    assert modules == ["deploy.assets", "deploy.catalogues"]
    for source in re.findall(r"^COPY (\w+) \w+$", stage, re.MULTILINE):
        shutil.copytree(ROOT / source, tmp_path / source, ignore=shutil.ignore_patterns("dist", "__pycache__"))
    subprocess.run([sys.executable, "-c", f"import {', '.join(modules)}"], cwd=tmp_path, check=True)


@pytest.mark.skipif(shutil.which("psql") is None, reason="the script needs psql")
async def test_the_script_of_the_postgres_image_makes_three_closed_databases(tmp_path):
    server = Postgres(tmp_path / "postgres", durable=False)
    try:
        address = server.ensure()
        passwords = {f"STAFFROOM_{service.upper()}_DATABASE_PASSWORD": f"pass'{service}" for service in SERVICES}
        port = address.rpartition(":")[2].partition("/")[0]
        login = {
            "PGHOST": "127.0.0.1",
            "PGPORT": port,
            "PGPASSWORD": (server.folder / "password").read_text(),
            "POSTGRES_USER": "postgres",
        }
        script = str(COMPOSE / "databases.sh")
        subprocess.run(["sh", script], env=os.environ | login | passwords, check=True, capture_output=True)
        for service in SERVICES:
            place = {"host": "127.0.0.1", "port": int(port), "user": f"staffroom_{service}"}
            own = await asyncpg.connect(**place, password=f"pass'{service}", database=f"staffroom_{service}")
            await own.execute("CREATE TABLE mine (id int)")
            await own.close()
            with pytest.raises(asyncpg.InsufficientPrivilegeError):
                await asyncpg.connect(**place, password=f"pass'{service}", database="postgres")
    finally:
        server.stop()


def has_compose() -> bool:
    docker = shutil.which("docker")
    return bool(docker) and not subprocess.run([docker, "compose", "version"], capture_output=True).returncode


@pytest.mark.skipif(not has_compose(), reason="docker compose is not installed")
def test_compose_itself_reads_the_file(tmp_path: Path):
    filled = tmp_path / "production.env"
    filled.write_text("\n".join(f"{name}={value}" for name, value in example().items()))
    words = ["--env-file", str(filled), "-f", str(COMPOSE / "compose.yml"), "config", "--quiet"]
    subprocess.run(["docker", "compose", *words], check=True)
