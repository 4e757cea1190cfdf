from datetime import datetime
from typing import Annotated

from pydantic import BaseModel, Field, IPvAnyAddress, StringConstraints

Code = Annotated[str, StringConstraints(min_length=1, max_length=40)]
SessionSecret = Annotated[str, StringConstraints(min_length=1, max_length=200)]


class Trying(BaseModel):
    """A code of the app, or one of those for who lost it; `source` and `device` as in signing in."""

    code: Code
    source: IPvAnyAddress | None = None
    device: Annotated[str, StringConstraints(max_length=200)] = ""


class SecondStepIn(Trying):
    """`session` is the secret of the browser's session."""

    session: SessionSecret


class SecondStepOut(BaseModel):
    device: str = Field(description="By this the browser is known as one of this person's")


class NewFactorIn(BaseModel):
    session: SessionSecret


class NewFactorOut(BaseModel):
    """`address` is what an app reads off a picture, `key` what is typed where there is no camera; told this once."""

    key: str
    address: str


class FactorConfirmedOut(BaseModel):
    """Ten codes for who loses the device; each works once, and all are told this once."""

    recovery_codes: list[str]


class MyFactorOut(BaseModel):
    """My second step; `set_up_at` is null where there is none."""

    set_up_at: datetime | None
    recovery_codes: int = Field(description="How many are left")
    is_asked: bool = Field(description="The programme asks for it of what I am here")
