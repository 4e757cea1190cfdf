"""The guide of somebody's first weeks: a step is done by what they did, and has no button to say so."""

from dataclasses import dataclass

from web.clients.clusters.people import Guide, Me
from web.clients.diaries.entries import Today as Written
from web.clients.events.events import Today as Held

STEPS = {
    "programme_coordinator": ("come_in", "set_up_programme", "name_national", "form_cluster", "choose_hearing"),
    "national_coordinator": ("come_in", "bring_schools", "form_cluster", "choose_hearing"),
    "leader": ("come_in", "describe_school", "bring_colleagues", "plan_meeting", "write_entry", "choose_hearing"),
    "teacher": ("come_in", "choose_hearing", "register", "answer"),
}
PLACES = {
    "come_in": "/profile",
    "set_up_programme": "/programme",
    "name_national": "/offices",
    "form_cluster": "/clusters/new",
    "bring_schools": "/bring-in/schools",
    "plan_meeting": "/events/new",
    "write_entry": "/entries/new",
    "choose_hearing": "/profile/hearing",
    "register": "/events",
    "answer": "/entries",
}


@dataclass(frozen=True)
class Step:
    name: str
    done: bool
    href: str


def steps_of(guide: Guide, me: Me, held: Held | None, written: Written | None) -> list[Step]:
    """In the order of their role; none once all are done. What a service that is away knows counts as not yet done."""
    done = {*guide.done}
    for answer in (held, written):
        done |= answer.first_steps or set() if answer else set()
    if "write_entry" in done:
        done.add("answer")
    school = next((f"/schools/{s.school_id}" for s in me.standings if s.staff_role != "teacher"), "/schools")
    places = PLACES | {"describe_school": f"{school}/edit", "bring_colleagues": school}
    not_mine = guide.by_others | (set() if me.schedules else {"plan_meeting"})
    mine = [name for name in STEPS[guide.role] if name in done or name not in not_mine]
    steps = [Step(name, name in done, places[name]) for name in mine]
    return [] if all(step.done for step in steps) else steps
