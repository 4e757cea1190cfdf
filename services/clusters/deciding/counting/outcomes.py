"""How a round ends: from who belongs to the cluster, and what they said, alone."""

from collections import Counter
from collections.abc import Mapping, Set
from dataclasses import dataclass
from enum import StrEnum
from fractions import Fraction
from uuid import UUID

from services.clusters.deciding.decision_rules.models import Counted, Process, Says
from services.clusters.deciding.decision_rules.processes import PROCESSES, Said

SIDES = {
    Process.majority: (Says.yes, (Says.no, Says.concern)),
    Process.still_holds: (Says.done, (Says.holds, Says.change)),
}
"""Where most decide: what is wanted, and what stands against it."""


class Why(StrEnum):
    """Why something is not decided."""

    nobody = "nobody"
    schools_missing = "schools_missing"
    concerns = "concerns"
    no_majority = "no_majority"
    tie = "tie"


@dataclass(frozen=True)
class Outcome:
    """`counts` of all voices, as people gave them; `shares` are thousandths of all dots, each school having as many.

    Of a round that decides nothing, `decided` is whether nothing speaks against going on.
    """

    decided: bool
    why: Why | None
    counts: Mapping[Says, int]
    people: int
    spoke: int
    schools_missing: int
    chosen: int | None = None
    shares: tuple[int, ...] = ()


def outcome_of(
    process: Process,
    counted: Counted,
    needs_each_school: bool,
    options: int,
    members: Mapping[UUID, Set[UUID]],
    voices: Mapping[UUID, Said],
) -> Outcome:
    """`members`: the schools of each person of the cluster; voices of others count no more.

    A school that has nobody cannot speak, and is not waited for.
    """
    heard = {person: said for person, said in voices.items() if person in members}
    schools = frozenset[UUID]().union(*members.values())
    missing = len(schools - frozenset[UUID]().union(*(members[person] for person in heard)))
    shares = _shares(options, members, heard) if process == Process.dots else ()
    chosen, why = _decide(process, counted, members, heard, shares)
    if PROCESSES[process].decides and not heard:
        why = Why.nobody
    elif needs_each_school and missing:
        # What was decided holds on, as nothing is decided, unless somebody of each school has spoken.
        why = Why.schools_missing if PROCESSES[process].decides else None
    return Outcome(
        decided=why is None,
        why=why,
        counts=Counter(said.says for said in heard.values()),
        people=len(members),
        spoke=len(heard),
        schools_missing=missing,
        chosen=None if why else chosen,
        shares=tuple(round(share * 1000) for share in shares),
    )


def _decide(
    process: Process,
    counted: Counted,
    members: Mapping[UUID, Set[UUID]],
    heard: Mapping[UUID, Said],
    shares: tuple[Fraction, ...],
) -> tuple[int | None, Why | None]:
    counts = Counter(said.says for said in heard.values())
    if process == Process.consent:
        return None, Why.concerns if counts[Says.concern] else None if counts[Says.yes] else Why.no_majority
    if process in SIDES:
        more = _by_school(process, members, heard) if counted == Counted.school else _lead(process, counts)
        return None, None if (more > 0) is (process == Process.majority) else Why.no_majority
    if process == Process.dots:
        most = max(shares, default=Fraction())
        return (None, Why.tie) if not most or shares.count(most) > 1 else (shares.index(most), None)
    return None, None


def _lead(process: Process, counts: Mapping[Says, int]) -> int:
    """By how many those who want something else than now outnumber the others; whose concern is open says no."""
    wanted, others = SIDES[process]
    return counts.get(wanted, 0) - sum(counts.get(says, 0) for says in others)


def _by_school(process: Process, members: Mapping[UUID, Set[UUID]], heard: Mapping[UUID, Said]) -> int:
    """The same of schools, each as most of its people say."""
    theirs: dict[UUID, Counter[Says]] = {}
    for person, said in heard.items():
        for school in members[person]:
            theirs.setdefault(school, Counter())[said.says] += 1
    more = [_lead(process, counts) for counts in theirs.values()]
    return sum(each > 0 for each in more) - sum(each < 0 for each in more)


def _shares(
    options: int, members: Mapping[UUID, Set[UUID]], heard: Mapping[UUID, Said]
) -> tuple[Fraction, ...]:  # fmt: skip
    """What part of all dots each option has, where each school that gave any has as many to give."""
    given: dict[UUID, list[int]] = {}
    for person, said in heard.items():
        if any(said.dots):
            for school in members[person]:
                dots = given.setdefault(school, [0] * options)
                for place, more in enumerate(said.dots):
                    dots[place] += more
    each = [Fraction(1, len(given) * sum(dots)) for dots in given.values()]
    return tuple(
        sum((dots[place] * part for dots, part in zip(given.values(), each, strict=True)), Fraction())
        for place in range(options)
    )
