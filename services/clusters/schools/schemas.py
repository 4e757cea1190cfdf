from typing import Annotated
from uuid import UUID

from pydantic import (
    AfterValidator,
    AnyHttpUrl,
    BaseModel,
    Field,
    StringConstraints,
    TypeAdapter,
    ValidationError,
)
from pydantic_core import PydanticCustomError

from services.clusters.people.schemas import Zone

HTTP_URL = TypeAdapter(AnyHttpUrl)


def web_address(url: str) -> str:
    """An http or https address; accented hosts are kept as they were typed."""
    if not url:
        return url
    try:
        HTTP_URL.validate_python(url)
    except ValidationError as error:
        raise PydanticCustomError("link_invalid", "not a web address") from error
    return url


Country = Annotated[str, StringConstraints(pattern="^[A-Z]{2}$"), Field(examples=["CZ"], description="ISO 3166-1")]
Website = Annotated[str, StringConstraints(strip_whitespace=True, max_length=500), AfterValidator(web_address)]
Year = Annotated[int, Field(strict=True, ge=1990, le=2200, description="A school year by its first year")]
Count = Annotated[int, Field(strict=True, ge=0, le=100_000)]


class HeadcountIn(BaseModel):
    year: Year
    students: Count
    teachers: Count


class SchoolIn(BaseModel):
    name: Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=200)]
    town: Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=120)]
    address: Annotated[str, StringConstraints(strip_whitespace=True, max_length=300)] = ""
    country: Country
    website: Website = ""
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
