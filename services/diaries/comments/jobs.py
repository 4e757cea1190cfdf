from typing import Any
from uuid import UUID

from kit.jobs import Context, Jobs
from kit.notices import post_notices
from services.diaries.comments.queries import told_comments

jobs = Jobs()


@jobs.together("comment.tell")
async def tell_comments(context: Context, asked: list[dict[str, str]]) -> None:
    """Tell the authors of the entries and those in the threads: one notice for each thread until it is seen."""
    found = await told_comments(context.database.pool, [UUID(each["comment_id"]) for each in asked])
    notices = [_notice(comment, person_id) for comment, people in found for person_id in sorted(people)]
    await post_notices(context.resources["neighbours"].clusters, notices)


def _notice(comment: Any, person_id: UUID) -> dict[str, Any]:
    return {
        "person_id": str(person_id),
        "once": f"comment-{comment['id']}-{person_id}",
        "kind": "comment_posted",
        "params": {
            "title": comment["title"],
            "language": comment["entry_language"],
            "by": comment["by"],
            "as": comment["kind"],
        },
        "named": {"by": str(comment["author_id"])},
        "letter": {"text": comment["text"], "text_language": comment["language"]},
        "path": f"/entries/{comment['entry_id']}",
        "thread": f"comment:{comment['thread']}",
    }
