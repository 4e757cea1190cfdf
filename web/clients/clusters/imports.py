from datetime import datetime
from typing import Any
from uuid import UUID

from kit.client import Form
from web.clients.base import UPLOADING, Answer, File, Page, ServiceClient


class ImportColumn(Answer):
    heading: str
    example: str
    field: str | None


class Import(Answer):
    """A list of schools, people or memberships: how far it is, and how many of its rows become what."""

    id: UUID
    kind: str
    country: str
    school_id: UUID | None
    file_name: str
    state: str
    columns: list[ImportColumn]
    rows: int
    heading: int
    scheme: str
    year: int
    zone: str
    language: str
    outcomes: dict[str, int]
    became: dict[str, int]
    done: int
    tried_at: datetime | None
    ended_at: datetime | None
    said_until: datetime | None
    forgotten_at: datetime | None
    kept_until: datetime
    sure: bool

    def become(self, *outcomes: str) -> int:
        return sum(self.outcomes.get(outcome, 0) for outcome in outcomes)

    @property
    def coming_in(self) -> int:
        """All but those that stay out."""
        stay_out = self.become("wrong") if self.sure else self.become("wrong", "doubtful")
        return sum(self.outcomes.values()) - stay_out

    @property
    def changes(self) -> int:
        """Of schools, how many would be added, or get other numbers."""
        return self.coming_in - self.become("same")

    @property
    def stay_out(self) -> list[str]:
        """The outcomes of rows that are not brought in; of doubtful ones it is said when it begins."""
        return ["wrong", "doubtful"] if self.is_over and not self.sure else ["wrong"]

    @property
    def not_yet_in(self) -> list[str]:
        """The same before it begins: all rows that are not brought in as they are."""
        return ["wrong"] if self.sure else ["wrong", "doubtful"]

    @property
    def is_over(self) -> bool:
        return self.state in ("stopped", "done")

    @property
    def told(self) -> dict[str, int]:
        """What would become of its rows; once it is over, what became of them, and of how many nothing did."""
        if not self.is_over:
            return self.outcomes
        stayed = {outcome: rows for outcome, rows in self.outcomes.items() if outcome in self.stay_out}
        left = self.coming_in - self.done
        return self.became | stayed | ({"left": left} if left else {})

    @property
    def asked(self) -> int:
        """Of people and memberships, how many would be asked."""
        return self.become("new", "proposed")


class ImportWrong(Answer):
    column: str
    value: str
    code: str
    school: str


class ImportRow(Answer):
    number: int
    name: str
    town: str
    official_number: str
    outcome: str
    cells: list[str]
    wrong: list[ImportWrong]
    twin: UUID | None
    twin_name: str | None
    twin_town: str | None


class ImportRowPage(Page):
    items: list[ImportRow]


class Imports(ServiceClient):
    service = "clusters"

    async def bring(self, once: str, file: File | None, **said: str) -> UUID:
        form = Form(dict(said), {"file": file} if file else None)
        return UUID((await self.ask_once("/v1/imports", once, form=form, timeout=UPLOADING))["id"])

    async def show(self, import_id: UUID) -> Import:
        return await self.get(Import, f"/v1/imports/{import_id}")

    async def rows(self, import_id: UUID, outcome: str, after: str | None = None, limit: int = 50) -> ImportRowPage:
        path = f"/v1/imports/{import_id}/rows"
        return await self.get(ImportRowPage, path, outcome=outcome, after=after, limit=limit)

    async def try_out(self, import_id: UUID, said: dict[str, Any]) -> None:
        await self.put(f"/v1/imports/{import_id}/columns", said)

    async def begin(
        self, import_id: UUID, another: list[int], tried_at: str | None = None, *, sure: bool = False
    ) -> None:
        said = {"another": another, "tried_at": tried_at, "sure": sure}
        await self.post(f"/v1/imports/{import_id}/beginning", said)

    async def stop(self, import_id: UUID) -> None:
        await self.post(f"/v1/imports/{import_id}/stop", {})
