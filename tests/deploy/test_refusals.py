"""What keeps Staffroom from starting is said in one line that says what to do."""

import argparse
import json
import os
import socket
import subprocess
from collections import namedtuple

import pytest

from deploy import opening
from deploy.local import home
from deploy.local.__main__ import refuse_unbuilt
from deploy.refusal import Refusal
from tests.deploy.runner import Runner
from tests.ports import free_ports
from web import templates

NOWHERE = "postgresql://somebody:secret@127.0.0.1:1/nothing"


def refused(runner: Runner) -> tuple[int, str]:
    with runner:
        code, said = runner.finish()
    assert "Traceback" not in said
    return code, said.splitlines()[-1]


def test_a_taken_port(tmp_path):
    port = free_ports(7)[0]
    with socket.create_server(("127.0.0.1", port + 2)):
        code, line = refused(Runner(tmp_path, port=str(port)))
    assert code == 1
    assert line.startswith(f"Port {port + 2} for events is taken: set STAFFROOM_PORT to another")


def test_styles_and_scripts_that_nobody_built(tmp_path, monkeypatch):
    monkeypatch.setattr(templates, "MANIFEST", tmp_path / "manifest.json")
    with pytest.raises(Refusal, match="make setup builds what pages need"):
        refuse_unbuilt()


@pytest.mark.parametrize(
    ("variable", "value"),
    [("PORT", "eight thousand"), ("PORT", "70000"), ("DEMO", "perhaps")],
)
def test_a_wrong_value(tmp_path, variable, value):
    code, line = refused(Runner(tmp_path, **{variable.lower(): value}))
    assert code == 2
    assert line.startswith(f"STAFFROOM_{variable} is wrong (")
    assert "correct it, or unset it" in line


def test_a_provider_that_cannot_be_asked(tmp_path):
    school = {"key": "school", "name": "School", "client_id": "staffroom", "secret": "very secret"}
    wrong = {
        '[{"very secret"': "it is no JSON",
        "{}": "valid tuple",
        json.dumps([school]): "0/issuer: field required",
        json.dumps([school | {"issuer": "http://login.school.test"}]): "0: an issuer begins with https://",
        json.dumps([school | {"issuer": f"https://{n}.test"} for n in "ab"]): "two have the same key or issuer",
    }
    for providers, why in wrong.items():
        code, line = refused(Runner(tmp_path, providers=providers))
        assert code == 2
        assert line.startswith("STAFFROOM_PROVIDERS is wrong (")
        assert why in line
        assert line.endswith("correct it.")
        assert "very secret" not in line


def test_a_media_store_that_is_neither_folder_nor_bucket(tmp_path):
    code, line = refused(Runner(tmp_path, media_url="ftp://pictures"))
    assert code == 2
    assert line.startswith("STAFFROOM_MEDIA_URL is wrong (it is neither file:///a/folder nor s3://bucket/prefix)")


def test_a_host_that_is_not_this_machine(tmp_path):
    code, line = refused(Runner(tmp_path, host="192.0.2.1"))
    assert (code, line) == (2, "STAFFROOM_HOST is wrong: 192.0.2.1 is no address of this machine.")


def test_some_of_the_databases_but_not_all(tmp_path):
    code, line = refused(Runner(tmp_path, clusters_database_url=NOWHERE))
    assert code == 2
    assert line.startswith("STAFFROOM_EVENTS_DATABASE_URL and STAFFROOM_DIARIES_DATABASE_URL are not set: ")


def test_an_unreachable_database(tmp_path):
    urls = {f"{service}_database_url": NOWHERE for service in ("clusters", "events", "diaries")}
    code, line = refused(Runner(tmp_path, **urls))
    assert code == 1
    assert line.startswith("No PostgreSQL answers for clusters at 127.0.0.1:1: check STAFFROOM_CLUSTERS_DATABASE_URL")
    assert "secret" not in line


def test_a_folder_that_cannot_be_written(tmp_path):
    place = tmp_path / "file" / "data"
    place.parent.write_text("not a folder")
    code, line = refused(Runner(place))
    assert code == 1
    assert line == f"Cannot write to {place} (Not a directory): set STAFFROOM_HOME to a folder that you may write to."


