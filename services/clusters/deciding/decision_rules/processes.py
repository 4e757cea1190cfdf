"""The processes of deciding, as data: what can be said in a round of each."""

from collections.abc import Mapping, Set
from dataclasses import dataclass

from services.clusters.deciding.decision_rules.models import Process, Says

DOTS = 3


@dataclass(frozen=True)
class Words:
    """What can be said in a round of a process, and which of it needs a reason; `decides`: a proposal ends with it."""

    says: tuple[Says, ...]
    with_reason: Set[Says] = frozenset()
    decides: bool = True


PROCESSES: Mapping[Process, Words] = {
    Process.questions: Words((Says.question, Says.clear), {Says.question}, decides=False),
    Process.mood: Words((Says.good, Says.so_so, Says.bad), decides=False),
    Process.consent: Words((Says.yes, Says.concern, Says.aside), {Says.concern}),
    Process.majority: Words((Says.yes, Says.no, Says.concern, Says.aside), {Says.concern}),
    Process.dots: Words((Says.dots, Says.aside)),
    Process.still_holds: Words((Says.holds, Says.change, Says.done), {Says.change}, decides=False),
}


@dataclass(frozen=True)
class Said:
    """What somebody says in a round, and how many dots they give to each option."""

    says: Says
    dots: tuple[int, ...] = ()
