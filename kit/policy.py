"""Who may do what: one table per service, closed by default."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import Annotated, Any, TypeAlias

from fastapi import Depends, FastAPI
from fastapi.dependencies.models import Dependant
from fastapi.routing import APIRoute, iter_route_contexts

from kit.identity import CurrentActor
from kit.problems import Forbidden, Unauthenticated

Rule: TypeAlias = Callable[[Any, Any], bool]
Rules: TypeAlias = Mapping[str, Sequence[Rule]]


def may(rules: Rules, actor: Any, action: str, thing: Any) -> bool:
    return any(rule(actor, thing) for rule in rules[action])


def can(rules: Rules, actor: Any, noun: str, thing: Any) -> list[str]:
    """The verbs on `noun` that this actor may do to this thing, for the answer's `can`."""
    prefix = f"{noun}."
    return [
        action.removeprefix(prefix)
        for action in rules
        if action.startswith(prefix) and may(rules, actor, action, thing)
    ]


def require(rules: Rules, actor: Any, action: str, thing: Any) -> None:
    """Raise Forbidden, with who could, unless the table has a rule that lets this actor."""
    if not may(rules, actor, action, thing):
        raise Forbidden(action=action, who=[rule.__name__ for rule in rules[action]])


def for_guests(rule: Rule) -> Rule:
    """Marks a rule that may let in somebody who is not signed in; rows without one ask everybody to sign in first."""
    rule.for_guests = True  # type: ignore[attr-defined]
    return rule


async def _nothing() -> None:
    return None


def allowed(rules: Rules, action: str, find: Callable[..., Any] = _nothing) -> Any:
    """A dependency that finds a thing, and hands it over if the actor may do `action` to it."""
    if action not in rules:
        raise LookupError(f"no row {action!r} in the policy table")

    is_open = any(getattr(rule, "for_guests", False) for rule in rules[action])

    async def signed_in(actor: CurrentActor) -> None:
        """Before anything is looked for: a guest cannot tell what is there from what is not."""
        if actor.is_guest and not is_open:
            raise Unauthenticated

    async def guard(_: Annotated[None, Depends(signed_in)], actor: CurrentActor, thing: Any = Depends(find)) -> Any:
        require(rules, actor, action, thing)
        return thing

    guard.action, guard.is_open = action, is_open  # type: ignore[attr-defined]
    return Depends(guard)


def anyone(why: str) -> Any:
    """A route without a guard, on purpose: `why` is printed beside it."""

    async def guard() -> None:
        return None

    guard.action = f"anyone: {why}"  # type: ignore[attr-defined]
    return Depends(guard)


def _actions(dependant: Dependant) -> Iterator[str]:
    if action := getattr(dependant.call, "action", None):
        yield action
    for inner in dependant.dependencies:
        yield from _actions(inner)


def is_for_guests(route: APIRoute) -> bool:
    """Whether a guard of this route may let in somebody who is not signed in."""
    return _any_open(route.dependant)


def _any_open(dependant: Dependant) -> bool:
    return getattr(dependant.call, "is_open", False) or any(_any_open(inner) for inner in dependant.dependencies)


class Unguarded(RuntimeError):
    """A route that nobody guards: the service does not start."""


def api_routes(app: FastAPI) -> Iterator[APIRoute]:
    """Every route of the app. FastAPI keeps included routers whole, so they are not in `app.routes` themselves."""
    for context in iter_route_contexts(app.routes):
        if isinstance(context.original_route, APIRoute):
            yield context.original_route


def guards(app: FastAPI) -> dict[tuple[str, str], list[str]]:
    """Every route of the app with the policy rows that guard it. Raises Unguarded if one has none."""
    table: dict[tuple[str, str], list[str]] = {}
    for route in api_routes(app):
        actions = list(_actions(route.dependant))
        if not actions:
            raise Unguarded(f"{route.methods} {route.path} has no guard")
        for method in sorted(route.methods or ()):
            table[method, route.path] = actions
    return table
