from datetime import datetime
from uuid import UUID

from kit.jobs import Context, Jobs
from services.clusters.year.todos.actions import tell_clusters

jobs = Jobs()


@jobs.job("todo.tell")
async def tell(context: Context, todo_id: str, kind: str, clusters: list[str], by: str | None, at: str) -> None:
    asked = [UUID(each) for each in clusters]
    await tell_clusters(
        context.database, UUID(todo_id), kind, asked, UUID(by) if by else None, datetime.fromisoformat(at)
    )
