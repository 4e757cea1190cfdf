"""What the pages of clusters show."""

from collections.abc import Sequence

from web.clients.clusters.clusters import Cluster, ClusterPage, MemberSchool, PeoplePage
from web.clients.clusters.invitations import InvitationPage
from web.clients.clusters.joining import SchoolInvitationPage
from web.clients.clusters.programme import Programme
from web.clients.clusters.programs import Program, Secret
from web.clients.diaries.entries import EntryPage
from web.clients.events.events import EventPage
from web.draft import Draft
from web.maps.places import Map
from web.settings import Settings
from web.shown import Shown


class MyClusters(Shown, template="clusters/index.html"):
    """Who sees many can narrow them down; `asked` says by what."""

    page: ClusterPage
    asked: Draft
    countries: list[tuple[str, str]]
    programme: Programme | None
    sees_many: bool


class ShowCluster(Shown, template="clusters/show.html"):
    """`events` and `entries` are None while their service is away; `asked` are schools that have not said yes.

    `draft`: the word with which the cluster is closed, or why a school cannot get into one of its tools.
    """

    cluster: Cluster
    draft: Draft
    asked: SchoolInvitationPage
    where: Map[MemberSchool]
    events: EventPage | None
    entries: EntryPage | None


class EditAims(Shown, template="clusters/edit.html"):
    """`theirs`: what somebody else saved meanwhile."""

    cluster: Cluster
    draft: Draft
    theirs: Cluster | None = None


class ShowPeople(Shown, template="clusters/people.html"):
    """`asked`: parts of a name, and `by` where people are not divided by school."""

    cluster: Cluster
    page: PeoplePage
    invitations: InvitationPage
    draft: Draft
    asked: Draft


class ShowPrograms(Shown, template="clusters/programs.html"):
    """`secret` is shown this once."""

    cluster: Cluster
    programs: Sequence[Program]
    draft: Draft
    secret: Secret | None
    scopes: Sequence[str]
    api: Settings
