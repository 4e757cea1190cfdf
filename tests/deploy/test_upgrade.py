"""A house of the release before is brought to this one, copied, brought back elsewhere, and read."""

import subprocess
from pathlib import Path
from uuid import UUID

import pytest
from alembic import command
from alembic.config import Config

from deploy.databases import ROOT, own_urls
from deploy.local.programs import packaged_programs
from deploy.processes import SERVICES
from tests.deploy.test_serve import PASSWORDS, Deployment

pytestmark = pytest.mark.proof

BEFORE = {"clusters": "f97b0d27765f", "events": "6c6b46b63529", "diaries": "98cb00606d15"}
"""Where the databases of 0.1.0 stood."""
ROWS = Path(__file__).parent / "of_0_1_0"


def said_by(program: str, *words: str) -> str:
    run = subprocess.run([str(packaged_programs() / program), *words], capture_output=True, text=True)
    assert run.returncode == 0, run.stderr
    return run.stdout


class Elsewhere(Deployment):
    def __init__(self, folder: Path) -> None:
        super().__init__(folder)
        self.make_databases()

    def urls(self) -> dict[str, str]:
        return own_urls(self.superuser, PASSWORDS)

    def rows(self, service: str) -> list[str]:
        """Everything that is written in the database of a service, a row a line."""
        dumped = said_by("pg_dump", self.urls()[service], "--data-only", "--inserts").splitlines()
        return [line for line in dumped if line.startswith(("INSERT", "SELECT pg_catalog.setval"))]


@pytest.fixture(scope="module")
def places(tmp_path_factory):
    made = [Elsewhere(tmp_path_factory.mktemp(name)) for name in ("old", "new")]
    yield made
    for each in made:
        each.postgres.stop()
        each.log.close()


def test_a_house_of_the_release_before_goes_on_elsewhere(places):
    old, new = places
    for service, url in old.urls().items():
        config = Config(ROOT / "alembic.ini", ini_section=service)
        config.attributes["url"] = url
        command.upgrade(config, BEFORE[service])
        said_by("psql", url, "-Xq", "-v", "ON_ERROR_STOP=1", "-f", str(ROWS / f"{service}.sql"))
    picture = old.folder / "media" / "pictures" / str(UUID(int=7)) / "large.webp"
    picture.parent.mkdir(parents=True)
    picture.write_bytes(b"of a board")
    early = old.run("coordinator", "--mail", "olga@ministry.example")
    assert (early.returncode, early.stdout, "migrate first" in early.stderr) == (1, "", True)
    for said in ("migrated clusters, events, diaries", "nothing to migrate"):
        upgraded = old.run("migrate")
        assert (upgraded.returncode, upgraded.stdout.splitlines()[0]) == (0, said), upgraded.stderr
    # A house with a past was open before this was asked: nobody says any more when something happened.
    is_open = "select opened_at is not null from house_setup"
    assert said_by("psql", old.urls()["clusters"], "-Xqtc", is_open).strip() == "t"
    copy = old.folder / "copy"
    saved = old.run("backup", str(copy))
    assert saved.returncode == 0, saved.stderr
    assert old.run("backup", str(copy)).returncode == 1
    back = new.run("restore", str(copy))
    assert back.returncode == 0, back.stderr
    assert new.run("restore", str(copy)).returncode == 1
    for service in SERVICES:
        assert new.rows(service) == old.rows(service)
        assert len(new.rows(service)) > len((ROWS / f"{service}.sql").read_text().split("),\n"))
    assert new.run("migrate").stdout.splitlines()[0] == "nothing to migrate"
    assert (new.folder / "media" / picture.relative_to(old.folder / "media")).read_bytes() == b"of a board"
    link = new.run("open-house")
    assert link.returncode == 0, link.stderr