@pytest.mark.skipif(os.geteuid() == 0, reason="root may write to a read-only folder")
def test_a_read_only_folder(tmp_path):
    tmp_path.chmod(0o500)
    code, line = refused(Runner(tmp_path))
    assert code == 1
    assert line.startswith(f"Cannot write to {tmp_path} (")


@pytest.mark.skipif(os.geteuid() != 0, reason="only root can mount")
def test_a_full_or_read_only_disk(tmp_path):
    if subprocess.run(["mount", "-t", "tmpfs", "-o", "size=8m", "none", str(tmp_path)], check=False).returncode:
        pytest.skip("nothing can be mounted here")
    try:
        code, line = refused(Runner(tmp_path))
        assert code == 1
        assert "MB left and Staffroom needs" in line
        subprocess.run(["mount", "-o", "remount,ro", str(tmp_path)], check=True)
        code, line = refused(Runner(tmp_path / "data"))
        assert code == 1
        assert "(Read-only file system): set STAFFROOM_HOME" in line
    finally:
        subprocess.run(["umount", str(tmp_path)], check=True)


def test_a_disk_that_is_nearly_full(tmp_path, monkeypatch):
    usage = namedtuple("usage", "total used free")
    monkeypatch.setattr(home.shutil, "disk_usage", lambda path: usage(10**9, 10**9, 10 * 2**20))
    with pytest.raises(Refusal, match="has 10 MB left and Staffroom needs 200 MB: free some space"):
        home.Home(tmp_path)


@pytest.mark.parametrize("options", [(), ("--fresh",)])
def test_a_folder_in_which_staffroom_runs(tmp_path, options):
    first = home.Home(tmp_path)
    (tmp_path / "kept").write_text("theirs")
    code, line = refused(Runner(tmp_path, *options))
    assert (code, (tmp_path / "kept").exists()) == (1, True)
    assert line == f"Staffroom already runs in {first.path}: stop it, or set STAFFROOM_HOME to another folder."


def test_a_fresh_house_has_nothing_of_the_one_before(tmp_path):
    folder = home.Home(tmp_path)
    (tmp_path / "postgres" / "data").mkdir(parents=True)
    (tmp_path / "media").mkdir()
    (tmp_path / "secrets.json").write_text("{}")
    (tmp_path / "theirs").write_text("of somebody else")
    folder.empty()
    assert {child.name for child in tmp_path.iterdir()} == {"lock", "theirs"}


def test_a_fresh_house_begins_where_none_was(tmp_path):
    folder = home.Home(tmp_path / "new")
    for _ in range(2):
        folder.empty()
    assert [child.name for child in folder.path.iterdir()] == ["lock"]


def test_databases_of_ones_own_are_not_emptied(tmp_path):
    urls = {f"{service}_database_url": NOWHERE for service in ("clusters", "events", "diaries")}
    code, line = refused(Runner(tmp_path, "--fresh", **urls))
    assert (code, "your databases stay as they are" in line) == (2, True)


def test_damaged_secrets(tmp_path):
    (tmp_path / "secrets.json").write_text("{")
    with pytest.raises(Refusal, match="is damaged: repair it, or delete it"):
        home.Home(tmp_path).secrets()


def test_secrets_are_made_once_and_kept_from_others(tmp_path):
    folder = home.Home(tmp_path)
    made = folder.secrets()
    assert folder.secrets() == made
    assert (tmp_path / "secrets.json").stat().st_mode & 0o777 == 0o600


@pytest.mark.parametrize("command", ["coordinator", "unlock"])
def test_a_command_about_somebody_without_their_address(command, capsys):
    parser = argparse.ArgumentParser()
    opening.add_commands(parser.add_subparsers(dest="command"))
    with pytest.raises(SystemExit):
        parser.parse_args([command, "--mail", ""])
    assert "say whose it is, as in mail=eva@school.example" in capsys.readouterr().err
