"""What becomes of each row of a list of memberships, from the rows and from what is known: nothing is changed here."""

from collections import Counter
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field, replace
from uuid import UUID

from pydantic import TypeAdapter, ValidationError

from kit.collation import folded
from services.clusters.clusters.clusters.models import Approach
from services.clusters.clusters.clusters.schemas import Title
from services.clusters.clusters.memberships.actions import MOST_SCHOOLS
from services.clusters.clusters.memberships.models import SchoolRole
from services.clusters.doors.joining.actions import MOST_ASKINGS
from services.clusters.doors.lists.judging import Cells, Judged, Numbered, Wrong, cells_of
from services.clusters.doors.lists.models import Outcome
from services.clusters.doors.lists.schools import NAMED_BY, SchoolThere
from services.clusters.doors.lists.values import APPROACHES, SCHOOL_ROLES, meant

LONGEST_NAME = 120
NAME: TypeAdapter[str] = TypeAdapter(Title)


@dataclass(frozen=True)
class ClusterThere:
    """A cluster by the schools of the list: which belong to it, were asked and have not answered, or said no lately.

    `filled` is how many schools belong to it or are asked, of the list or not.
    """

    id: UUID
    name: str
    approach: str
    is_closed: bool
    filled: int = 0
    members: Mapping[UUID, str] = field(default_factory=dict)
    asked: Collection[UUID] = ()
    declined: Collection[UUID] = ()


@dataclass(frozen=True)
class There:
    """By rows of the list, the schools that they are about, or why there is none; the clusters of the country.

    `askings` are how often a school was asked lately: into a cluster, or (None) by who asks now. `everywhere` is for
    who may ask schools into any cluster, `whole` for a list that is looked at as a whole.
    """

    schools: Mapping[int, SchoolThere | Wrong]
    clusters: Sequence[ClusterThere] = ()
    askings: Mapping[tuple[UUID | None, UUID], int] = field(default_factory=dict)
    everywhere: bool = False
    takes_part: bool = True
    whole: bool = True


@dataclass(frozen=True)
class Row:
    """A school in a cluster as its row says it; `approach` is that of a cluster that is to be formed."""

    cluster: str
    role: SchoolRole
    approach: Approach | None


def judge(rows: Sequence[Numbered], columns: Sequence[str | None], there: There) -> list[Judged]:
    """What becomes of each of these rows."""
    seen: set[tuple[str, UUID]] = set()
    more: Counter[str | UUID] = Counter()
    named: dict[str, list[ClusterThere]] = {}
    for cluster in there.clusters:
        named.setdefault(folded(cluster.name), []).append(cluster)
        named[str(cluster.id)] = [cluster]
    judged: list[Judged] = []
    forming: dict[str, list[tuple[int, SchoolRole, Cells]]] = {}
    for number, cells in rows:
        found = cells_of(cells, columns)
        row, wrong = read(found)
        school = there.schools[number]
        one = Judged(number, Outcome.wrong, wrong, said=(found["cluster"], found["school"], found["number"]))
        if isinstance(school, Wrong):
            wrong.append(school)
        elif row:
            one = replace(one, twin=school.id)
            clusters = named.get(key_of(row.cluster), [])
            outcome, code, name = _becomes(row, school, clusters, there, seen, more)
            wrong += [found.wrong(code, *([name] if name != "school" else NAMED_BY))] if code else []
            one = replace(one, outcome=outcome)
            if outcome is Outcome.new and not clusters:
                forming.setdefault(key_of(row.cluster), []).append((len(judged), row.role, found))
        judged.append(replace(one, wrong=wrong))
    if there.whole:
        _without_mentor(judged, forming.values())
    return judged


def key_of(cluster: str) -> str:
    """A cluster by its id, or by its name however that is written."""
    cluster_id = id_of(cluster)
    return str(cluster_id) if cluster_id else folded(cluster)


