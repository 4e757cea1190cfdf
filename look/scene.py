"""What the pages are about: ids from the demonstration year, found by who made it."""

from collections.abc import Awaitable, Callable, Sequence
from typing import Any

Rows = Callable[..., Awaitable[Sequence[Any]]]
PERSON = "select person_id as id from address where mail = $1"
CLUSTER = """
select membership.cluster_id as id from staff join membership on membership.school_id = staff.school_id
where staff.person_id = $1 and staff.ended_at is null and membership.ended_at is null order by membership.id limit 1
"""
SCHOOL = "select school_id as id from staff where person_id = $1 and ended_at is null order by id limit 1"
CODE = "select code as id from school_code where school_id = $1"
LIST = "select id from import where kind = $1 order by id limit 1"
ASKED = "select id from school_invitation where cluster_id = $1 order by id limit 1"
TOOL = "select id from tool where cluster_id = $1 order by id limit 1"
HELP = "select id from help_request where cluster_id = $1 order by id limit 1"
EDITION = """
select plan_id as id from plan_edition join plan on plan.id = plan_id where cluster_id = $1 order by year desc limit 1
"""
TODO = """
select todo.id from todo join cluster on cluster.country = todo.country where cluster.id = $1 and removed_at is null
order by due limit 1
"""
PLAN = "select id from plan where cluster_id = $1 order by year desc limit 1"
PROPOSAL = "select id from proposal where cluster_id = $1 and state = 'open' order by id limit 1"
DECIDED = "select id from proposal where state = 'decided' order by id limit 1"
PART = """
select part.id from plan_part part join plan on plan.id = part.plan_id
where plan.cluster_id = $1 and part.kind = 'activity' and part.removed_at is null order by part.id limit 1
"""
INVITATION = "select id from invitation where person_id = $1 order by answer is null desc, id desc limit 1"
UNDELIVERED = """
select id from invitation
where answer is null and mail like '%.invalid'
  and school_id in (select school_id from membership where cluster_id = $1 and ended_at is null)
order by id limit 1
"""
MET = """
select to_char(max(month), 'YYYY-MM') as id from cluster_activity
where cluster_id = $1 and kind = 'meetings' and count > 0 and month <= now()
"""
QUIETEST = """
select membership.school_id as id from membership
left join latest_activity latest
  on latest.cluster_id = membership.cluster_id and latest.school_id = membership.school_id
where membership.cluster_id = $1 and ended_at is null order by latest.last_on nulls first, membership.id limit 1
"""
OF_CLUSTER = {
    "asked": ASKED,
    "tool": TOOL,
    "help": HELP,
    "plan": PLAN,
    "edition": EDITION,
    "todo": TODO,
    "part": PART,
    "proposal": PROPOSAL,
    "undelivered": UNDELIVERED,
    "met": MET,
    "quietest": QUIETEST,
}
UNDELIVERED_INTO = "select school_id as id from invitation where id = $1"
EVENTS = {
    "ahead": """
select event.id from event left join registration on registration.event_id = event.id
where organiser_id = $1 and starts_at > now() and event.id not in (select event_id from cancellation)
group by event.id order by count(registration.id) desc, event.id limit 1
""",
    "past": """
select id from event where organiser_id = $1 and starts_at < now() and id not in (select event_id from cancellation)
order by exists (select from attendance where event_id = event.id), starts_at desc limit 1
""",
    "held": """
select event.id from event join attendance on attendance.event_id = event.id where organiser_id = $1
group by event.id order by event.starts_at desc limit 1
""",
    "cancelled": "select event.id from event join cancellation on event_id = event.id where organiser_id = $1 limit 1",
}
PUBLISHED = """
select entry.id from entry join publication on publication.entry_id = entry.id and retracted_at is null
where author_id = $1 order by reach = $2 desc, (select count(*) from comment where entry_id = entry.id) desc, entry.id
limit 1
"""
DRAFT = """
select id from entry where author_id = $1
and id not in (select entry_id from publication where retracted_at is null) order by started_at desc limit 1
"""


async def find(rows: Rows, mail: str, invited: str) -> dict[str, str]:
    """Ids by the names that stand in the paths of pages.

    What the person with this address organised and wrote, and where somebody else is invited.
    """
    person, asked = [(await rows("clusters", PERSON, each))[0]["id"] for each in (mail, invited)]
    found = {
        "cluster": await rows("clusters", CLUSTER, person),
        "school": await rows("clusters", SCHOOL, person),
        "list": await rows("clusters", LIST, "schools"),
        "people": await rows("clusters", LIST, "people"),
        "decided": await rows("clusters", DECIDED),
        "memberships": await rows("clusters", LIST, "memberships"),
        "invitation": await rows("clusters", INVITATION, asked),
        **{name: await rows("events", statement, person) for name, statement in EVENTS.items()},
        "public": await rows("diaries", PUBLISHED, person, "everyone"),
        "entry": await rows("diaries", PUBLISHED, person, "cluster"),
        "draft": await rows("diaries", DRAFT, person),
    }
    for name, statement in OF_CLUSTER.items():
        found[name] = await rows("clusters", statement, found["cluster"][0]["id"]) if found["cluster"] else []
    for invitation in found["undelivered"]:
        found["undelivered_into"] = await rows("clusters", UNDELIVERED_INTO, invitation["id"])
    found["colleague"] = await rows("clusters", PERSON, mail)
    found["code"] = await rows("clusters", CODE, found["school"][0]["id"]) if found["school"] else []
    return {name: str(answer[0]["id"]) for name, answer in found.items() if answer}
