"""What became of a plan since one of its editions."""

from collections.abc import Mapping, Sequence
from typing import Any

from services.clusters.year.plans.schemas import EditionPartOut, PlanChangeOut


def edition_of(parts: Sequence[Mapping[str, Any]]) -> list[dict[str, Any]]:
    """These parts as an edition keeps them."""
    return [EditionPartOut.model_validate(part).model_dump(mode="json") for part in parts]


def changes(before: Sequence[Mapping[str, Any]], after: Sequence[Mapping[str, Any]]) -> list[PlanChangeOut]:
    """What is new, what says something else and what is gone, between two lists that `edition_of` made."""
    then, today = {part["id"]: _said(part) for part in before}, {part["id"] for part in after}
    found = [
        (part, "changed" if part["id"] in then else "added") for part in after if then.get(part["id"]) != _said(part)
    ]
    gone = [(part, "removed") for part in before if part["id"] not in today]
    return [
        PlanChangeOut(part_id=part["id"], kind=part["kind"], title=part["title"], language=part["language"], what=what)
        for part, what in [*found, *gone]
    ]


def _said(part: Mapping[str, Any]) -> dict[str, Any]:
    """What people wrote; a school that is called otherwise by now changes no plan."""
    return {name: value for name, value in part.items() if name != "school"}
