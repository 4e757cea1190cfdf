"""Let the first person into a house, and back in who is reached by no mail or lost their second step."""

import argparse
import asyncio
import importlib
import tomllib
from pathlib import Path
from typing import Any

from pydantic import ValidationError

from deploy import databases, processes
from deploy.refusal import Refusal

COMMANDS = {
    "open-house": "print the set-up link of a house that nobody coordinates yet, or set it up from a file, then stop",
    "coordinator": "print a new link for a programme coordinator whom no mail reaches, then stop",
    "unlock": "take the second step and the passkeys from somebody who lost their device and their codes, then stop",
}
COORDINATED = (
    "Somebody coordinates the programme already: they invite further people in the house itself. "
    "Where no mail reaches them, the command `coordinator` with their address prints a link."
)


def add_commands(commands: Any) -> None:
    """What has to be said to each command."""
    opening, back, unlock = (commands.add_parser(name, help=COMMANDS[name]) for name in COMMANDS)
    opening.add_argument("--file", type=Path, help="what the set-up link asks, as TOML (see docs/operations.md)")
    for command in (back, unlock):
        command.add_argument("--mail", required=True, type=_mail, help="the address that is known")


def _mail(said: str) -> str:
    if "@" not in said:
        raise argparse.ArgumentTypeError("say whose it is, as in mail=eva@school.example")
    return said.strip()


def run(clusters_url: str, public_url: str, said: argparse.Namespace) -> str:
    """Do what one of these commands says; what the operator is told."""
    standing = asyncio.run(databases.reach({"clusters": clusters_url}))
    if standing["clusters"] != databases.head("clusters"):
        raise Refusal("The database of clusters is not at this version: migrate first.")
    if said.command == "coordinator":
        return _let_back_in(clusters_url, public_url, said.mail)
    if said.command == "unlock":
        return _unlock(clusters_url, said.mail)
    if said.file:
        return _begin(clusters_url, public_url, _read(said.file))
    told = setup_link(clusters_url, public_url)
    if not told:
        raise Refusal(COORDINATED)
    return told


def setup_link(clusters_url: str, public_url: str) -> str:
    """A new set-up link, in words; nothing where somebody coordinates the programme already."""
    setting_up = _setting_up()
    try:
        path = asyncio.run(setting_up.commands.new_setup_link(clusters_url))
    except setting_up.actions.Coordinated:
        return ""
    return f"Nobody coordinates this house yet. Set it up here, once, within a day:\n{_address(public_url, path)}"


def _begin(clusters_url: str, public_url: str, given: dict[str, Any]) -> str:
    setting_up = _setting_up()
    try:
        house = setting_up.schemas.HouseIn.model_validate(given)
    except ValidationError as error:
        wrong = "; ".join(f"{'.'.join(map(str, each['loc']))}: {each['msg']}" for each in error.errors())
        raise Refusal(f"The house cannot be set up ({wrong}): correct the file.", code=2) from None
    try:
        asked = asyncio.run(setting_up.commands.begin(clusters_url, house))
    except setting_up.actions.Coordinated:
        raise Refusal(COORDINATED) from None
    except setting_up.actions.SentAlready as refused:
        raise Refusal(f"{refused.title}.") from None
    told = f"{house.programme.name} is open, and {asked.name} is asked by mail to coordinate it."
    if asked.path is None:
        return told
    return f"{told} The same here, once, within a day:\n{_address(public_url, asked.path)}"


def _let_back_in(clusters_url: str, public_url: str, mail: str) -> str:
    setting_up = _setting_up()
    try:
        path = asyncio.run(setting_up.commands.way_back_in(clusters_url, mail))
    except setting_up.actions.NotCoordinator:
        raise Refusal(
            f"Nobody with the address {mail} coordinates the programme. Who was asked to and has not said yes is let "
            "in by the link of that mail; as long as nobody coordinates it, the command `open-house` prints another."
        ) from None
    return f"They sign in here, once, within a day:\n{_address(public_url, path)}"


def _unlock(clusters_url: str, mail: str) -> str:
    setting_up = _setting_up()
    try:
        asyncio.run(setting_up.commands.unlock(clusters_url, mail))
    except setting_up.commands.NobodyHasIt:
        raise Refusal(f"Nobody with the address {mail} has a second step or a passkey.") from None
    return "They are signed out everywhere, sign in without them from now on, and a mail tells them so."


def _read(file: Path) -> dict[str, Any]:
    try:
        return tomllib.loads(file.read_text())
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise Refusal(f"{file} is not TOML ({error}): correct it.", code=2) from None
    except OSError as error:
        raise Refusal(f"{file} cannot be read ({error.strerror}): name the file that says it.", code=2) from None


def _setting_up() -> Any:
    """The feature, imported when it is wanted: what only starts processes does without."""
    importlib.import_module(processes.module_of("clusters"))
    importlib.import_module("services.clusters.doors.setting_up.commands")
    return importlib.import_module("services.clusters.doors.setting_up")


def _address(public_url: str, path: str) -> str:
    return public_url.rstrip("/") + path
