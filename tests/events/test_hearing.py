"""Facts are kept in sets: the tables say afterwards what they would if each had been heard by itself."""

import random
from datetime import UTC, datetime, timedelta
from uuid import UUID

import pytest
from sqlmodel.ext.asyncio.session import AsyncSession

from kit.feed import FactOut
from services.events.hearing import hear_from_clusters
from services.roster.hearing import ABOUT

BEGUN = datetime(2026, 9, 1, tzinfo=UTC)
KINDS = {
    "person": (("registered", "changed"), {"name": "Name {n}", "language": "cs", "zone": "UTC"}),
    "school": (("registered", "changed"), {"name": "School {n}", "town": "Louny", "country": "CZ"}),
    "membership": (("begun", "ended"), {"school_id": str(UUID(int=7)), "role": "mentee"}),
    "staff": (
        ("began", "changed", "ended"),
        {"person_id": str(UUID(int=8)), "school_id": str(UUID(int=7)), "role": "{n}"},
    ),
    "office": (("given", "ended"), {"person_id": str(UUID(int=8)), "kind": "national_coordinator", "country": "CZ"}),
    "invitation": (("sent",), {"person_id": str(UUID(int=8))}),
}


def some_facts(draw, many):
    """Facts of a few rows, told again and again; some of tables that nobody keeps."""
    for place in range(1, many + 1):
        noun = draw.choice(list(KINDS))
        verbs, data = KINDS[noun]
        told = {name: value.format(n=place) for name, value in data.items()}
        yield FactOut(
            place=place,
            at=BEGUN + timedelta(minutes=place),
            kind=f"{noun}.{draw.choice(verbs)}",
            cluster_id=UUID(int=9) if noun == "membership" else None,
            actor_id=None,
            data=told | {f"{noun}_id": str(UUID(int=draw.randint(1, 4)))},
        )


async def kept_of(db):
    connection = await db.connection()
    return {
        noun: sorted(tuple(row) for row in (await connection.exec_driver_sql(f"select * from {noun}")).all())
        for noun in (table.__tablename__ for table, _ in ABOUT.values())
    }


async def kept_after(house, *sets):
    """What the tables say after these sets of facts, in a transaction that is undone."""
    async with AsyncSession(house.database("events").engine) as db:
        for facts in sets:
            await hear_from_clusters(db, facts)
        found = await kept_of(db)
        await db.rollback()
        return found


@pytest.mark.proof
async def test_facts_in_a_set_say_what_they_say_one_by_one(house, cluster):
    for seed in range(20):
        facts = list(some_facts(random.Random(seed), 60))
        one_by_one = await kept_after(house, *[[fact] for fact in facts])
        assert await kept_after(house, facts) == one_by_one
        assert await kept_after(house, facts[:25], facts[20:], facts) == one_by_one
