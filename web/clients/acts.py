"""What was done, as each service tells it."""

from datetime import datetime
from uuid import UUID

from web.clients.base import MOST_IN_PAGE, Answer, Page, ServiceClient

ROOMS = dict.fromkeys(("event", "attendance"), "/events") | dict.fromkeys(("entry", "comment", "question"), "/entries")
# Which words there are for the detail of an act, by its noun.
DETAILS = {
    "staff": "staff_role",
    "membership": "school_role",
    "school_invitation": "school_role",
    "office": "office",
    "tool": "tool_kind",
    "comment": "kind",
    "import": "sheet",
}


class Named(Answer):
    """`name` is None of who left for good, and of what the reader may not know of, or what is gone."""

    id: UUID
    name: str | None


class Act(Answer):
    kind: str
    at: datetime
    actor: Named | None
    office: str | None
    client_id: UUID | None
    country: str | None
    cluster: Named | None
    school: Named | None
    person: Named | None
    thing: Named | None
    detail: str | None
    cursor: str

    @property
    def detail_table(self) -> str:
        """The table of words that its detail is a word of; empty where it has none."""
        return DETAILS.get(self.kind.partition(".")[0], "") if self.detail else ""

    @property
    def is_of_visitor(self) -> bool:
        """Whether somebody did it who was not signed in."""
        return self.kind == "school_code.used" and self.actor is None

    @property
    def thing_path(self) -> str:
        """Where its event or entry is read; empty for what has no page, or is not there to be read."""
        room = ROOMS.get(self.kind.partition(".")[0])
        return f"{room}/{self.thing.id}" if room and self.thing and self.thing.name else ""


class ActPage(Page):
    items: list[Act]
    everybodys: bool


class Acts(ServiceClient):
    """Asked of each service: what was done at a `path`, of a cluster, a school, a country, or (empty) all."""

    async def index(
        self,
        path: str,
        after: str | None = None,
        *,
        about: str | None = None,
        since: str | None = None,
        until: str | None = None,
        limit: int = 50,
    ) -> ActPage:
        asked = {"about": about, "since": since, "until": until, "limit": limit}
        return await self.get(ActPage, f"/v1{path}/acts", after=after, **asked)

    async def every(self, path: str, most: int, **asked: str | None) -> list[Act]:
        """All of them, up to `most` and one more by which it is known that there are more."""
        found: list[Act] = []
        async for page in self.pages(ActPage, f"/v1{path}/acts", limit=MOST_IN_PAGE, **asked):
            found += page.items
            if len(found) > most:
                break
        return found[: most + 1]
