from typing import Annotated
from uuid import UUID

from pydantic import BaseModel, Field, StringConstraints

from kit.fields import Seen

Description = Annotated[
    str,
    StringConstraints(strip_whitespace=True, min_length=1, max_length=300),
    Seen,
    Field(description="What is to be seen, for who cannot see it"),
]


class PictureOut(BaseModel):
    """`width` and `height` are those of the large size, in pixels."""

    id: UUID
    description: str
    width: int
    height: int
