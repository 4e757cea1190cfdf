from collections.abc import Callable
from typing import Never

from kit.policy import ActorT, Row, Rule, Rules, ThingT, marked
from services.roster.standing import BOTTOM_UP, TOP_DOWN


def under(approach: str) -> Callable[[Rule[ActorT, ThingT]], Rule[ActorT, ThingT]]:
    """Marks a rule that lets somebody in under one approach of a cluster alone."""
    return marked(approach=approach)


def by_approach(rules: Rules) -> dict[str, dict[str, list[str]]]:
    """The rules of each action where the approach of a cluster matters, for either approach."""
    return {
        action: {approach: _names_under(row, approach) for approach in (TOP_DOWN, BOTTOM_UP)}
        for action, row in rules.items()
        if any(hasattr(rule, "approach") for rule in row.who)
    }


def _names_under(row: Row[Never, Never, Never], approach: str) -> list[str]:
    return [rule.__name__ for rule in row.who if getattr(rule, "approach", approach) == approach]
