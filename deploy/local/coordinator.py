"""Let the first person into a house on this machine: python -m deploy.local.coordinator --name ... --mail ..."""

import argparse
import os
import sys

from deploy import coordinator, databases
from deploy.configuration import PREFIX, read
from deploy.local.home import read_secrets
from deploy.local.postgres import Postgres
from deploy.local.settings import LocalSettings
from deploy.refusal import Refusal


def main() -> int:
    parser = argparse.ArgumentParser(prog="python -m deploy.local.coordinator", description=coordinator.__doc__)
    coordinator.arguments(parser)
    said = parser.parse_args()
    try:
        print(make(read(LocalSettings)[0], said))
    except Refusal as refusal:
        print(refusal, file=sys.stderr)
        return refusal.code
    return 0


def make(settings: LocalSettings, said: argparse.Namespace) -> str:
    """The link, whether the house runs or not; its own PostgreSQL is started for it if need be."""
    public_url = os.environ.get(PREFIX + "PUBLIC_URL") or f"http://localhost:{settings.port}"
    if settings.database_urls:
        return coordinator.make(settings.database_urls["clusters"], public_url, said)
    kept = read_secrets(settings.home)
    if not kept:
        raise Refusal(f"There is no house in {settings.home.resolve()} yet: start it once with `make run`.")
    postgres = Postgres(settings.home / "postgres")
    runs = postgres.pid() is not None
    try:
        urls = databases.own_urls(postgres.ensure(), kept["databases"])
        return coordinator.make(urls["clusters"], public_url, said)
    finally:
        if not runs:
            postgres.stop()


if __name__ == "__main__":
    sys.exit(main())
