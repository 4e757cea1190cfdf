"""The shapes of what stands in `year/`."""

from datetime import time
from typing import Any, Literal

from pydantic import BaseModel, ConfigDict

from demo.calendar import day_of
from demo.days import Day, Holiday, SchoolYear
from demo.entries import Entry
from demo.offices import ClusterPlan, Help, Proposal, Todo

MAIL_DOMAIN = "example"


class Data(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class Person(Data):
    """`key` is the mail address up to the @; `joined` is the school year in which they came to the school.

    `digest`: they hear of everything once a day, in one mail.
    """

    key: str
    name: str
    role: Literal["teacher", "coordinator", "head"] = "teacher"
    language: str | None = None
    joined: SchoolYear = "former"
    digest: bool = False


class Headcount(Data):
    students: int
    teachers: int


class DevelopmentPlan(Data):
    """What the development plan of a school says on mentoring, from a day on, as `by` writes it down here."""

    by: str
    day: Day
    text: str


class School(Data):
    key: str
    name: str
    kind: str
    town: str
    latitude: float
    longitude: float
    website: str
    subjects: list[str] = []
    offers: str = ""
    looks_for: str = ""
    role: Literal["mentor", "mentee"]
    former: Headcount
    present: Headcount
    people: list[Person]
    development_plan: DevelopmentPlan | None = None

    def mail(self, person: Person) -> str:
        return f"{person.key}@{self.key}.{MAIL_DOMAIN}"


class Site(Data):
    """A room at a school of the cluster."""

    school: str
    room: str = ""
    capacity: int | None = None


class Coming(Data):
    """People who ask for a place `at` a school, or `online`, in this order."""

    at: str
    people: list[str]
    meanwhile_online: bool = False


class Event(Data):
    """`came` names people and whole schools: all of them had registered, as had who is `missing`.

    Those of them who are `online` came there. `coming` says the same of an event that nobody has marked yet.
    """

    key: str
    title: str
    description: str = ""
    language: str
    format: str
    day: Day
    starts: time
    ends: time
    organiser: str
    sites: list[Site] = []
    room: str | None = None
    came: list[str] = []
    missing: list[str] = []
    online: list[str] = []
    coming: list[Coming] = []


class Aims(Data):
    """What a cluster is for, from a day on, in the words of `author`."""

    day: Day
    author: str
    priorities: str
    goals: str


class Phase(Data):
    """From a day of the school year on (month-day)."""

    name: str
    begins: str


class Programme(Data):
    """What all clusters take part in; its present school year `begins` and `ends` on these days (month-day)."""

    name: str
    begins: str
    ends: str
    licence: str
    countries: list[str]
    phases: list[Phase]
    funding: str
    disclaimer: str
    contact: str
    hashtag: str

    def in_year(self, year: int) -> dict[str, Any]:
        """With the days of this school year, as clusters takes it."""
        said = self.model_dump()
        for dated in (said, *said["phases"]):
            for name in dated.keys() & {"begins", "ends"}:
                dated[name] = day_of(dated[name], year).isoformat()
        return said


class AskedSchool(Data):
    """A school that is asked into the cluster by who holds an office (`by`), and has not answered."""

    key: str
    name: str
    kind: str
    town: str
    latitude: float
    longitude: float
    word: str
    by: str


class Mistyped(Data):
    """Somebody whom `by` invites into the school that they lead, at an address that is nobody's."""

    school: str
    name: str
    mail: str
    by: str


class Lockout(Data):
    """A school that cannot get in, as who leads it (`by`) says."""

    school: str
    word: str
    by: str


class Tool(Data):
    """Something that the cluster works with, as who coordinates it (`by`) says."""

    kind: Literal["lms", "meeting", "files", "other"]
    name: str
    address: str = ""
    note: str = ""
    by: str
    lockouts: list[Lockout] = []


class Closing(Data):
    """When a cluster was closed, and the last word on it."""

    day: Day
    word: str


class Card(Data):
    """What somebody says of themselves; `face` is the colour on which they are drawn."""

    person: str
    title_before: str = ""
    title_after: str = ""
    subjects: list[str] = []
    languages: list[str] = []
    shows: str = ""
    shows_for: Literal["coordinators", "school", "clusters", "everyone"] = "clusters"
    face: Literal["yellow", "green", "blue", "pink"] | None = None


class Cluster(Data):
    key: str
    name: str
    country: str
    approach: Literal["top_down", "bottom_up"]
    zone: str
    language: str
    aims: list[Aims]
    closing: Closing | None = None
    schools: list[School]
    asked: list[AskedSchool] = []
    mistyped: list[Mistyped] = []
    tools: list[Tool] = []
    help: list[Help] = []
    plan: ClusterPlan | None = None
    todos: list[Todo] = []
    proposals: list[Proposal] = []
    cards: list[Card] = []
    events: list[Event]
    entries: list[Entry]


class Office(Data):
    key: str
    name: str
    mail: str
    kind: Literal["national_coordinator", "programme_coordinator"]
    country: str | None = None
    language: str
    zone: str


class SignIn(Data):
    key: str
    role: str


class Year(Data):
    password: str
    programme: Programme
    sign_in: list[SignIn]
    offices: list[Office]
    holidays: dict[str, list[Holiday]]
    clusters: list[Cluster]
