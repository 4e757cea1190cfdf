"""An overview from its rows."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from datetime import date, timedelta
from typing import Any
from uuid import UUID

import asyncpg

from services.clusters.clusters.clusters.models import Approach, Cluster
from services.clusters.overviews.showing.queries import Span
from services.clusters.overviews.showing.schemas import ClusterOverviewOut
from services.clusters.year.deadlines.queries import Deadline
from services.roster.activity.models import OF_THE_CLUSTER, ActivityKind

SOON = timedelta(days=14)


def cluster_overview(
    cluster: Cluster,
    span: Span,
    kind: ActivityKind,
    counted: tuple[date, date],
    sums: Iterable[asyncpg.Record],
    schools: Sequence[dict[str, Any]],
    quiet: dict[UUID, date],
    deadlines: Iterable[Deadline],
    day: date,
    can: list[str],
) -> ClusterOverviewOut:
    totals: defaultdict[str, int] = defaultdict(int)
    others: defaultdict[str, int] = defaultdict(int)
    months: defaultdict[str, int] = defaultdict(int)
    for row in sums:
        if counted[0] <= row["month"] <= counted[1]:
            totals[row["kind"]] += row["count"]
            if row["of_none"] and row["kind"] not in OF_THE_CLUSTER:
                others[row["kind"]] += row["count"]
        if row["kind"] == kind and row["count"]:
            months[f"{row['month']:%Y-%m}"] += row["count"]
    due = [
        vars(each) | {"late": each.due < day and (each.kind == "milestone" or cluster.approach == Approach.top_down)}
        for each in deadlines
        if not each.done and each.due <= day + SOON
    ]
    return ClusterOverviewOut.model_validate(
        {
            "cluster_id": cluster.id,
            "name": cluster.name,
            "country": cluster.country,
            "approach": cluster.approach,
            "year": span.year,
            "totals": totals,
            "months": months,
            "schools": [school | {"quiet_since": quiet.get(school["school_id"])} for school in schools],
            "others": others,
            "due": due,
            "can": can,
        }
    )
