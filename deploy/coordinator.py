"""Make the first programme coordinator, and print the link that signs them in."""

import argparse
import asyncio
import importlib
from typing import Any

from pydantic import ValidationError

from deploy import databases, processes
from deploy.refusal import Refusal


def arguments(parser: argparse.ArgumentParser) -> None:
    """What has to be said about the person."""
    parser.add_argument("--name", required=True, help="as colleagues call them")
    parser.add_argument("--mail", required=True, help="their mail address")
    parser.add_argument("--language", default="en", help="of their pages and mails: en, cs or ar")
    parser.add_argument("--zone", default="UTC", help="their time zone, such as Europe/Prague")


def make(clusters_url: str, public_url: str, said: argparse.Namespace) -> str:
    """What the operator is told: the link, which works once, for a day."""
    standing = asyncio.run(databases.reach({"clusters": clusters_url}))
    if standing["clusters"] != databases.head("clusters"):
        raise Refusal("The database of clusters is not at this version: migrate first.")
    importlib.import_module(processes.module_of("clusters"))
    setup: Any = importlib.import_module("services.clusters.doors.opening.setup")
    try:
        person = setup.CoordinatorIn(name=said.name, mail=said.mail, language=said.language, zone=said.zone)
    except ValidationError as error:
        wrong = "; ".join(f"--{each['loc'][0]}: {each['msg']}" for each in error.errors())
        raise Refusal(f"The programme coordinator cannot be made ({wrong}): correct it.", code=2) from None
    try:
        path = asyncio.run(setup.first_coordinator(clusters_url, person))
    except setup.AnotherCoordinates:
        raise Refusal(
            "Somebody else is programme coordinator already: they invite further ones. "
            "For a new link, name the address that is known."
        ) from None
    return f"{person.name} signs in here, once, within a day:\n{public_url.rstrip('/')}{path}"
