from uuid import UUID

import asyncpg

# Drafts go with who wrote them, and what is left of what they deleted; the rest where they said so ($2).
ENTRIES = """
select entry.id from entry
left join publication on publication.entry_id = entry.id and publication.retracted_at is null
where entry.author_id = $1 and ($2 or publication.id is null) and entry.text || entry.title <> ''
order by entry.id
"""
COMMENTS = """
select comment.id from comment
where comment.author_id = $1 and $2 and not exists (select from comment_removal where comment_id = comment.id)
order by comment.id
"""


async def entries_to_forget(connection: asyncpg.Connection, author_id: UUID, everything: bool) -> list[UUID]:
    return [row["id"] for row in await connection.fetch(ENTRIES, author_id, everything)]


async def comments_to_forget(connection: asyncpg.Connection, author_id: UUID, everything: bool) -> list[UUID]:
    return [row["id"] for row in await connection.fetch(COMMENTS, author_id, everything)]
