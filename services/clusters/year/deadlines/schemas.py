from datetime import datetime

from pydantic import BaseModel


class CalendarFeedOut(BaseModel):
    """`address`: what a calendar subscribes to; null while there is none."""

    address: str | None
    made_at: datetime | None
