from uuid import UUID

from pydantic import Field

from web.clients.base import Answer, ServiceClient
from web.clients.clusters.invitations import Unreached
from web.clients.clusters.proposals import ProposalItem
from web.clients.clusters.todos import ClusterTodo

MOST_PATHS = 200  # clusters lists no more


class Named(Answer):
    """Somebody by name, with their titles, and with a picture where they show one to the reader."""

    name: str
    title_before: str = ""
    title_after: str = ""
    portrait_id: UUID | None = None

    @property
    def formally(self) -> str:
        """As they are named in lists and on what is signed; never where they are greeted."""
        name = f"{self.title_before} {self.name}".strip()
        return f"{name}, {self.title_after}" if self.title_after else name

    @property
    def initials(self) -> str:
        words = [word for word in self.name.split() if word[0].isalpha()]
        return "".join(word[0] for word in (words[:1] + words[-1:] if len(words) > 1 else words)).upper()


class Standing(Answer):
    staff_id: UUID | None = None
    school_id: UUID
    school: str
    staff_role: str
    cluster_id: UUID | None
    cluster: str | None
    school_role: str | None
    cluster_is_open: bool = True
    schedules: bool = False
    can: frozenset[str] = frozenset()


class Office(Answer):
    kind: str
    country: str | None


class Invited(Answer):
    """Where I am asked to belong."""

    id: UUID
    school: str | None
    role: str | None
    office: str | None
    country: str | None
    by: str


class SchoolAsked(Answer):
    """A school that I lead is asked into a cluster."""

    id: UUID
    school: str
    cluster: str
    role: str


class MyMail(Unreached):
    """Mails to my address do not reach me."""

    mail: str


class YearToBegin(Answer):
    """A school year that a cluster of mine has not begun to plan."""

    cluster_id: UUID
    cluster: str
    year: int


class Me(Named):
    """Who is signed in."""

    id: UUID
    language: str
    zone: str
    standings: list[Standing]
    offices: list[Office]
    invitations: list[Invited]
    school_invitations: list[SchoolAsked] = Field(default_factory=list)
    todos: list[ClusterTodo] = Field(default_factory=list)
    proposals: list[ProposalItem] = Field(default_factory=list)
    years_to_begin: list[YearToBegin] = Field(default_factory=list)
    unseen: int
    unseen_paths: frozenset[str]
    unreached: MyMail | None = None
    has_password: bool
    has_guide: bool = False

    @property
    def clusters(self) -> dict[UUID, str]:
        return {s.cluster_id: s.cluster or "" for s in self.standings if s.cluster_id}

    @property
    def open_clusters(self) -> dict[UUID, str]:
        """Those to which something can be added."""
        return {s.cluster_id: s.cluster or "" for s in self.standings if s.cluster_id and s.cluster_is_open}

    @property
    def scheduled_clusters(self) -> dict[UUID, str]:
        """Those whose meetings I may plan."""
        return {s.cluster_id: s.cluster or "" for s in self.standings if s.cluster_id and s.schedules}

    @property
    def schedules(self) -> bool:
        """Plans meetings somewhere; an office does in all that it looks after."""
        return bool(self.scheduled_clusters or self.offices)

    def may_have_news(self, path: str) -> bool:
        """Whether I was told something about this page that I have not seen; only so many of them are listed."""
        return path in self.unseen_paths or len(self.unseen_paths) >= MOST_PATHS

    @property
    def leads(self) -> bool:
        """Holds an office, or leads a school."""
        return bool(self.offices or self.led)

    @property
    def led(self) -> list[Standing]:
        """Those at schools that I coordinate or head."""
        return [standing for standing in self.standings if standing.staff_role != "teacher"]

    @property
    def operates(self) -> bool:
        return any(office.kind == "programme_coordinator" for office in self.offices)


class Guide(Answer):
    """Whose first weeks these are, and what is done as far as clusters knows."""

    role: str
    done: frozenset[str]
    by_others: frozenset[str] = frozenset()


class People(ServiceClient):
    service = "clusters"

    async def me(self) -> Me:
        return await self.get(Me, "/v1/me")

    async def change_profile(self, **said: str) -> None:
        """The name, the titles, the language and the zone."""
        await self.put("/v1/me", said)

    async def set_password(self, password: str, old_password: str, session: str) -> None:
        body = {"password": password, "old_password": old_password or None, "session": session}
        await self.put("/v1/me/password", body)

    async def guide(self) -> Guide:
        return await self.get(Guide, "/v1/me/guide")

    async def put_guide_away(self) -> None:
        await self.delete("/v1/me/guide")

    async def try_mail_again(self) -> None:
        await self.delete("/v1/me/unreached")
