from datetime import datetime
from typing import Literal

from pydantic import BaseModel, Field


class OpenSessionOut(BaseModel):
    """A browser that I am signed in with."""

    session: str = Field(description="The digest of its secret, which is what facts call it")
    door: Literal["link", "device", "password", "provider", "passkey", ""] = Field(
        description="By what I came in; empty where that was not written down yet"
    )
    browser: str = Field(description="What it says it is; empty where it does not say", examples=["Firefox"])
    system: str = Field(description="What it says that it runs on; empty where it does not say", examples=["Linux"])
    began_at: datetime
    is_waiting: bool = Field(description="It has not taken the second step yet, and opens nothing")
    used_at: datetime = Field(description="When it was last used, right to the hour")
