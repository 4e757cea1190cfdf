from datetime import datetime
from itertools import takewhile
from typing import Any
from uuid import UUID

from web.clients.base import Answer, Page, ServiceClient

SMALL = 800  # pixels: the longest edge of a small picture


class EntryItem(Answer):
    id: UUID
    cluster: str
    title: str
    excerpt: str
    language: str
    author: str
    school: str
    reach: str | None
    started_at: datetime
    published_at: datetime | None
    comments: int


class EntryPage(Page):
    items: list[EntryItem]


class Written(Answer):
    """What a school has published since the school year began."""

    school_id: UUID
    school: str
    entries: int


class ClusterWritten(Answer):
    """The diary of a cluster as an office sees it."""

    cluster_id: UUID
    last_at: datetime | None
    entries: int


class ClusterWrittenPage(Page):
    items: list[ClusterWritten]


class CountryWritten(Answer):
    country: str
    entries: int


class Today(Answer):
    entries: list[EntryItem]
    drafts: list[EntryItem]
    written: list[Written]
    entries_this_year: int
    clusters: ClusterWrittenPage | None
    month: list[CountryWritten]
    more_drafts: bool
    first_share: EntryItem | None = None
    first_steps: frozenset[str] | None = None

    def of_cluster(self, cluster_id: UUID) -> ClusterWritten | None:
        found = self.clusters.items if self.clusters else []
        return next((written for written in found if written.cluster_id == cluster_id), None)


class Comment(Answer):
    id: UUID
    parent_id: UUID | None
    kind: str
    text: str
    language: str
    author: str
    school: str
    version: int
    posted_at: datetime
    edited_at: datetime | None
    resolved_at: datetime | None
    removed_at: datetime | None
    can: list[str]


class CommentPage(Page):
    """Some of the comments of an entry, by thread."""

    items: list[Comment]

    @property
    def threads(self) -> list[Comment]:
        return [comment for comment in self.items if comment.parent_id is None]

    def replies_to(self, comment: Comment) -> list[Comment]:
        return [reply for reply in self.items if reply.parent_id == comment.id]

    def goes_on(self, comment: Comment) -> bool:
        """Whether there may be more replies to it on the next page."""
        return self.next is not None and self.threads[-1:] == [comment]

    @property
    def carried_on(self) -> list[Comment]:
        """Replies in the thread with which the page before ended."""
        return list(takewhile(lambda comment: comment.parent_id is not None, self.items))


class Came(Answer):
    school: str
    came: int


class Origin(Answer):
    """What the event that an entry starts from said about itself."""

    id: UUID
    title: str
    format: str
    mode: str
    zone: str
    starts_at: datetime
    ends_at: datetime
    sites: list[str]
    came: list[Came]


class Picture(Answer):
    """`width` and `height` are those of the large size."""

    id: UUID
    description: str
    width: int
    height: int

    @property
    def small_width(self) -> int:
        return round(self.width * min(1, SMALL / max(self.width, self.height)))


class Entry(Answer):
    id: UUID
    cluster_id: UUID
    cluster: str
    cluster_closed_at: datetime | None = None
    title: str
    text: str
    html: str
    language: str
    author: str
    school: str
    origin: Origin | None
    version: int
    reach: str | None
    published_at: datetime | None
    pictures: list[Picture]
    answers: int
    comments: list[Comment]
    more_comments: str | None
    can: list[str]

    @property
    def first_comments(self) -> CommentPage:
        return CommentPage(items=self.comments, next=self.more_comments)


class Entries(ServiceClient):
    service = "diaries"

    async def today(self, after: str | None = None, *, first_steps: bool = False) -> Today:
        """`after` walks the clusters of an office; `first_steps` asks for those of the guide."""
        return await self.get(Today, "/v1/today", after=after, first_steps=first_steps or None)

    async def index(
        self, after: str | None = None, cluster_id: UUID | None = None, school_id: UUID | None = None, limit: int = 20
    ) -> EntryPage:
        asked = {"cluster_id": cluster_id, "school_id": school_id}
        return await self.get(EntryPage, "/v1/entries", after=after, **asked, limit=limit)

    async def public(self, after: str | None = None) -> EntryPage:
        return await self.get(EntryPage, "/v1/public-entries", after=after)

    async def show(self, entry_id: UUID) -> Entry:
        return await self.get(Entry, f"/v1/entries/{entry_id}")

    async def start(self, once: str, body: dict[str, Any]) -> UUID:
        return UUID((await self.post("/v1/entries", body, once))["id"])

    async def change(self, entry_id: UUID, version: int, *, title: str, text: str, language: str) -> int:
        body = {"title": title, "text": text, "language": language}
        changed: dict[str, Any] = await self.put(f"/v1/entries/{entry_id}", body, version)
        return int(changed["version"])

    async def remove(self, entry_id: UUID, version: int) -> None:
        await self.delete(f"/v1/entries/{entry_id}", version)

    async def publish(self, entry_id: UUID, reach: str) -> None:
        await self.put(f"/v1/entries/{entry_id}/publication", {"reach": reach})

    async def retract(self, entry_id: UUID) -> None:
        await self.delete(f"/v1/entries/{entry_id}/publication")
