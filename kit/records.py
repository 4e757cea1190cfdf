"""All that a service keeps about a person, by the table that it stands in, as they may take it away."""

from collections.abc import Mapping
from typing import Any
from uuid import UUID

import asyncpg

MOST_ROWS = 10_000  # of each table, the newest


async def record_of(pool: asyncpg.Pool, sections: Mapping[str, str], person_id: UUID) -> dict[str, Any]:
    """Rows as JSON has them; each section is a statement that asks for the rows of $1, the newest first.

    `cut` names the sections of which there may be more rows than are given.
    """
    # Put together from the sections, each of which gives one list: one statement, so one moment.
    lists = [
        f"(select coalesce(json_agg(row_to_json(row)), '[]') from ({section} limit {MOST_ROWS}) row) as {name}"
        for name, section in sections.items()
    ]
    (row,) = await pool.fetch("select " + ", ".join(lists), person_id)
    cut = [{"section": name, "rows": len(rows)} for name, rows in row.items() if len(rows) == MOST_ROWS]
    return dict(row) | {"cut": cut}
