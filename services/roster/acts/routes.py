"""`GET .../acts` of every service: what was done in a cluster, a school, a country, the programme."""

from collections.abc import Sequence
from datetime import datetime, time, timedelta
from typing import Annotated, Any
from zoneinfo import ZoneInfo

from fastapi import Depends

from kit.db import Reader
from kit.pages import FAR_AHEAD, LONG_AGO, After, Limit, keys_of, page_of
from kit.policy import Rules, allowed, explain
from kit.problems import Forbidden, NotFound, documented
from kit.routing import router
from services.roster.acts import queries
from services.roster.acts.queries import OfCountry, SchoolInSight, Whose
from services.roster.acts.schemas import About, ActKeys, Acts, ActsOut, Day
from services.roster.rules import member
from services.roster.sight import InCluster
from services.roster.standing import BOTTOM_UP, CurrentMember, Member

FIRST = ActKeys(at=FAR_AHEAD, seq=2**63 - 1)


class Asked:
    """Which acts: what they are about, and on which days of the reader's zone, both included."""

    def __init__(
        self,
        pool: Reader,
        actor: CurrentMember,
        about: About | None = None,
        since: Day | None = None,
        until: Day | None = None,
        after: After = None,
        limit: Limit = 50,
    ) -> None:
        zone = ZoneInfo(actor.zone)
        begins = keys_of(after, ActKeys) or FIRST
        if until:
            following = datetime.combine(until + timedelta(days=1), time(), zone)
            begins = min(begins, ActKeys(at=following, seq=0), key=lambda keys: (keys.at, keys.seq))
        self.pool, self.about, self.limit, self.begins, self.actor = pool, about, limit, begins, actor
        self.since = datetime.combine(since, time(), zone) if since else LONG_AGO

    async def page(self, acts: Acts, statement: str, of: object) -> ActsOut:
        span = self.begins.at, self.begins.seq, self.since
        values: list[Any] = [*span, acts.kinds(self.about), self.limit + 1, of]
        if "$7" in statement:
            values.append(self.actor.id)
        rows = await queries.acts_in(self.pool, statement, *values)
        more = {"everybodys": "$7" not in statement}
        return ActsOut.model_validate(page_of(rows, self.limit, "at", "seq") | more)


def act_router(rules: Rules, acts: Acts, of_school: Sequence[Any] = ()) -> Any:
    """What is recorded in this service; `of_school` are more guards of what was done in a school."""
    routes = router("/v1", "acts")
    refused = documented(Forbidden, NotFound)
    in_cluster = {whose: queries.statement(acts, queries.OF_CLUSTER[whose]) for whose in Whose}
    in_school, in_country, in_programme = (
        queries.statement(acts, branches)
        for branches in (queries.OF_SCHOOL, queries.OF_A_COUNTRY, queries.of_programme(acts))
    )
    asking = Annotated[Asked, Depends()]

    @routes.get("/clusters/{cluster_id}/acts", responses=refused)
    async def list_acts_of_cluster(
        found: Annotated[InCluster, allowed(rules, "acts.of_cluster", queries.cluster_of_acts)], asked: asking
    ) -> ActsOut:
        """What was done in a cluster, newest first: all of it for its coordinators and the offices over it.

        Everybody else in it is shown what they did; where the cluster decides itself, also what offices did.
        """
        return await asked.page(acts, in_cluster[whose_acts(rules, asked.actor, found)], found.cluster.id)

    @routes.get("/schools/{school_id}/acts", responses=refused, dependencies=list(of_school))
    async def list_acts_of_school(
        found: Annotated[SchoolInSight, allowed(rules, "acts.of_school", queries.school_of_acts)], asked: asking
    ) -> ActsOut:
        """What was done about a school, and by its people in its clusters, newest first."""
        return await asked.page(acts, in_school, found.school_id)

    @routes.get("/countries/{country}/acts", responses=documented(Forbidden))
    async def list_acts_of_country(
        found: Annotated[OfCountry, allowed(rules, "acts.of_country", queries.country_of_acts)], asked: asking
    ) -> ActsOut:
        """What was done in the clusters and schools of a country, newest first."""
        return await asked.page(acts, in_country, found.country)

    @routes.get("/acts", responses=documented(Forbidden), dependencies=[allowed(rules, "acts.of_programme")])
    async def list_acts(asked: asking) -> ActsOut:
        """What was done in the whole programme, newest first."""
        return await asked.page(acts, in_programme, None)

    return routes


def whose_acts(rules: Rules, actor: Member, found: InCluster) -> Whose:
    """Whose acts of a cluster this actor is shown."""
    if explain(rules, actor, "acts.of_cluster", found).rules != [member.__name__]:
        return Whose.everybodys
    return Whose.own_and_of_offices if found.cluster.approach == BOTTOM_UP else Whose.own
