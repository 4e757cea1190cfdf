from pydantic import BaseModel, Field


class BounceCountOut(BaseModel):
    """How often letters came back in the last thirty days with this meaning; `ours`: the fault of this house."""

    meaning: str
    times: int


class BouncesOut(BaseModel):
    """How the mail of the house does, without names and addresses."""

    unreached: int = Field(description="How many people mails do not reach just now")
    bounces: list[BounceCountOut]
    come_back: bool = Field(description="Whether an address is set to which letters come back")
