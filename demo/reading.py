"""The demonstration year as it stands in `year/`: one folder per cluster, one file per entry."""

import tomllib
from datetime import date, time
from pathlib import Path
from typing import Any, Literal

from pydantic import BaseModel, ConfigDict

YEAR = Path(__file__).parent / "year"
MAIL_DOMAIN = "example"


class Data(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class Person(Data):
    """`key` is the mail address up to the @."""

    key: str
    name: str
    role: Literal["teacher", "coordinator", "head"] = "teacher"
    language: str | None = None


class School(Data):
    key: str
    name: str
    town: str
    website: str
    role: Literal["mentor", "mentee"]
    students: int
    teachers: int
    people: list[Person]

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
    """`day` is a date, or how many days from the day of loading; `came` names people and whole schools."""

    key: str
    title: str
    description: str = ""
    language: str
    format: str
    day: date | int
    starts: time
    ends: time
    organiser: str
    sites: list[Site] = []
    room: str | None = None
    came: list[str] = []
    missing: list[str] = []
    coming: list[Coming] = []


class Reply(Data):
    author: str
    text: str
    language: str | None = None


class Comment(Reply):
    kind: Literal["takeaway", "question", "suggestion"]
    replies: list[Reply] = []
    resolved_by: str | None = None


class Picture(Data):
    """A board with a column of notes for each list of colours."""

    description: str
    board: list[list[Literal["yellow", "green", "blue", "pink"]]]


class Entry(Data):
    """Without `reach` it stays a draft."""

    key: str
    title: str
    language: str
    author: str
    event: str | None = None
    reach: Literal["cluster", "everyone"] | None = None
    text: str = ""
    pictures: list[Picture] = []
    comments: list[Comment] = []


class Cluster(Data):
    key: str
    name: str
    programme: str
    country: str
    approach: Literal["top_down", "bottom_up"]
    zone: str
    language: str
    priorities: str
    goals: str
    schools: list[School]
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
    sign_in: list[SignIn]
    offices: list[Office]
    clusters: list[Cluster]


def read_year() -> Year:
    house = _read(YEAR / "house.toml")
    clusters = [_read_cluster(YEAR / name) for name in house.pop("cluster_folders")]
    return Year.model_validate(house | {"clusters": clusters})


def _read_cluster(folder: Path) -> dict[str, Any]:
    cluster = _read(folder / "cluster.toml") | {"key": folder.name}
    cluster["events"] = [
        event for name in ("school_year", "around_today") for event in _read(folder / f"{name}.toml")["events"]
    ]
    cluster["entries"] = [_read(path) | {"key": path.stem} for path in sorted((folder / "entries").glob("*.toml"))]
    return cluster


def _read(path: Path) -> dict[str, Any]:
    with path.open("rb") as file:
        return tomllib.load(file)
