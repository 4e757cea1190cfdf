"""What the pages of entries show."""

from typing import Literal

from web.clients.diaries.entries import CommentPage, Entry, EntryPage
from web.clients.events.events import Event
from web.draft import Draft
from web.shown import Shown


class ListEntries(Shown, template="entries/index.html"):
    """`page` is None while the service is away."""

    page: EntryPage | None
    of: Literal["clusters", "everyone"]


class NewEntry(Shown, template="entries/new.html"):
    """`origin`: the event that it will be about."""

    draft: Draft
    origin: Event | None


class ShowEntry(Shown, template="entries/show.html"):
    """`here`: the query of this page of its comments."""

    entry: Entry
    comments: CommentPage
    draft: Draft
    here: str


class EditEntry(Shown, template="entries/edit.html"):
    """`theirs`: what somebody else saved meanwhile."""

    entry: Entry
    draft: Draft
    theirs: Entry | None = None


class RemoveEntry(Shown, template="entries/removal.html"):
    entry: Entry
    draft: Draft


class PublishEntry(Shown, template="entries/publication.html"):
    entry: Entry


class RetractEntry(Shown, template="entries/retraction.html"):
    entry: Entry
