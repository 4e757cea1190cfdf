"""One composite answer for the page of an entry, and what lists show of each."""

from typing import Any

from kit.db import Reader
from kit.pages import page_of
from kit.policy import can
from services.diaries.comments.queries import comments_shown, number_of_comments
from services.diaries.entries.rendering import excerpt
from services.diaries.policy import RULES
from services.diaries.showing.queries import ShownEntry
from services.diaries.showing.schemas import EntryOut
from services.roster.standing import Member

COMMENTS_SHOWN = 100


def items(rows: list[dict[str, Any]]) -> list[dict[str, Any]]:
    return [row | {"excerpt": excerpt(row["html"])} for row in rows]


async def entry_out(pool: Reader, found: ShownEntry, actor: Member) -> EntryOut:
    rows = await comments_shown(pool, found, actor, None, COMMENTS_SHOWN)
    comments = page_of(rows, COMMENTS_SHOWN, "thread", "id")
    answers = sum(comment["removed_at"] is None for comment in comments["items"])
    shown = {
        "answers": await number_of_comments(pool, found.entry.id) if comments["next"] else answers,
        "comments": comments["items"],
        "more_comments": comments["next"],
        "can": can(RULES, actor, "entry", found),
    }
    return EntryOut.model_validate(found.shown | shown)
