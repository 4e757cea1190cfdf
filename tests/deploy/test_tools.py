"""The tools behind the Makefile: settings, migrations, catalogues, locks, front-end files."""

import json
from pathlib import Path

import pytest
from pydantic import Field
from pydantic_settings import BaseSettings, SettingsConfigDict

from deploy import assets, backup, catalogues, configuration, databases, locks, node
from deploy.refusal import Refusal
from kit.settings import Settings

CATALOGUE = """
msgid ""
msgstr ""
"Language: {language}\\n"
"Content-Type: text/plain; charset=utf-8\\n"
"Plural-Forms: nplurals=3; plural=(n==1 ? 0 : n>=2 && n<=4 ? 1 : 2);\\n"

"""


class Sample(BaseSettings):
    model_config = SettingsConfigDict(env_prefix="STAFFROOM_")
    sample_size: int = 5
    sample_url: str = Field(validation_alias="STAFFROOM_OTHER_NAME")


def test_every_wrong_variable_gets_its_line(monkeypatch):
    monkeypatch.setenv("STAFFROOM_SAMPLE_SIZE", "many")
    with pytest.raises(Refusal) as refused:
        configuration.read(Sample)
    assert refused.value.code == 2
    assert sorted(str(refused.value).splitlines()) == [
        "STAFFROOM_OTHER_NAME is not set: set it and start again.",
        "STAFFROOM_SAMPLE_SIZE is wrong (input should be a valid integer, "
        "unable to parse string as an integer): correct it, or unset it to use 5.",
    ]


def test_no_password_stands_in_the_list_of_processes():
    address, environment = backup._without_password("postgresql://us:p%40ss@db.example:5432/staffroom")
    assert (address, environment["PGPASSWORD"]) == ("postgresql://us@db.example:5432/staffroom", "p@ss")


def test_a_picture_that_disappears_meanwhile_is_passed_over(tmp_path):
    backup._copy(str(tmp_path / "gone"), str(tmp_path / "copy"))
    assert not (tmp_path / "copy").exists()


def test_an_address_in_any_script_is_kept_as_browsers_send_it():
    assert Settings(public_url="https://škola.example/").public_url == "https://xn--kola-f6a.example"


def write_migration(folder: Path, name: str, follows: str | None) -> None:
    folder.mkdir(parents=True, exist_ok=True)
    (folder / f"{name}.py").write_text(f'revision: str = "{name}"\ndown_revision: str | None = {follows!r}\n')


def test_the_newest_migration_is_read_from_the_files(tmp_path, monkeypatch):
    monkeypatch.setattr(databases, "ROOT", tmp_path)
    assert databases.head("events") is None
    folder = tmp_path / "migrations" / "events"
    write_migration(folder, "b", "a")
    write_migration(folder, "a", None)
    assert databases.head("events") == "b"
    write_migration(folder, "c", "a")
    with pytest.raises(Refusal, match=r"migrations of events have two heads \(b, c\)"):
        databases.head("events")


@pytest.fixture
def texts(tmp_path, monkeypatch):
    """A page with three texts, and its Czech catalogue."""
    monkeypatch.setattr(catalogues, "ROOT", tmp_path)
    monkeypatch.setattr(catalogues, "TRANSLATED", ("cs",))
    (tmp_path / "services").mkdir()
    (tmp_path / "web" / "pages").mkdir(parents=True)
    (tmp_path / "web" / "pages" / "show.html").write_text(
        "{{ _('Today') }} {% trans count=3 %}one person{% pluralize %}{{ count }} people{% endtrans %}"
    )
    (tmp_path / "web" / "words.py").write_text('LATER = N_("Later")\n')
    file = tmp_path / "web" / "locale" / "cs" / "LC_MESSAGES" / "shared.po"
    file.parent.mkdir(parents=True)
    file.write_text(CATALOGUE.format(language="cs"))
    return file


