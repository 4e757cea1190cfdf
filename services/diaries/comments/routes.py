from typing import Annotated
from uuid import UUID

from pydantic import BaseModel

from kit.db import Db, Reader, Writer
from kit.pages import After, Limit, Page, keys_of, page_of
from kit.policy import allowed
from kit.problems import Changed, Forbidden, NotFound, PreconditionRequired, documented
from kit.routing import IfMatch, matched, router
from services.diaries.comments import actions
from services.diaries.comments.models import Comment, Kind
from services.diaries.comments.queries import VisibleComment, comments_shown, lock_comment, visible_comment
from services.diaries.comments.schemas import ChangedOut, CommentIn, CommentOut, PostedOut, ReplyIn, TextIn
from services.diaries.entries.queries import TakenBack, VisibleEntry, visible_entry
from services.diaries.policy import RULES
from services.roster.standing import CurrentMember

routes = router("/v1/entries/{entry_id}/comments", "comments")
refused = documented(Forbidden, NotFound, TakenBack)
own = documented(Forbidden, NotFound, TakenBack, Changed, PreconditionRequired)
CommentableEntry = Annotated[VisibleEntry, allowed(RULES, "entry.comment", visible_entry)]
AnswerableComment = Annotated[VisibleComment, allowed(RULES, "comment.reply", visible_comment)]
ResolvableComment = Annotated[VisibleComment, allowed(RULES, "comment.resolve", visible_comment)]


class InTheThread(BaseModel):
    thread: UUID
    id: UUID


@routes.get("", responses=documented(NotFound, TakenBack))
async def list_comments(
    found: Annotated[VisibleEntry, allowed(RULES, "entry.read", visible_entry)],
    pool: Reader,
    actor: CurrentMember,
    after: After = None,
    limit: Limit = 100,
) -> Page[CommentOut]:
    """The comments of an entry by thread, each thread in the order of posting; for whoever reads the entry."""
    keys = keys_of(after, InTheThread)
    rows = await comments_shown(pool, found, actor, (keys.thread, keys.id) if keys else None, limit)
    return Page[CommentOut].model_validate(page_of(rows, limit, "thread", "id"))


@routes.post("", status_code=201, responses=refused)
async def post_comment(
    found: CommentableEntry, comment: CommentIn, actor: CurrentMember, connection: Writer
) -> PostedOut:
    """Answer an entry with a takeaway, a question or a suggestion."""
    return await actions.comment_on(
        connection,
        found.entry,
        actor,
        kind=Kind(comment.kind),
        text=comment.text,
        language=comment.language,
    )


@routes.post("/{comment_id}/replies", status_code=201, responses=refused)
async def post_reply(found: AnswerableComment, reply: ReplyIn, actor: CurrentMember, connection: Writer) -> PostedOut:
    """Answer a comment, in its thread."""
    return await actions.comment_on(
        connection,
        found.entry,
        actor,
        kind=Kind.reply,
        text=reply.text,
        language=reply.language,
        parent=found.comment,
    )


@routes.put(
    "/{comment_id}/resolution",
    status_code=204,
    responses=documented(Forbidden, NotFound, TakenBack),
)
async def resolve_question(found: ResolvableComment, actor: CurrentMember, db: Db) -> None:
    """The question has its answer: for who asked it, or wrote the entry."""
    assert actor.id
    comment = await lock_comment(db, found.comment)
    await actions.resolve_question(db, found.entry, comment, actor.id)


@routes.put("/{comment_id}", response_model=ChangedOut, responses=own)
async def change_comment(
    found: Annotated[VisibleComment, allowed(RULES, "comment.change", visible_comment)],
    new: TextIn,
    actor: CurrentMember,
    db: Db,
    if_match: IfMatch = None,
) -> Comment:
    """Say it in other words; everybody sees that it was edited, and when. `If-Match` names the comment's `version`."""
    assert actor.id
    comment = await lock_comment(db, found.comment)
    matched(comment.version, if_match)
    return await actions.change_comment(db, found.entry, comment, actor.id, text=new.text, language=new.language)


@routes.delete("/{comment_id}", status_code=204, responses=own)
async def remove_comment(
    found: Annotated[VisibleComment, allowed(RULES, "comment.remove", visible_comment)],
    actor: CurrentMember,
    db: Db,
    if_match: IfMatch = None,
) -> None:
    """Take it back: its words are erased; where others have answered it, its place stays. `If-Match` as above."""
    assert actor.id
    comment = await lock_comment(db, found.comment)
    matched(comment.version, if_match)
    await actions.remove_comment(db, found.entry, comment, actor.id)
