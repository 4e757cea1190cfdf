"""What is told of meetings, and of somebody's place in one."""

from datetime import datetime

from services.clusters.post.kinds.kind import Kind, Name, Text, Title


class AboutEvent(Kind):
    title: Title
    language: str | None = None


class EventAnnounced(AboutEvent, kind="event_announced"):
    by: Name
    starts_at: datetime
    ends_at: datetime
    place: Text
    online: bool


class AboutSeat(AboutEvent):
    """Of somebody's place, or of their turn in the line for one."""

    starts_at: datetime
    ends_at: datetime
    place: Text
    elsewhere: Text = ""
    online: bool
    waits: bool = False
    position: int | None = None
    join: str = ""


class EventChanged(AboutSeat, kind="event_changed"):
    what: list[str]
    reason: Text = ""


class EventDescribed(AboutSeat, kind="event_described", in_app=False):
    pass


class EventCancelled(AboutSeat, kind="event_cancelled"):
    reason: Text = ""
    cluster_closed: bool = False


class RegistrationPlaced(AboutSeat, kind="registration_placed"):
    pass


class RegistrationWaiting(AboutSeat, kind="registration_waiting"):
    pass


class RegistrationMoved(AboutSeat, kind="registration_moved"):
    pass


class RegistrationWithdrawn(AboutSeat, kind="registration_withdrawn"):
    pass
