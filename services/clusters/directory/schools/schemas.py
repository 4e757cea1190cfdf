from typing import Annotated
from uuid import UUID

from pydantic import AfterValidator, BaseModel, Field, StringConstraints, ValidationInfo, field_validator
from pydantic_core import PydanticCustomError

from kit.fields import Language, Line, OptionalWebAddress, Zone, one_form
from services.clusters.directory.schools.models import SchoolKind

Country = Annotated[str, StringConstraints(pattern="^[A-Z]{2}$"), Field(examples=["CZ"], description="ISO 3166-1")]
Year = Annotated[int, Field(strict=True, ge=1990, le=2200, description="A school year by its first year")]
Count = Annotated[int, Field(strict=True, ge=0, le=100_000)]
Few = Annotated[str, StringConstraints(strip_whitespace=True, max_length=1_000)]
Place = Annotated[float, Field(allow_inf_nan=False)]


class HeadcountIn(BaseModel):
    """How large a school is in a school year; one of the two numbers may be unknown."""

    year: Year
    students: Count | None = None
    teachers: Annotated[Count | None, Field(validate_default=True)] = None

    @field_validator("teachers")
    @classmethod
    def one_is_known(cls, teachers: int | None, known: ValidationInfo) -> int | None:
        if teachers is None and known.data.get("students", 0) is None:
            raise PydanticCustomError("missing", "one of the two numbers is needed")
        return teachers


class OfficialIdIn(BaseModel):
    """The number of a school in a register of a country; no other school has it."""

    country: Country
    scheme: Annotated[str, Line(40), Field(examples=["RED-IZO"], description="Which of its registers")]
    number: Annotated[str, Line(40), Field(examples=["600082733"])]


class SchoolIn(BaseModel):
    """`name` is the short one, by which people call it; `official_name` where the register has another.

    `there`: its place is right, though it is far from the country; without it, that is refused at `latitude`
    (`place_far`, or `place_swapped` where it would be in the country the other way round).
    """

    name: Annotated[str, Line(200)]
    official_name: Annotated[
        str, StringConstraints(strip_whitespace=True, max_length=300), AfterValidator(one_form)
    ] = ""
    official_ids: Annotated[list[OfficialIdIn], Field(max_length=20)] = []
    kind: SchoolKind | None = None
    town: Annotated[str, Line(120)]
    address: Annotated[str, StringConstraints(strip_whitespace=True, max_length=300)] = ""
    country: Country
    website: OptionalWebAddress = ""
    zone: Zone
    latitude: Annotated[Place, Field(ge=-90, le=90)] | None = None
    longitude: Annotated[Place, Field(ge=-180, le=180)] | None = Field(default=None, validate_default=True)
    there: bool = False
    branch_of: Annotated[UUID | None, Field(description="The school that it is a branch of")] = None
    subjects: Annotated[list[Annotated[str, Line(80)]], Field(max_length=50)] = []
    languages: Annotated[list[Language], Field(max_length=20, description="In which it teaches and writes")] = []
    offers: Annotated[Few, Field(description="What others could come and see")] = ""
    looks_for: Annotated[Few, Field(description="What it would like to see elsewhere")] = ""
    headcounts: Annotated[list[HeadcountIn], Field(max_length=30)] = []

    @field_validator("longitude")
    @classmethod
    def whole_place(cls, longitude: float | None, known: ValidationInfo) -> float | None:
        if "latitude" in known.data and (known.data["latitude"] is None) != (longitude is None):
            raise PydanticCustomError("place_half", "a place on the map has a latitude and a longitude")
        return longitude


class SchoolOut(BaseModel):
    id: UUID
    name: str
    official_name: str
    official_ids: list[OfficialIdIn]
    kind: SchoolKind | None
    town: str
    address: str
    country: str
    website: str
    zone: str
    latitude: float | None
    longitude: float | None
    branch_of: UUID | None
    subjects: list[str]
    languages: list[str]
    offers: str
    looks_for: str
    headcounts: list[HeadcountIn]
    version: int
    can: list[str]
