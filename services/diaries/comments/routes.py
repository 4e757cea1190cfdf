from typing import Annotated

from kit.db import Db
from kit.policy import allowed
from kit.problems import Forbidden, NotFound, documented
from kit.routing import router
from services.diaries.comments import actions
from services.diaries.comments.models import Comment, Kind
from services.diaries.comments.queries import VisibleComment, visible_comment
from services.diaries.comments.schemas import CommentIn, PostedOut, ReplyIn
from services.diaries.entries.queries import VisibleEntry, visible_entry
from services.diaries.policy import RULES
from services.roster.standing import CurrentMember

routes = router("/v1/entries/{entry_id}/comments", "comments")
refused = documented(Forbidden, NotFound, actions.StillADraft)
CommentableEntry = Annotated[VisibleEntry, allowed(RULES, "entry.comment", visible_entry)]
AnswerableComment = Annotated[VisibleComment, allowed(RULES, "comment.reply", visible_comment)]
ResolvableComment = Annotated[VisibleComment, allowed(RULES, "comment.resolve", visible_comment)]


@routes.post("", status_code=201, response_model=PostedOut, responses=refused)
async def post_comment(found: CommentableEntry, comment: CommentIn, actor: CurrentMember, session: Db) -> Comment:
    """Answer an entry with a takeaway, a question or a suggestion."""
    return await actions.comment_on(
        session,
        found.entry,
        found.reach,
        actor,
        kind=Kind(comment.kind),
        text=comment.text,
        language=comment.language,
    )


@routes.post("/{comment_id}/replies", status_code=201, response_model=PostedOut, responses=refused)
async def post_reply(found: AnswerableComment, reply: ReplyIn, actor: CurrentMember, session: Db) -> Comment:
    """Answer a comment, in its thread."""
    return await actions.comment_on(
        session,
        found.entry,
        found.reach,
        actor,
        kind=Kind.reply,
        text=reply.text,
        language=reply.language,
        parent=found.comment,
    )


@routes.put(
    "/{comment_id}/resolution",
    status_code=204,
    responses=documented(Forbidden, NotFound, actions.NotAQuestion),
)
async def resolve_question(found: ResolvableComment, actor: CurrentMember, session: Db) -> None:
    """The question has its answer: for who asked it, or wrote the entry."""
    assert actor.id
    await actions.resolve_question(session, found.entry, found.comment, actor.id)
