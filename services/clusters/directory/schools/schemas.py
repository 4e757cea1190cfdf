from typing import Annotated
from uuid import UUID

from pydantic import BaseModel, Field, StringConstraints

from kit.fields import Line, OptionalWebAddress, Zone

Country = Annotated[str, StringConstraints(pattern="^[A-Z]{2}$"), Field(examples=["CZ"], description="ISO 3166-1")]
Year = Annotated[int, Field(strict=True, ge=1990, le=2200, description="A school year by its first year")]
Count = Annotated[int, Field(strict=True, ge=0, le=100_000)]


class HeadcountIn(BaseModel):
    year: Year
    students: Count
    teachers: Count


class SchoolIn(BaseModel):
    name: Annotated[str, Line(200)]
    town: Annotated[str, Line(120)]
    address: Annotated[str, StringConstraints(strip_whitespace=True, max_length=300)] = ""
    country: Country
    website: OptionalWebAddress = ""
    zone: Zone
    headcounts: Annotated[list[HeadcountIn], Field(max_length=30)] = []


class SchoolOut(BaseModel):
    id: UUID
    name: str
    town: str
    address: str
    country: str
    website: str
    zone: str
    headcounts: list[HeadcountIn]
    can: list[str]
