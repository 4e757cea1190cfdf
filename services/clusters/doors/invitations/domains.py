"""Whose mail a domain is, by the websites of schools: an address of another school was perhaps pasted by mistake."""

from collections.abc import Iterable, Mapping, Sequence
from functools import lru_cache
from typing import Protocol
from uuid import UUID

import idna
from sqlmodel.ext.asyncio.session import AsyncSession

from kit.db import plain
from services.clusters.directory.schools.models import School
from services.clusters.directory.schools.queries import some_at_hosts
from services.clusters.directory.staff.queries import usual_domains

OF_NO_SCHOOL = frozenset(
    [
        "gmail.com",
        "googlemail.com",
        "outlook.com",
        "hotmail.com",
        "live.com",
        "msn.com",
        "yahoo.com",
        "icloud.com",
        "me.com",
        "aol.com",
        "proton.me",
        "protonmail.com",
        "gmx.net",
        "gmx.de",
        "web.de",
        "seznam.cz",
        "email.cz",
        "centrum.cz",
        "post.cz",
        "volny.cz",
        "sapo.pt",
        "iol.pt",
        "clix.pt",
        "wp.pl",
        "onet.pl",
        "interia.pl",
        "libero.it",
        "orange.fr",
        "free.fr",
        "laposte.net",
        "freemail.hu",
        "citromail.hu",
        "walla.co.il",
        "ukr.net",
        "mail.ru",
        "yandex.ru",
        "localhost",
    ]
)
"""Where anybody may have an address."""
MOST_PARTS = 8


class Owner(Protocol):
    """A school, as far as a domain may be its."""

    @property
    def id(self) -> UUID: ...
    @property
    def name(self) -> str: ...
    @property
    def branch_of(self) -> UUID | None: ...


def domain_of(mail: str) -> str:
    return mail.rpartition("@")[2]


def hosts_of(domain: str) -> list[str]:
    """The domain and those above it, the nearest first, each in its own script and in ASCII; none of a public one."""
    if domain in OF_NO_SCHOOL:
        return []
    parts = domain.split(".")[-MOST_PARTS:]
    above = [".".join(parts[first:]) for first in range(len(parts) - 1)]
    return [spelled for host in above if host not in OF_NO_SCHOOL for spelled in dict.fromkeys((host, _ascii(host)))]


@lru_cache(maxsize=2_000)
def _ascii(host: str) -> str:
    try:
        return idna.encode(host, uts46=True).decode()
    except ValueError:
        return host


def other_school(domain: str, school: Owner, owners: Mapping[str, Sequence[Owner]]) -> Owner | None:
    """The one school at whose website this domain is, of `owners` by host; not this school, nor one of the same."""
    for host in hosts_of(domain):
        if others := [each for each in owners.get(host, ()) if each.id != school.branch_of]:
            ours = any(school.id in (each.id, each.branch_of) for each in others)
            return None if ours or len(others) > 1 else others[0]
    return None


async def other_schools(db: AsyncSession, school: School, mails: Iterable[str], *, asks_itself: bool) -> dict[str, str]:
    """The names of other schools of the house by the domains that are theirs, as their websites say.

    A domain that most of this school use is not another's; that is seen of those alone who speak for it
    (`asks_itself`).
    """
    domains = {domain_of(mail) for mail in mails}
    if asks_itself:
        domains -= (await usual_domains(await plain(db), [school.id])).get(school.id, set())
    hosts = sorted({host for domain in domains for host in hosts_of(domain)})
    if not hosts:
        return {}
    owners = await some_at_hosts(await plain(db), hosts)
    theirs = {domain: other_school(domain, school, owners) for domain in domains}
    return {domain: other.name for domain, other in theirs.items() if other}
