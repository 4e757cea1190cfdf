"""What a change does to whom: computed first, shown, then applied. No I/O."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from uuid import UUID

from kit.ids import new_id
from services.events.changes.schemas import Effect
from services.events.events.models import Event, OnlineRoom, Site
from services.events.events.terms import SiteIn, TermsIn
from services.events.registration.placing import Place, Seat, reseat

TIME, PLACES, LINK, CAPACITY, MOVED_ONLINE = "time", "places", "link", "capacity", "moved_online"
# RFC 5546, 2.1.4: another time always; another place, since people may not be able to come there. Not seats or a link.
SIGNIFICANT = {TIME, PLACES, MOVED_ONLINE}


@dataclass(frozen=True)
class Outcome:
    """The sites to be (old ones by their id), the places, the seats before and after in the same order.

    `renamed` are the sites that stay and are called or found otherwise.
    """

    what: list[str]
    sites: list[tuple[UUID, SiteIn]]
    places: list[Place]
    before: list[Seat]
    after: list[Seat]
    room_id: UUID | None
    renamed: set[UUID] = field(default_factory=set)

    @property
    def is_significant(self) -> bool:
        return bool(SIGNIFICANT & set(self.what))

    def effects(self) -> dict[UUID, Effect]:
        online = {place.id for place in self.places if place.online}
        return {old.registration_id: _effect(old, new, online) for old, new in self._seats()}

    def news(self) -> dict[UUID, list[str]]:
        """What each registration has to be told; whom nothing of it concerns is missing."""
        effects = self.effects()
        told = {new.registration_id: self._news(old, new, effects[new.registration_id]) for old, new in self._seats()}
        return {registration_id: news for registration_id, news in told.items() if news}

    def _news(self, old: Seat, new: Seat, effect: Effect) -> list[str]:
        news: list[str] = [TIME] if TIME in self.what else []
        if effect == "moves_online" and MOVED_ONLINE in self.what:
            news.append(MOVED_ONLINE)
        elif effect != "stays":
            news.append(effect)
        if old.placed and new.placed == old.placed and old.waits_for and not new.waits_for:
            news.append("line_ends")
        if new.placed == old.placed and {new.placed, new.waits_for} & self.renamed:
            news.append("place")
        if LINK in self.what and new.placed == old.placed == self.room_id:
            news.append(LINK)
        return news

    def _seats(self) -> list[tuple[Seat, Seat]]:
        return list(zip(self.before, self.after, strict=True))


def outcome_of(
    event: Event, sites: Sequence[Site], room: OnlineRoom | None, terms: TermsIn, seats: list[Seat]
) -> Outcome:
    """`terms` have moments for times. A site without the id of one of ours is new."""
    known = {site.id: site for site in sites}
    new_sites = [(site.id if site.id in known else new_id(), site) for site in terms.sites]
    room_id = (room.id if room else new_id()) if terms.online_room else None
    places = [Place(site_id, site.capacity) for site_id, site in new_sites]
    if room_id and terms.online_room:
        places.append(Place(room_id, terms.online_room.capacity, online=True))
    renamed = {site_id for site_id, site in new_sites if site_id in known and _named(known[site_id]) != _named(site)}
    differs = {
        TIME: (terms.starts_at, terms.ends_at, terms.zone) != (event.starts_at, event.ends_at, event.zone),
        PLACES: bool(renamed)
        or {site_id for site_id, _ in new_sites} != known.keys()
        or (room is None) != (terms.online_room is None),
        LINK: bool(room and terms.online_room and room.link != terms.online_room.link),
        CAPACITY: _seats_differ(known, room, new_sites, terms),
        MOVED_ONLINE: bool(sites and not new_sites and room_id),
    }
    what = [code for code, is_new in differs.items() if is_new]
    return Outcome(what, new_sites, places, seats, reseat(places, seats), room_id, renamed)


def _named(site: Site | SiteIn) -> tuple[object, ...]:
    return site.name, site.address, site.school_id


def _seats_differ(
    known: dict[UUID, Site], room: OnlineRoom | None, new_sites: list[tuple[UUID, SiteIn]], terms: TermsIn
) -> bool:
    """Whether a place that stays has another number of seats."""
    sites = any(known[site_id].capacity != site.capacity for site_id, site in new_sites if site_id in known)
    return sites or bool(room and terms.online_room and room.capacity != terms.online_room.capacity)


def _effect(old: Seat, new: Seat, online: set[UUID]) -> Effect:
    if new.placed == old.placed and new.waits_for == old.waits_for:
        return "stays"
    if new.placed and new.placed == old.waits_for:
        return "gets_seat"
    if new.placed in online:
        return "moves_online" if new.placed != old.placed else "stays"
    if new.placed:
        return "moves_site" if new.placed != old.placed else "stays"
    return "waits" if new.waits_for else "no_place"
