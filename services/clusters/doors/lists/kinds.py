"""What a kind of list has to say for itself; all else, of files, columns, trials and progress, is the same for all."""

from abc import ABC, abstractmethod
from collections.abc import Collection, Mapping, Sequence
from typing import Any, ClassVar
from uuid import UUID

from sqlmodel.ext.asyncio.session import AsyncSession

from kit.clock import real_now
from services.clusters.doors.lists.judging import Judged, Numbered
from services.clusters.doors.lists.models import STAY_OUT, Import, ImportLine


class KindOfList(ABC):
    headings: ClassVar[Mapping[str, str]]
    """What each field may be called."""

    @abstractmethod
    def has_columns(self, made: Import, named: Collection[str]) -> bool:
        """Whether these columns are enough."""

    @abstractmethod
    async def known(
        self, db: AsyncSession, made: Import, rows: Sequence[Numbered], schools: Mapping[int, UUID] | None = None
    ) -> Any:
        """What has to be known to judge these rows; `schools` are those of which they are, if that is known."""

    @abstractmethod
    def judge(self, made: Import, rows: Sequence[Numbered], known: Any) -> list[Judged]:
        """What becomes of each of them; no database is asked."""

    @abstractmethod
    async def bring_in(
        self, db: AsyncSession, made: Import, lines: Sequence[ImportLine], rows: Mapping[int, Sequence[str]]
    ) -> None:
        """Do it for these lines, and mark them done: what has changed since the trial is looked at anew."""


def line_of(made: Import, cells: Sequence[str], judged: Judged) -> ImportLine:
    line = ImportLine(import_id=made.id, number=judged.number, outcome=judged.outcome)
    write(line, cells, judged)
    return line


def write(line: ImportLine, cells: Sequence[str], judged: Judged) -> None:
    """This becomes of the line."""
    line.outcome, line.twin, line.mail = judged.outcome, judged.twin, judged.mail
    line.said = [said[:200] for said in judged.said]
    line.cells = list(cells) if judged.outcome in STAY_OUT else []
    line.wrong = [
        {"column": one.column, "value": one.value[:200], "code": one.code, "school": one.school} for one in judged.wrong
    ]


def mark_done(line: ImportLine, cells: Sequence[str], judged: Judged) -> None:
    """The same once it was brought in, or turned out to stay out after all."""
    write(line, cells, judged)
    line.done_at = None if judged.outcome in STAY_OUT else real_now()
