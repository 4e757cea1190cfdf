from uuid import UUID

import asyncpg

from services.clusters.directory.schools.queries import COUNTED
from services.clusters.doors.lists.judging import bare, place_of
from services.clusters.doors.school_lists.judging import Known, There

THERE = f"""
select school.id, school.name, school.official_name, school.town, coalesce(official_id.number, '') as number,
  (select coalesce(json_agg(json_build_array(year, students, teachers)), '[]') from (
    select year, {COUNTED} from headcount where headcount.school_id = school.id) known) as counted
from school
left join official_id on official_id.school_id = school.id and official_id.country = $1 and official_id.scheme = $2
where school.country = $1
"""
NUMBERED = """
select school_id, number from official_id
where country = $1 and scheme = $2 and lower(ltrim(number, '0')) = any($3)
"""


async def schools_there(connection: asyncpg.Connection, country: str, scheme: str, year: int) -> There:
    """What is known of a country, by number in the register and by what schools are called and where."""
    by_number: dict[str, Known] = {}
    by_name: dict[tuple[str, str], Known] = {}
    for row in await connection.fetch(THERE, country, scheme):
        counted = {counted_in: (students, teachers) for counted_in, students, teachers in row["counted"]}
        known = Known(row["id"], row["number"], counted)
        if row["number"]:
            by_number[bare(row["number"])] = known
        for name in filter(None, (row["name"], row["official_name"])):
            by_name.setdefault(place_of(name, row["town"]), known)
    return There(year, by_number, by_name)


async def schools_numbered(
    connection: asyncpg.Connection, country: str, scheme: str, numbers: list[str]
) -> dict[str, UUID]:
    """The schools that have these numbers in a register now."""
    rows = await connection.fetch(NUMBERED, country, scheme, numbers)
    return {bare(row["number"]): row["school_id"] for row in rows}
