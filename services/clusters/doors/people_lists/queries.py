from collections.abc import Collection
from dataclasses import replace
from datetime import timedelta
from uuid import UUID

import asyncpg

from kit.clock import now, real_now
from services.clusters.directory.schools.queries import some_at_hosts
from services.clusters.directory.staff.queries import usual_domains
from services.clusters.doors.invitations.actions import MOST_SENDINGS
from services.clusters.doors.invitations.domains import domain_of, hosts_of
from services.clusters.doors.invitations.models import LASTS
from services.clusters.doors.invitations.queries import STILL_SHOWN
from services.clusters.doors.lists.schools import SchoolThere
from services.clusters.doors.people_lists.judging import Place, There

WORKED = """
select address.mail, staff.school_id, bool_or(staff.ended_at is null) as is_here
from address join staff on staff.person_id = address.person_id
where address.mail = any($1) and (staff.ended_at is null or staff.ended_at > $2)
group by address.mail, staff.school_id
"""
LEFT_JUST_NOW = "select mail from person, unnest(left_mails) mail where left_mails <> '{}' and mail = any($1)"
# One that waits for an answer before all; then who left, who said no and to whom it was said, in the time in which a no
# is still shown; then the cap.
ASKED = """
select address.mail, invitation.school_id, bool_or(answer is null) as is_open,
  coalesce(bool_or(answer = 'declined' and answered_at > $2), false) as declined,
  coalesce(bool_or(answer = 'withdrawn' and answered_at > $2), false) as withdrawn,
  coalesce(sum(greatest(sendings, 1)) filter (where coalesce(ends_at, invited_at + $3) > $4), 0) as sendings
from address join invitation on invitation.person_id = address.person_id
where address.mail = any($1) and invitation.school_id is not null
group by address.mail, invitation.school_id
"""


async def places_of(connection: asyncpg.Connection, mails: Collection[str]) -> dict[tuple[str, UUID], Place]:
    """Where these addresses stand at schools: who works there, was asked, or left or said no lately."""
    shown_since = now() - STILL_SHOWN
    lasts: timedelta = LASTS
    places: dict[tuple[str, UUID], Place] = {}
    for row in await connection.fetch(ASKED, mails, shown_since, lasts, real_now()):
        place = (
            Place.asked if row["is_open"]
            else Place.declined if row["declined"]
            else Place.withdrawn if row["withdrawn"]
            else Place.asked_too_often if row["sendings"] >= MOST_SENDINGS
            else None
        )  # fmt: skip
        if place:
            places[row["mail"], row["school_id"]] = place
    for row in await connection.fetch(WORKED, mails, shown_since):
        at = row["mail"], row["school_id"]
        if row["is_here"]:
            places[at] = Place.here
        elif places.get(at) is not Place.asked:
            places[at] = Place.left
    return places


async def with_owners(
    connection: asyncpg.Connection, there: There, mails: Collection[str], askers: Collection[UUID | None]
) -> There:
    """With what is known of whose domain these addresses have.

    Who tried a list out may be another than who begins it: what was shown to one is done for the other.
    """
    hosts = {host for domain in set(map(domain_of, mails)) for host in hosts_of(domain)}
    owners = await some_at_hosts(connection, hosts)
    if not owners:
        return there
    schools = [school for school in there.schools.values() if isinstance(school, SchoolThere)]
    own = {school.id for school in schools if any(map(school.is_wanted_by, askers))}
    usual = await usual_domains(connection, own)
    return replace(there, owners=owners, usual=usual)


async def left_just_now(connection: asyncpg.Connection, mails: Collection[str]) -> set[str]:
    """Those of these addresses whose people left the house, until they stand in no list any more."""
    return {row["mail"] for row in await connection.fetch(LEFT_JUST_NOW, mails)}
