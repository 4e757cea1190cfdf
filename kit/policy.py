"""Who may do what, and while what: one table per service, closed by default."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Annotated, Any, Generic, Never, TypeAlias, TypeVar, cast

from fastapi import Depends, FastAPI, Request
from fastapi.dependencies.models import Dependant
from fastapi.routing import APIRoute, iter_route_contexts

from kit.identity import Acting, Actor, CurrentActor, acting
from kit.problems import Forbidden, Problem, Unauthenticated

ActorT = TypeVar("ActorT", contravariant=True)
ThingT = TypeVar("ThingT", contravariant=True)
StateT = TypeVar("StateT", contravariant=True)

Rule: TypeAlias = Callable[[ActorT, ThingT], bool]
LOOKING = {"GET", "HEAD", "OPTIONS"}


@dataclass(frozen=True)
class Condition(Generic[StateT]):
    """A state in which verbs are open; in any other they raise `refusal`.

    Without a refusal there is nothing left to do: asked again, the verb changes nothing.
    """

    name: str
    holds: Callable[[StateT], bool]
    refusal: type[Problem] | None


def refused_with(refusal: type[Problem] | None) -> Callable[[Callable[[StateT], bool]], Condition[StateT]]:
    """Makes a condition of a function that asks about a state."""
    return lambda holds: Condition(holds.__name__, holds, refusal)


class Row(Generic[ActorT, ThingT, StateT]):
    """Who may do something to a thing, and while what; any of the rules lets in, all of the conditions must hold."""

    def __init__(self, *who: Rule[ActorT, ThingT], while_: Sequence[Condition[StateT]] = ()) -> None:
        self.who, self.while_ = who, while_

    def lets_in(self, actor: ActorT, thing: ThingT) -> Rule[ActorT, ThingT] | None:
        """The first rule that lets somebody do it to this thing."""
        return next((rule for rule in self.who if rule(actor, thing)), None)

    def closed_by(self, thing: StateT) -> Condition[StateT] | None:
        """The first condition that does not hold."""
        return next((condition for condition in self.while_ if not condition.holds(thing)), None)


Rules: TypeAlias = Mapping[str, Row[Never, Never, Never]]


@dataclass(frozen=True)
class Explanation:
    """Why an actor may do something to a thing, or not: the rules that let them in, or would; what has closed it."""

    may: bool
    rules: list[str]
    closed: str | None

    def __str__(self) -> str:
        named = " or ".join(in_words(rule) for rule in self.rules)
        if not self.may:
            return f"no: only for {named}"
        return f"not now: only while {in_words(self.closed)}" if self.closed else f"yes: as {named}"


def in_words(name: str) -> str:
    return name.replace("_", " ")


def may(rules: Rules, actor: object, action: str, thing: object) -> bool:
    """Whether somebody is let do this to a thing, be it open just now or not."""
    return rules[action].lets_in(cast(Never, actor), cast(Never, thing)) is not None


def can(rules: Rules, actor: object, noun: str, thing: object) -> list[str]:
    """The verbs on `noun` that this actor may do to this thing as it is now, for the answer's `can`."""
    return [
        verb
        for verb, action in _verbs(tuple(rules), noun)
        if may(rules, actor, action, thing) and _closed(rules, action, thing) is None
    ]


@cache
def _verbs(actions: tuple[str, ...], noun: str) -> list[tuple[str, str]]:
    """The verbs on `noun`, each with its action."""
    prefix = f"{noun}."
    return [(action.removeprefix(prefix), action) for action in actions if action.startswith(prefix)]


def require(rules: Rules, actor: object, action: str, thing: object) -> None:
    """Raise Forbidden, with who could, unless the table has a rule that lets this actor.

    What is done then is done as the rule says: by an office, or not.
    """
    rule = rules[action].lets_in(cast(Never, actor), cast(Never, thing))
    if rule is None:
        raise Forbidden(action=action, who=[rule.__name__ for rule in rules[action].who])
    if isinstance(actor, Actor):
        acting.set(Acting(actor, getattr(rule, "office", None)))


