from collections.abc import Mapping

from services.clusters.doors.lists.kinds import KindOfList
from services.clusters.doors.lists.models import ListKind
from services.clusters.doors.membership_lists.actions import MembershipList
from services.clusters.doors.people_lists.actions import PeopleList
from services.clusters.doors.school_lists.actions import SchoolList

KINDS: Mapping[ListKind, KindOfList] = {
    ListKind.schools: SchoolList(),
    ListKind.people: PeopleList(),
    ListKind.memberships: MembershipList(),
}
