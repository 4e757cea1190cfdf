"""Let somebody into a house on this machine: python -m deploy.local.opening open-house, or coordinator --mail ..."""

import argparse
import os
import sys

from deploy import databases, opening
from deploy.configuration import PREFIX, read
from deploy.local.home import read_secrets
from deploy.local.postgres import Postgres
from deploy.local.settings import LocalSettings
from deploy.refusal import Refusal


def main() -> int:
    parser = argparse.ArgumentParser(prog="python -m deploy.local.opening", description=opening.__doc__)
    opening.add_commands(parser.add_subparsers(dest="command", required=True))
    said = parser.parse_args()
    try:
        print(do(read(LocalSettings)[0], said))
    except Refusal as refusal:
        print(refusal, file=sys.stderr)
        return refusal.code
    return 0


def do(settings: LocalSettings, said: argparse.Namespace) -> str:
    """What is told, whether the house runs or not; its own PostgreSQL is started for it if need be."""
    public_url = os.environ.get(PREFIX + "PUBLIC_URL") or f"http://localhost:{settings.port}"
    if settings.database_urls:
        return opening.run(settings.database_urls["clusters"], public_url, said)
    kept = read_secrets(settings.home)
    if not kept:
        raise Refusal(f"There is no house in {settings.home.resolve()} yet: start it once with `make run`.")
    postgres = Postgres(settings.home / "postgres")
    runs = postgres.pid() is not None
    try:
        urls = databases.own_urls(postgres.ensure(), kept["databases"])
        return opening.run(urls["clusters"], public_url, said)
    finally:
        if not runs:
            postgres.stop()


if __name__ == "__main__":
    sys.exit(main())
