from typing import Any
from uuid import UUID

from kit.clock import said_now
from kit.jobs import Context, Jobs
from services.diaries.comments.queries import told_comment

jobs = Jobs()


@jobs.job("comment.tell")
async def tell_comment(context: Context, comment_id: str) -> None:
    """Tell the author of the entry and those in the thread: one notice for each thread until it is seen."""
    told_of = await told_comment(context.database, UUID(comment_id))
    if told_of is None:
        return
    comment, entry, by, people = told_of
    notice: dict[str, Any] = {
        "kind": "comment_posted",
        "params": {"title": entry.title, "language": entry.language, "by": by, "as": comment.kind.value},
        "letter": {"text": comment.text, "text_language": comment.language},
        "path": f"/entries/{entry.id}",
        "thread": f"comment:{comment.parent_id or comment.id}",
    }
    told = [notice | {"person_id": str(person_id)} for person_id in sorted(people)]
    said, clusters = said_now(), context.resources["neighbours"].clusters
    notices = {"notices": told, "happened_at": said.at.isoformat() if said else None}
    await clusters.ask("POST", "/v1/notices", json=notices, headers={"idempotency-key": f"comment-{comment.id}"})
