from typing import Annotated
from uuid import UUID

from pydantic import BaseModel, Field, StringConstraints

from kit.fields import Language, Line
from services.diaries.entries.models import Reach

Title = Annotated[str, Line(200)]
Text = Annotated[str, StringConstraints(max_length=50_000), Field(description="Markdown")]


class EntryIn(BaseModel):
    """`event_id` starts the entry from an event: its date, format, and who came from where are filled in."""

    cluster_id: UUID
    title: Title
    text: Text = ""
    language: Language
    event_id: UUID | None = None


class WordsIn(BaseModel):
    title: Title
    text: Text
    language: Language


class PublicationIn(BaseModel):
    reach: Reach


class VersionOut(BaseModel):
    id: UUID
    version: int
