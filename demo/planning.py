"""What happened in the demonstration year and when, as it looks from one day: no service and no clock is asked here."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from demo.calendar import Calendar, day_of, school_year_of
from demo.days import Day
from demo.entries import Entry
from demo.moments import Moments, drawn, steps_drawn
from demo.shapes import Cluster, Coming, Event, School, Year

ONLINE, LONGEST_ASKED = "online", timedelta(days=80)  # over the summer, too
ANNOUNCED_BEFORE, KNOWN_FOR, UNTIL_SETTLED, AROUND_TODAY = 15, 5, 3, 13
"""In school days: from announcement to event, from announcement to today, until everybody has come; today's events."""


@dataclass(frozen=True)
class PlannedEvent:
    """`coming` in the order in which they register; `came` when it is marked."""

    data: Event
    day: date
    coming: list[Coming]
    came: list[str]


@dataclass(frozen=True)
class PlannedCluster:
    """What takes place in a cluster, by when its to-dos are `due`, and the moment of each act by its key."""

    data: Cluster
    years: dict[str, int]
    events: list[PlannedEvent]
    entries: list[Entry]
    due: list[date]
    decided_on: list[date]
    moments: dict[str, datetime]

    def key(self, act: str) -> str:
        return f"{self.data.key}/{act}"

    def happens(self, act: str) -> bool:
        return self.key(act) in self.moments

    def at(self, act: str) -> datetime:
        return self.moments[self.key(act)]


@dataclass(frozen=True)
class Plan:
    """`programme` as clusters takes it."""

    programme: dict[str, Any]
    clusters: list[PlannedCluster]
    moments: dict[str, datetime]


def plan_year(year: Year, today: date) -> Plan:
    """The present school year up to this day, with what is ahead of it, and the whole one before."""
    present = school_year_of(today)
    years = {"former": present - 1, "present": present}
    moments = Moments(today)
    first, *_ = Calendar(year.holidays[year.clusters[0].country]).preparation(years["former"])
    moments.set("programme/name", first, year.offices[0].zone)
    for office in year.offices:
        moments.set(f"office/{office.key}", first, office.zone)
        moments.set(f"office/{office.key}/acceptance", first, office.zone, after=f"office/{office.key}")
    clusters = [_Planning(year, cluster, years, moments).plan() for cluster in year.clusters]
    return Plan(year.programme.in_year(present), clusters, moments.of)


