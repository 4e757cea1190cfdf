"""Bringing memberships in: each school is asked into its cluster, which is formed where the list says how it is led."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import replace
from uuid import UUID

from sqlmodel.ext.asyncio.session import AsyncSession

from kit.collation import folded
from kit.db import plain
from kit.problems import Problem
from services.clusters.clusters.clusters.actions import form_cluster
from services.clusters.clusters.clusters.models import Approach, Cluster
from services.clusters.clusters.clusters.schemas import ClusterIn
from services.clusters.clusters.memberships.actions import AlreadyMember, ClusterFull
from services.clusters.directory.offices.queries import countries_coordinated
from services.clusters.directory.programme.queries import takes_part
from services.clusters.doors.joining.actions import SchoolAskedAlready, SchoolAskedTooOften, ask_school
from services.clusters.doors.joining.schemas import SchoolInvitationIn
from services.clusters.doors.lists.headings import MEMBERSHIP_HEADINGS
from services.clusters.doors.lists.judging import Cells, Judged, Numbered, cells_of
from services.clusters.doors.lists.kinds import KindOfList, mark_done
from services.clusters.doors.lists.models import Import, ImportLine, Outcome
from services.clusters.doors.lists.queries import schools_of_rows
from services.clusters.doors.lists.schools import SchoolThere, names_a_school
from services.clusters.doors.membership_lists.judging import Row, There, judge, key_of, read
from services.clusters.doors.membership_lists.queries import askings_lately, clusters_there
from services.roster.states import ClusterClosed

# What others did between the look at a row and its deed.
MEANWHILE: Mapping[type[Problem], tuple[Outcome, str]] = {
    AlreadyMember: (Outcome.same, ""),
    SchoolAskedAlready: (Outcome.waiting, ""),
    SchoolAskedTooOften: (Outcome.wrong, "school_asked_too_often"),
    ClusterFull: (Outcome.wrong, "cluster_full"),
    ClusterClosed: (Outcome.wrong, "cluster_closed"),
}


class MembershipList(KindOfList):
    headings = MEMBERSHIP_HEADINGS

    def has_columns(self, made: Import, named: Collection[str]) -> bool:
        return {"cluster", "role"} <= set(named) and names_a_school(named)

    async def known(
        self, db: AsyncSession, made: Import, rows: Sequence[Numbered], schools: Mapping[int, UUID] | None = None
    ) -> There:
        connection = await plain(db)
        found = {number: cells_of(cells, made.columns) for number, cells in rows}
        of_rows = await schools_of_rows(connection, made, found, schools)
        ids = {school.id for school in of_rows.values() if isinstance(school, SchoolThere)}
        return There(
            of_rows,
            await clusters_there(connection, made.country, ids),
            await askings_lately(connection, ids, made.by),
            everywhere=made.by is None or None in await countries_coordinated(db, made.by),
            takes_part=await takes_part(db, made.country),
            whole=schools is None,
        )

    def judge(self, made: Import, rows: Sequence[Numbered], known: There) -> list[Judged]:
        return judge(rows, made.columns, known)

    async def bring_in(
        self, db: AsyncSession, made: Import, lines: Sequence[ImportLine], rows: Mapping[int, Sequence[str]]
    ) -> None:
        schools = {line.number: line.twin for line in lines if line.twin}
        known = await self.known(db, made, list(rows.items()), schools)
        clusters = {folded(cluster.name): cluster.id for cluster in known.clusters}
        clusters |= {str(cluster.id): cluster.id for cluster in known.clusters}
        for line, one in zip(lines, self.judge(made, list(rows.items()), known), strict=True):
            if one.outcome is Outcome.new:
                found = cells_of(rows[line.number], made.columns)
                row, _ = read(found)
                assert row
                one = await _ask(db, made, await _cluster(db, made, row, clusters), row, one, found)
            mark_done(line, rows[line.number], one)


async def _cluster(db: AsyncSession, made: Import, row: Row, clusters: dict[str, UUID]) -> Cluster:
    """The cluster of a row, which is formed if it is not there."""
    if known := clusters.get(key_of(row.cluster)):
        return await db.get_one(Cluster, known)
    new = ClusterIn(name=row.cluster, country=made.country, approach=Approach.top_down, zone=made.zone)
    cluster = await form_cluster(db, new, made.begun_by)
    clusters[key_of(row.cluster)] = cluster.id
    return cluster


async def _ask(db: AsyncSession, made: Import, cluster: Cluster, row: Row, one: Judged, found: Cells) -> Judged:
    assert one.twin
    try:
        async with db.begin_nested():
            await ask_school(db, cluster, SchoolInvitationIn(school_id=one.twin, role=row.role), made.begun_by)
    except tuple(MEANWHILE) as refused:
        outcome, code = MEANWHILE[type(refused)]
        return replace(one, outcome=outcome, wrong=[found.wrong(code, "cluster")] if code else [])
    return one
