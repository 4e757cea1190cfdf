from datetime import datetime
from typing import Any, Literal
from uuid import UUID

from kit.clock import now
from web.clients.base import Answer, Page, ServiceClient


class EventItem(Answer):
    id: UUID
    title: str
    language: str
    format: str
    mode: str
    zone: str
    starts_at: datetime
    ends_at: datetime
    places: str
    coming: int
    waiting: int
    came: int | None
    cancelled: bool
    my_state: str | None


class EventPage(Page):
    items: list[EventItem]


class Year(Answer):
    """Since the school year began: meetings held, and how many of our schools took part."""

    held: int
    took_part: int
    schools: int


class ClusterToday(Answer):
    """A cluster as an office sees it: when it met last, when it meets next, and how often it met this month."""

    cluster_id: UUID
    name: str
    country: str
    last_at: datetime | None
    next_at: datetime | None
    held: int


class ClusterTodayPage(Page):
    items: list[ClusterToday]


class CountryHeld(Answer):
    country: str
    held: int


class Today(Answer):
    upcoming: list[EventItem]
    to_mark: list[EventItem]
    year: Year | None
    clusters: ClusterTodayPage | None
    month: list[CountryHeld]
    more_to_mark: bool
    first_steps: frozenset[str] | None = None


class Place(Answer):
    id: UUID
    name: str
    address: str
    school_id: UUID | None
    online: bool
    capacity: int | None
    taken: int
    waiting: int
    link: str | None

    @property
    def left(self) -> int | None:
        """Seats that a newcomer can have; None when there is room for everybody."""
        if self.capacity is None:
            return None
        return 0 if self.waiting else max(0, self.capacity - self.taken)


class Mine(Answer):
    placed: UUID | None
    waits_for: UUID | None
    position: int | None


class AtPlace(Answer):
    place_id: UUID
    people: int


class FromSchool(Answer):
    school: str
    coming: int
    waiting: int
    at: list[AtPlace]


class LastChange(Answer):
    what: list[str]
    reason: str
    at: datetime
    before: dict[str, Any]


class Event(Answer):
    id: UUID
    cluster_id: UUID
    cluster: str
    cluster_closed_at: datetime | None = None
    title: str
    description: str
    language: str
    format: str
    mode: str
    zone: str
    starts_at: datetime
    ends_at: datetime
    organiser_id: UUID
    organiser: str
    version: int
    cancelled_at: datetime | None
    cancelled_because: str | None
    places: list[Place]
    mine: Mine | None
    coming: int
    waiting: int
    came: int | None
    schools: list[FromSchool]
    last_change: LastChange | None
    can: list[str]

    @property
    def phase(self) -> Literal["ahead", "running", "over"]:
        if self.ends_at <= now():
            return "over"
        return "running" if self.starts_at <= now() else "ahead"

    @property
    def first_free(self) -> Place | None:
        """The first place where a newcomer can come, on site before online."""
        return next((place for place in self.places if place.left != 0), None)

    @property
    def room(self) -> Place | None:
        return next((place for place in self.places if place.online), None)

    @property
    def sites(self) -> list[Place]:
        return [place for place in self.places if not place.online]

    @property
    def my_place(self) -> Place | None:
        return self.place(self.mine.placed) if self.mine else None

    @property
    def loses(self) -> list[str]:
        """What who leaves gives away for good: their "place", when somebody waits for it; their "turn" in a line."""
        place = ["place"] if self.my_place and self.my_place.waiting else []
        return place + (["turn"] if self.mine and self.mine.waits_for else [])

    def loses_for(self, place: Place) -> list[str]:
        """The same for who asks for another place: until they have that one, they keep their own."""
        waits = place.left == 0
        return [what for what in self.loses if what == "turn" or not waits]

    @property
    def registered(self) -> int:
        return self.coming + self.waiting

    def place(self, place_id: UUID | None) -> Place | None:
        return next((place for place in self.places if place.id == place_id), None)


class Format(Answer):
    """`minutes`: how long one sitting usually takes."""

    format: str
    minutes: int


class Events(ServiceClient):
    service = "events"

    async def formats(self) -> list[Format]:
        return [Format.model_validate(known) for known in await self.ask("GET", "/v1/formats")]

    async def today(self, after: str | None = None, *, first_steps: bool = False) -> Today:
        """`after` walks the clusters of an office; `first_steps` asks for those of the guide."""
        return await self.get(Today, "/v1/today", after=after, first_steps=first_steps or None)

    async def index(
        self, when: str, after: str | None = None, cluster_id: UUID | None = None, limit: int = 20
    ) -> EventPage:
        return await self.get(EventPage, "/v1/events", when=when, after=after, cluster_id=cluster_id, limit=limit)

    async def of_month(self, cluster_id: UUID, month: str, after: str | None = None) -> EventPage:
        return await self.get(EventPage, "/v1/events", cluster_id=cluster_id, month=month, after=after)

    async def show(self, event_id: UUID) -> Event:
        return await self.get(Event, f"/v1/events/{event_id}")

    async def announce(self, once: str, body: dict[str, Any]) -> UUID:
        return UUID((await self.post("/v1/events", body, once))["id"])

    async def describe(self, event_id: UUID, version: int, body: dict[str, Any]) -> None:
        await self.put(f"/v1/events/{event_id}/description", body, version)

    async def cancel(self, event_id: UUID, reason: str, once: str) -> None:
        await self.post(f"/v1/events/{event_id}/cancellation", {"reason": reason}, once)

    async def calendar(self, event_id: UUID) -> bytes:
        path = f"/v1/events/{event_id}/calendar"
        return (await self.send("GET", path, json=None, params=None, headers=None, timeout=10)).content