class _Planning:
    """One cluster: its calendar, and the moments that all clusters share."""

    def __init__(self, year: Year, cluster: Cluster, years: dict[str, int], moments: Moments) -> None:
        self.year, self.cluster, self.years, self.moments = year, cluster, years, moments
        self.calendar = Calendar(year.holidays[cluster.country])
        self.today, self.zone = moments.today, cluster.zone
        self.taken: set[date] = set()

    def plan(self) -> PlannedCluster:
        self._form()
        events = [planned for event in self.cluster.events if (planned := self._event(event))]
        days = {event.data.key: event.day for event in events}
        entries = [entry for entry in self.cluster.entries if self._write(entry, days)]
        for number, aims in enumerate(self.cluster.aims):
            self._set(f"aims/{number}", self._day(aims.day))
        self._name_tools()
        self._ask_for_help()
        self._plan_the_year()
        if self.cluster.closing:
            self._set("closing", self._day(self.cluster.closing.day))
        return PlannedCluster(
            self.cluster, self.years, events, entries, self._ask_to_do(), self._decide(), self.moments.of
        )

    def _set(self, key: str, day: date, after: str | None = None) -> bool:
        """A moment on this day for an act of this cluster."""
        name = self.cluster.key
        return self.moments.set(f"{name}/{key}", day, self.zone, after=f"{name}/{after}" if after else None)

    def _day(self, day: Day) -> date:
        if day.school_day is not None:
            return self.calendar.step(self.today, day.school_day)
        assert day.year
        return self.calendar.day_in(self.years[day.year], day.week, day.weekday)

    def _form(self) -> None:
        """In the last days before the lessons of the former year; who joined later came before those of the present."""
        first, *_ = days = self.calendar.preparation(self.years["former"])
        self._set("cluster", first)
        for school in self.cluster.schools:
            self._set(f"school/{school.key}", first, after="cluster")
            self._set(f"membership/{school.key}", days[1], after=f"school/{school.key}")
            self._invite(school)

    def _invite(self, school: School) -> None:
        """Who leads the school first, then everybody else."""
        first, *others = school.people
        days = self.calendar.preparation(self.years["former"])
        self._set(f"invitation/{first.key}", days[1], after=f"membership/{school.key}")
        self._set(f"acceptance/{first.key}", days[2], after=f"invitation/{first.key}")
        for person in others:
            days = self.calendar.preparation(self.years[person.joined])
            self._set(f"invitation/{person.key}", days[3], after=f"acceptance/{first.key}")
            accepted = steps_drawn(self.calendar, days[4], person.key, 0, 2)
            self._set(f"acceptance/{person.key}", accepted, after=f"invitation/{person.key}")
        if said := school.development_plan:
            self._set(f"development_plan/{school.key}", self._day(said.day), after=f"acceptance/{said.by}")

    def _name_tools(self) -> None:
        """As the lessons of the former year begin; a school finds out within a week that it cannot get in."""
        *_, last = self.calendar.preparation(self.years["former"])
        for number, tool in enumerate(self.cluster.tools):
            self._set(f"tool/{number}", self.calendar.step(last, 1), after=f"acceptance/{tool.by}")
            for lockout in tool.lockouts:
                self._set(
                    f"tool/{number}/lockout/{lockout.school}", self.calendar.step(last, 6), after=f"tool/{number}"
                )

    def _ask_for_help(self) -> None:
        """What has no day is asked, and not answered, while the house is filled."""
        for number, asked in enumerate(self.cluster.help):
            last = f"help/{number}"
            if asked.day and self._set(last, day := self._day(asked.day)):
                for place in range(len(asked.answers)):
                    answer = f"help/{number}/answer/{place}"
                    self._set(answer, self.calendar.step(day, place + 1), after=last)
                    last = answer

    def _plan_the_year(self) -> None:
        """Begun on its day, handed in a week later, and approved two school days after that."""
        if (plan := self.cluster.plan) and self._set("plan", day := self._day(plan.day)) and plan.answer:
            handed_in = self.calendar.step(day, 5)
            if self._set("plan/handing-in", handed_in, after="plan"):
                self._set("plan/answer", self.calendar.step(handed_in, 2), after="plan/handing-in")
        for number, part in enumerate(plan.parts if plan else []):
            if part.done and part.ends:
                ticked = self.calendar.step(day_of(part.ends, self.years["present"]), 0)
                self._set(f"plan/tick/{number}", ticked, after="plan")

    def _decide(self) -> list[date]:
        """The last day of each; two people a day say something, from the school day after it was proposed."""
        days = [self._day(proposal.day) for proposal in self.cluster.proposals]
        for number, (proposal, day) in enumerate(zip(self.cluster.proposals, days, strict=True)):
            if self._set(act := f"proposal/{number}", day):
                for place in range(len(proposal.voices)):
                    self._set(f"{act}/voice/{place}", self.calendar.step(day, 1 + place // 2), after=act)
        asked = zip(self.cluster.proposals, days, strict=True)
        return [min(self.calendar.step(day, each.days), day + LONGEST_ASKED) for each, day in asked]

    def _ask_to_do(self) -> list[date]:
        """By when each is due; what is ticked is so two school days before."""
        days = [self._day(todo.due) for todo in self.cluster.todos]
        for number, (todo, due) in enumerate(zip(self.cluster.todos, days, strict=True)):
            if self._set(f"todo/{number}", self._day(todo.day)) and todo.ticked_by:
                self._set(f"todo/{number}/tick", self.calendar.step(due, -2), after=f"todo/{number}")
        return days

    def _event(self, event: Event) -> PlannedEvent | None:
        """None when it is planned for the present year and its day has not come."""
        day = self._day(event.day)
        if event.day.year == "present" and day >= self.calendar.step(self.today, -AROUND_TODAY):
            return None
        while day in self.taken:
            day = self.calendar.step(day, -1)
        self.taken.add(day)
        key, announced = f"event/{event.key}", self._announced(day)
        self._set(key, announced)
        coming = event.coming or self._registered(event)
        people = [f"{self.cluster.key}/registration/{event.key}/{p}" for group in coming for p in group.people]
        last = self.calendar.step(min(day, self.today), -1)
        self.moments.set_in_order(people, self.calendar.between(self.calendar.step(announced, 1), last), self.zone)
        marked = bool(event.came) and self._set(f"attendance/{event.key}", self.calendar.step(day, 1))
        return PlannedEvent(event, day, coming, self._who(event.came, event.missing) if marked else [])

    def _announced(self, day: date) -> date:
        settled = self.calendar.step(date(self.years["former"], 9, 1), UNTIL_SETTLED)
        known = self.calendar.step(self.today, -KNOWN_FOR)
        return max(settled, min(known, self.calendar.step(day, -ANNOUNCED_BEFORE)))

    def _registered(self, event: Event) -> list[Coming]:
        """Who came, and who did not come after all: on site where there is a site, but for those who were online."""
        people = sorted({*self._who(event.came, []), *event.missing}, key=lambda person: drawn(event.key + person, 997))
        online = {*event.online} if event.sites else {*people}
        on_site = [person for person in people if person not in online]
        on_line = [person for person in people if person in online]
        groups = [(event.sites[0].school if event.sites else ONLINE, on_site), (ONLINE, on_line)]
        return [Coming(at=at, people=group) for at, group in groups if group]

    def _who(self, named: list[str], missing: list[str]) -> list[str]:
        staff = {s.key: [person.key for person in s.people if person.joined == "former"] for s in self.cluster.schools}
        return sorted({person for name in named for person in staff.get(name, [name])} - {*missing})

    def _write(self, entry: Entry, days: dict[str, date]) -> bool:
        """Whether it is written by today; comments that would come later have no moments."""
        base, key = self._day(entry.day) if entry.day else days.get(entry.event or ""), f"entry/{entry.key}"
        if base is None:
            return False
        started = steps_drawn(self.calendar, base, key, 1, 2)
        if not self._set(key, started):
            return False
        last = key
        for number in range(len(entry.pictures)):
            self._set(f"{key}/picture/{number}", started, after=last)
            last = f"{key}/picture/{number}"
        self._set(f"{key}/words", started, after=last)
        published = steps_drawn(self.calendar, started, f"{key}/publication", 0, 1)
        if entry.reach and self._set(f"{key}/publication", published, after=f"{key}/words"):
            self._discuss(entry, published)
        return True

    def _discuss(self, entry: Entry, day: date) -> None:
        last = f"entry/{entry.key}/publication"
        for number, comment in enumerate(entry.comments):
            key = f"comment/{entry.key}/{number}"
            day = steps_drawn(self.calendar, day, key, 0, 2)
            if not self._set(key, day, after=last):
                return
            last, answered = key, day
            for place, said in enumerate(comment.replies):
                reply = f"{key}/reply/{place}"
                answered = steps_drawn(self.calendar, answered, reply, 0, 1)
                before = f"{key}/reply/{place - 1}" if place else key
                if said.just_now or not self._set(reply, answered, after=before):
                    break
            else:
                if comment.resolved_by and comment.replies:
                    self._set(f"{key}/resolution", answered, after=f"{key}/reply/{len(comment.replies) - 1}")
