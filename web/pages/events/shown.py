"""What the pages of events show."""

from collections.abc import Collection, Mapping, Sequence
from typing import Any, Literal

from web.clients.clusters.clusters import Cluster, ClusterPage
from web.clients.events.changes import Preview
from web.clients.events.events import Event, EventPage
from web.clients.events.registration import RegisteredPage
from web.draft import Draft
from web.pages.events.marks import Marks
from web.shown import Shown


class ListEvents(Shown, template="events/index.html"):
    """`page` is None while the service is away."""

    page: EventPage | None
    when: Literal["upcoming", "past"]


class ChooseCluster(Shown, template="events/choose.html"):
    page: ClusterPage


class NewEvent(Shown, template="events/new.html"):
    """`usual`: minutes by format."""

    cluster: Cluster
    draft: Draft
    usual: Mapping[str, int]


class ShowEvent(Shown, template="events/show.html"):
    """`writes`: whether the reader has the diary of its cluster."""

    event: Event
    draft: Draft
    writes: bool


class EditEvent(Shown, template="events/edit.html"):
    event: Event
    draft: Draft


class ChangeEvent(Shown, template="events/change.html"):
    event: Event
    draft: Draft


class PreviewChange(Shown, template="events/preview.html"):
    event: Event
    draft: Draft
    preview: Preview


class CancelEvent(Shown, template="events/cancellation.html"):
    event: Event
    draft: Draft


class ShowRegistered(Shown, template="events/people.html"):
    event: Event
    page: RegisteredPage


class MarkAttendance(Shown, template="events/attendance.html"):
    """`meanwhile`: somebody else has marked it since the form was loaded."""

    event: Event
    people: Sequence[Any]
    registered: Collection[str]
    marks: Marks
    meanwhile: bool
    draft: Draft