def hold(rules: Rules, action: str, thing: object) -> None:
    """Raise the refusal of the first condition that does not hold: for the guard, and for the verb under its lock.

    One without a refusal leaves it to the verb, which finds nothing to do.
    """
    closed = _closed(rules, action, thing)
    if closed and closed.refusal:
        raise closed.refusal


def explain(rules: Rules, actor: object, action: str, thing: object) -> Explanation:
    """The same answer as `may` and `can`, with its reasons."""
    row = rules[action]
    let_in = [rule.__name__ for rule in row.who if rule(cast(Never, actor), cast(Never, thing))]
    closed = _closed(rules, action, thing) if let_in else None
    rules_named = let_in or [rule.__name__ for rule in row.who]
    return Explanation(bool(let_in), rules_named, closed.name if closed else None)


def _closed(rules: Rules, action: str, thing: object) -> Condition[Never] | None:
    row = rules[action]
    return row.closed_by(cast(Never, thing)) if row.while_ else None


def for_guests(rule: Rule[ActorT, ThingT]) -> Rule[ActorT, ThingT]:
    """Marks a rule that may let in somebody who is not signed in; rows without one ask everybody to sign in first."""
    rule.for_guests = True  # type: ignore[attr-defined]
    return rule


def marked(**said: str) -> Callable[[Rule[ActorT, ThingT]], Rule[ActorT, ThingT]]:
    """Says something of a rule, for whoever tells or prints what it did."""

    def mark(rule: Rule[ActorT, ThingT]) -> Rule[ActorT, ThingT]:
        vars(rule).update(said)
        return rule

    return mark


def by_office(office: str) -> Callable[[Rule[ActorT, ThingT]], Rule[ActorT, ThingT]]:
    """Marks a rule that lets somebody in by an office: what they do then is told as an act of it."""
    return marked(office=office)


async def _nothing() -> None:
    return None


def allowed(rules: Rules, action: str, find: Callable[..., Any] = _nothing) -> Any:
    """A dependency that finds a thing, and hands it over if the actor may do `action` to it, and it is open.

    What is closed can still be looked at.
    """
    if action not in rules:
        raise LookupError(f"no row {action!r} in the policy table")

    row = rules[action]
    is_open = any(getattr(rule, "for_guests", False) for rule in row.who)

    async def signed_in(actor: CurrentActor) -> None:
        """Before anything is looked for: a guest cannot tell what is there from what is not."""
        if actor.is_guest and not is_open:
            raise Unauthenticated

    async def guard(
        request: Request, _: Annotated[None, Depends(signed_in)], actor: CurrentActor, thing: Any = Depends(find)
    ) -> Any:
        require(rules, actor, action, thing)
        if row.while_ and request.method not in LOOKING:
            hold(rules, action, thing)
        return thing

    guard.action, guard.is_open, guard.find, guard.row = action, is_open, find, row  # type: ignore[attr-defined]
    return Depends(guard)


def anyone(why: str) -> Any:
    """A route without a guard, on purpose: `why` is printed beside it."""

    async def guard() -> None:
        return None

    guard.action = f"anyone: {why}"  # type: ignore[attr-defined]
    return Depends(guard)


def closing(route: APIRoute, method: str) -> list[type[Problem]]:
    """What the guards of this route refuse while a thing is in another state."""
    if method in LOOKING:
        return []
    rows = (getattr(each.call, "row", None) for each in _all_of(route.dependant))
    return [condition.refusal for row in rows if row for condition in row.while_ if condition.refusal]


def _all_of(dependant: Dependant) -> Iterator[Dependant]:
    yield dependant
    for inner in dependant.dependencies:
        yield from _all_of(inner)


def is_for_guests(route: APIRoute) -> bool:
    """Whether a guard of this route may let in somebody who is not signed in."""
    return any(getattr(each.call, "is_open", False) for each in _all_of(route.dependant))


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
        actions = [action for each in _all_of(route.dependant) if (action := getattr(each.call, "action", None))]
        if not actions:
            raise Unguarded(f"{route.methods} {route.path} has no guard")
        for method in sorted(route.methods or ()):
            table[method, route.path] = actions
    return table