def test_what_is_not_translated_is_named(texts):
    with texts.open("a") as catalogue:
        catalogue.write('msgid "Today"\nmsgstr "Dnes"\n\n#, fuzzy\nmsgid "Later"\nmsgstr "Pozor"\n')
    assert catalogues.check_all() == [
        "web/locale/cs/LC_MESSAGES/shared.po: fuzzy: 'Later'",
        "web/locale/cs/LC_MESSAGES/shared.po: missing: 'one person'",
    ]


def test_updating_brings_new_texts_in_and_keeps_translations(texts):
    with texts.open("a") as catalogue:
        catalogue.write('msgid "Today"\nmsgstr "Dnes"\n\nmsgid "Gone"\nmsgstr "Pryč"\n')
    catalogues.update_all()
    written = texts.read_text()
    assert 'msgstr "Dnes"' in written
    assert "Gone" not in written
    assert [line.partition(": ")[2] for line in catalogues.check_all()] == [
        "not translated: 'Later'",
        "not translated: 'one person'",
    ]
    catalogues.compile_all()
    assert texts.with_name("messages.mo").exists()


def test_what_one_area_says_is_in_its_file_and_what_two_say_is_shared(texts):
    pages = texts.parents[3] / "pages"
    for area, said in (("events", "Move it"), ("entries", "Publish")):
        (pages / area).mkdir()
        (pages / area / "show.html").write_text(f"{{{{ _('{said}') }}}} {{{{ _('Back') }}}}")
    catalogues.update_all()
    assert {file.stem for file in texts.parent.glob("*.po")} == {"entries", "events", "shared"}
    assert '"Move it"' in texts.with_name("events.po").read_text()
    assert '"Back"' in texts.read_text()
    translated, asked = catalogues.completeness()["cs"]["web: events"]
    assert (translated, asked) == (0, 1)
    (pages / "entries" / "show.html").unlink()
    catalogues.update_all()
    assert not texts.with_name("entries.po").exists()
    assert '"Back"' in texts.with_name("events.po").read_text()


def test_the_locked_dependencies_are_those_asked_for():
    assert locks.complaints() == []


def test_a_lock_that_fell_behind_is_named(tmp_path, monkeypatch):
    monkeypatch.setattr(locks, "ROOT", tmp_path)
    folder = tmp_path / "requirements"
    folder.mkdir()
    (folder / "run.in").write_text("# comment\nfast_api[all]\nnew-one\n")
    (folder / "run.txt").write_text(
        "fast-api==1 \\\n    --hash=sha256:0\n    # via -r requirements/run.in\n"
        "old==2\n    # via -r requirements/run.in\n"
    )
    for place in (tmp_path, tmp_path / "tests" / "openapi"):
        place.mkdir(parents=True, exist_ok=True)
        (place / "package.json").write_text(json.dumps({"dependencies": {"a": "1"}}))
        (place / "package-lock.json").write_text(json.dumps({"packages": {"": {"dependencies": {"a": "2"}}}}))
    assert locks.complaints() == [
        "run.txt: new-one is asked for and not locked",
        "run.txt: old is not asked for any more",
        "run.txt: old has no hash",
        "package-lock.json: dependencies differ from package.json",
        "tests/openapi/package-lock.json: dependencies differ from package.json",
    ]


def test_every_front_end_file_is_built_under_a_name_with_its_hash():
    manifest = json.loads((assets.BUILT / "manifest.json").read_text())
    sources = {file.name for file in assets.SOURCES.iterdir() if file.suffix in assets.KINDS}
    assert manifest.keys() == sources
    for name, built in manifest.items():
        assert built.startswith(name.partition(".")[0] + "-")
        assert (assets.BUILT / built).stat().st_size > 0


def test_a_machine_without_node_is_told_what_to_do(monkeypatch):
    monkeypatch.setattr(node.shutil, "which", lambda name: None)
    monkeypatch.setattr(node, "_of_package", lambda: None)
    with pytest.raises(Refusal, match="install it, or run `make setup`"):
        node.Node()
