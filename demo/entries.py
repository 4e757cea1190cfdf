"""The shapes of what people write and answer."""

from typing import Literal

from pydantic import BaseModel, model_validator

from demo.days import Day


class Said(BaseModel, extra="forbid", frozen=True):
    author: str
    text: str
    language: str | None = None


class Reply(Said):
    """With `just_now` it is posted while the house is filled, and is news then whatever day that is."""

    just_now: bool = False


class Comment(Said):
    kind: Literal["takeaway", "question", "suggestion"]
    replies: list[Reply] = []
    resolved_by: str | None = None


class Picture(BaseModel, extra="forbid", frozen=True):
    """A board with a column of notes for each list of colours."""

    description: str
    board: list[list[Literal["yellow", "green", "blue", "pink"]]]


class Entry(BaseModel, extra="forbid", frozen=True):
    """Written after its event, or after a `day`; without `reach` it stays a draft."""

    key: str
    title: str
    language: str
    author: str
    event: str | None = None
    day: Day | None = None
    reach: Literal["cluster", "everyone"] | None = None
    text: str = ""
    pictures: list[Picture] = []
    comments: list[Comment] = []

    @model_validator(mode="after")
    def comes_after_something(self) -> "Entry":
        if (self.event is None) == (self.day is None):
            raise ValueError("say the event, or a day")
        return self