def id_of(cluster: str) -> UUID | None:
    try:
        return UUID(cluster)
    except ValueError:
        return None


def _becomes(
    row: Row,
    school: SchoolThere,
    clusters: Sequence[ClusterThere],
    there: There,
    seen: set[tuple[str, UUID]],
    more: Counter[str | UUID],
) -> tuple[Outcome, str, str]:
    """With the reason and its field, where it stays out."""
    if (key_of(row.cluster), school.id) in seen:
        return Outcome.wrong, "twice", "school"
    if len(clusters) > 1:
        return Outcome.wrong, "cluster_several", "cluster"
    cluster = clusters[0] if clusters else None
    if cluster and cluster.members.get(school.id) == row.role:
        return Outcome.same, "", ""
    refused = _refused(row, school, cluster, there) if cluster else _not_formed(row, there)
    if refused:
        return Outcome.wrong, *refused
    seen.add((key_of(row.cluster), school.id))
    if cluster and school.id in cluster.asked:
        return Outcome.waiting, "", ""
    if cluster and school.id in cluster.declined:
        return Outcome.wrong, "school_declined", "school"
    if (cluster.filled if cluster else 0) + more[key_of(row.cluster)] >= MOST_SCHOOLS:
        return Outcome.wrong, "cluster_full", "cluster"
    by_me = there.askings.get((None, school.id), 0) + more[school.id]
    if max(by_me, there.askings.get((cluster.id, school.id), 0) if cluster else 0) >= MOST_ASKINGS:
        return Outcome.wrong, "school_asked_too_often", "school"
    more.update([key_of(row.cluster), school.id])
    return Outcome.new, "", ""


def _refused(row: Row, school: SchoolThere, cluster: ClusterThere, there: There) -> tuple[str, str] | None:
    if cluster.is_closed:
        return "cluster_closed", "cluster"
    if cluster.approach == Approach.bottom_up and not there.everywhere:
        return "cluster_of_schools", "cluster"
    if row.approach and row.approach != cluster.approach:
        return "approach_another", "approach"
    return ("role_another", "role") if school.id in cluster.members else None


def _not_formed(row: Row, there: There) -> tuple[str, str] | None:
    """Why a cluster that is not there is not formed."""
    if id_of(row.cluster):
        return "cluster_unknown", "cluster"
    if row.approach is None:
        return "approach_missing", "approach"
    if row.approach is Approach.bottom_up:
        return "approach_of_schools", "approach"
    return None if there.takes_part else ("country_takes_no_part", "cluster")


def _without_mentor(judged: list[Judged], forming: Collection[Sequence[tuple[int, SchoolRole, Cells]]]) -> None:
    """A cluster is not formed by a list that names no mentor for it."""
    for rows in forming:
        if not any(role.mentors for _, role, _ in rows):
            for place, _, found in rows:
                wrong = [found.wrong("no_mentor", "role")]
                judged[place] = replace(judged[place], outcome=Outcome.wrong, wrong=wrong)


def _name(written: str) -> str:
    """As a cluster may be called; empty where none may."""
    try:
        return NAME.validate_python(written)
    except ValidationError:
        return ""


def read(found: Cells) -> tuple[Row | None, list[Wrong]]:
    """What a row says, and what is wrong with it."""
    wrong = found.missing(["cluster", "role"])
    if len(found["cluster"]) > LONGEST_NAME:
        wrong.append(found.wrong("too_long", "cluster"))
    elif found["cluster"] and not _name(found["cluster"]):
        wrong.append(found.wrong("unusable", "cluster"))
    role, approach = meant(found["role"], SCHOOL_ROLES), meant(found["approach"], APPROACHES)
    if found["role"] and not role:
        wrong.append(found.wrong("role", "role"))
    if found["approach"] and not approach:
        wrong.append(found.wrong("approach", "approach"))
    if wrong or not role:
        return None, wrong
    return Row(_name(found["cluster"]), SchoolRole(role), Approach(approach) if approach else None), []
