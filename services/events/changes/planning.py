"""What a change does to whom: computed first, shown, then applied. No I/O."""

from collections.abc import Sequence
from dataclasses import dataclass
from uuid import UUID

from kit.ids import new_id
from services.events.changes.schemas import Effect
from services.events.events.models import Event, OnlineRoom, Site
from services.events.events.schemas import SiteIn, TermsIn
from services.events.registration.placing import Place, Seat, reseat


@dataclass(frozen=True)
class Plan:
    """The sites to be (old ones by their id), the places, the seats before and after in the same order."""

    what: list[str]
    sites: list[tuple[UUID, SiteIn]]
    places: list[Place]
    before: list[Seat]
    after: list[Seat]
    room_id: UUID | None

    def effects(self) -> dict[UUID, Effect]:
        online = {place.id for place in self.places if place.online}
        return {
            old.registration_id: _effect(old, new, online) for old, new in zip(self.before, self.after, strict=True)
        }


def plan_change(
    event: Event, sites: Sequence[Site], room: OnlineRoom | None, terms: TermsIn, seats: list[Seat]
) -> Plan:
    """`terms` have moments for times. A site without the id of one of ours is new."""
    known = {site.id: site for site in sites}
    new_sites = [(site.id if site.id in known else new_id(), site) for site in terms.sites]
    room_id = (room.id if room else new_id()) if terms.online_room else None
    places = [Place(site_id, site.capacity) for site_id, site in new_sites]
    if room_id and terms.online_room:
        places.append(Place(room_id, terms.online_room.capacity, online=True))
    what = []
    if (terms.starts_at, terms.ends_at, terms.zone) != (event.starts_at, event.ends_at, event.zone):
        what.append("time")
    if _places_differ(known, room, new_sites, terms):
        what.append("places")
    if sites and not new_sites and room_id:
        what.append("moved_online")
    return Plan(what, new_sites, places, seats, reseat(places, seats), room_id)


def _places_differ(
    known: dict[UUID, Site], room: OnlineRoom | None, new_sites: list[tuple[UUID, SiteIn]], terms: TermsIn
) -> bool:
    def fields(site: Site | SiteIn) -> tuple[object, ...]:
        return site.name, site.address, site.school_id, site.capacity

    if {site_id for site_id, _ in new_sites} != known.keys():
        return True
    if any(fields(known[site_id]) != fields(site) for site_id, site in new_sites):
        return True
    old = (room.link, room.capacity) if room else None
    new = (terms.online_room.link, terms.online_room.capacity) if terms.online_room else None
    return old != new


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
