from typing import Any
from uuid import UUID

from kit.clock import said_now
from kit.jobs import Context, Jobs
from services.diaries.comments.queries import told_comments

jobs = Jobs()
AT_ONCE = 40  # notices with the longest comments fit into one request


@jobs.together("comment.tell")
async def tell_comments(context: Context, asked: list[dict[str, str]]) -> None:
    """Tell the authors of the entries and those in the threads: one notice for each thread until it is seen."""
    found = await told_comments(context.database.pool, [UUID(each["comment_id"]) for each in asked])
    notices = [_notice(comment, person_id) for comment, people in found for person_id in sorted(people)]
    said, clusters = said_now(), context.resources["neighbours"].clusters
    for start in range(0, len(notices), AT_ONCE):
        told = {"notices": notices[start : start + AT_ONCE], "happened_at": said.at.isoformat() if said else None}
        await clusters.ask("POST", "/v1/notices", json=told)


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
        "letter": {"text": comment["text"], "text_language": comment["language"]},
        "path": f"/entries/{comment['entry_id']}",
        "thread": f"comment:{comment['thread']}",
    }
