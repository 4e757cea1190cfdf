from uuid import UUID

import asyncpg

from kit.collation import in_order
from services.clusters.directory.cards.models import Circle, PortraitSize
from services.clusters.directory.cards.schemas import CardOut, SeenOfCardOut
from services.clusters.directory.cards.seeing import shown_to

# What a statement about people says of each; all null of who has said nothing.
SAID = """
person.title_before, person.title_after, card.subjects, card.languages, card.shows,
card.subjects_for, card.shows_for, card.portrait_for, portrait.id as portrait_id
"""
WHAT_THEY_SAID = """
left join card on card.person_id = person.id
left join portrait on portrait.person_id = person.id
"""
MINE = f"select {SAID} from person {WHAT_THEY_SAID} where person.id = $1"
SUBJECTS = """
select distinct subject from staff join school on school.id = staff.school_id, unnest(school.subjects) subject
where staff.person_id = $1 and staff.ended_at is null order by subject limit 50
"""
CONTENT = {
    PortraitSize.small: "select small from portrait where person_id = $1 and id = $2",
    PortraitSize.large: "select large from portrait where person_id = $1 and id = $2",
}
NOTHING = {"subjects": [], "languages": [], "shows": ""} | dict.fromkeys(
    ("subjects_for", "shows_for", "portrait_for"), Circle.clusters
)


async def my_card(pool: asyncpg.Pool | asyncpg.Connection, person_id: UUID, language: str) -> CardOut:
    """With the subjects of their schools as this language sorts them."""
    row = await pool.fetchrow(MINE, person_id)
    assert row
    said = dict(row)
    known = {name: value for name, value in said.items() if value is not None}
    subjects = [row["subject"] for row in in_order(await pool.fetch(SUBJECTS, person_id), language, "subject")]
    seen = SeenOfCardOut.model_validate(shown_to(Circle.clusters, said))
    more = {"portrait_id": said["portrait_id"], "seen_by_my_clusters": seen, "subjects_of_my_schools": subjects}
    return CardOut.model_validate(NOTHING | known | more)


async def content_of(pool: asyncpg.Pool, person_id: UUID, portrait_id: UUID, size: PortraitSize) -> bytes | None:
    """None when there is another one by now, or none."""
    content: bytes | None = await pool.fetchval(CONTENT[size], person_id, portrait_id)
    return content
