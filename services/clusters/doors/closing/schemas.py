from pydantic import BaseModel

from services.clusters.doors.joining.schemas import Word


class ClosingIn(BaseModel):
    """With a word to those who lead its schools; it stays on the page of the cluster."""

    word: Word = ""
