from uuid import UUID

from kit.jobs import Context, Jobs
from services.diaries.erasure import actions

jobs = Jobs()


@jobs.job("writings.forget")
async def forget_writings(context: Context, author_id: str, everything: bool) -> None:
    async with context.database.transaction() as db:
        await actions.forget_writings(db, UUID(author_id), everything)


@jobs.job("entry.forget")
async def forget_entry(context: Context, entry_id: str) -> None:
    async with context.database.transaction() as db:
        await actions.forget_entry(db, UUID(entry_id))


@jobs.job("comment.forget")
async def forget_comment(context: Context, comment_id: str) -> None:
    async with context.database.transaction() as db:
        await actions.forget_comment(db, UUID(comment_id))
