"""The sections of the programme's year report, by which plans, formats and what happened are ordered."""

from enum import StrEnum


class Section(StrEnum):
    """A table of the year report, by the code that the form of the programme gives it."""

    preparation = "preparation"
    networking = "networking"
    community_of_practice = "community_of_practice"
    professional_development = "professional_development"
    monitoring = "monitoring"
    outcomes = "outcomes"
