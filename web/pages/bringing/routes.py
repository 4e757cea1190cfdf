"""Lists from a spreadsheet: a file, its columns, a trial that changes nothing, then the deed with its progress."""

from collections.abc import Awaitable, Mapping, Sequence
from functools import partial
from typing import Annotated, Any
from uuid import UUID

from fastapi import Depends, Response
from starlette.datastructures import FormData

from kit.paths import Router
from kit.written_sheets import SheetKind
from web import languages
from web.clients.clusters.imports import Import, ImportRow, ImportRowPage, Imports, ImportWrong
from web.clients.clusters.programme import Programmes
from web.clients.clusters.schools import School, Schools
from web.draft import Draft, field_of, file_of, id_of, number, text_of, typed, typed_with_file
from web.pages.bringing.templates import ListKind, example, template_of
from web.refilling import refilling
from web.render import done, render, send_on
from web.sheets import Rows, sheet_file
from web.shown import Shown
from web.visit import SignedIn, Visit
from web.words import LIST_COLUMNS, word

routes = Router(prefix="/bring-in/{kind}")
Form = Annotated[FormData, Depends(typed)]
FormWithFile = Annotated[FormData, Depends(typed_with_file)]
MOVING = ("trying", "running")
MOST_SHOWN, MOST_IN_FILE = 50, 100


class ChooseFile(Shown, template="bringing/new.html"):
    """Of people, `school` may be the only one that the list is of."""

    kind: ListKind
    school: School | None
    draft: Draft
    countries: list[tuple[str, str]]


class ShowImport(Shown, template="bringing/show.html"):
    """`alike`, `doubtful` and `wrong` are the first of them, once it was tried out; `fields` are the choices.

    `chosen`: the rows of which it was said on pages before that they are another school.
    """

    made: Import
    draft: Draft
    fields: list[tuple[str, str]]
    alike: ImportRowPage | None
    chosen: Sequence[int]
    doubtful: ImportRowPage | None
    wrong: ImportRowPage | None


@routes.get("")
async def new(visit: SignedIn, kind: ListKind, school_id: UUID | None = None) -> Response:
    if not school_id:
        visit.hold_office()
    typed = {"country": visit.office_country, "zone": visit.zone or "UTC", "language": visit.language}
    return await choosing_page(visit, kind, school_id, Draft(typed))


async def choosing_page(
    visit: Visit, kind: ListKind, school_id: UUID | None, draft: Draft, status: int = 200
) -> Response:
    school = await visit.ask(Schools).show(school_id) if school_id else None
    countries = languages.countries(visit.countries(await visit.ask(Programmes).countries()))
    return render(visit, ChooseFile(kind=kind, school=school, draft=draft, countries=countries), status)


@routes.post("")
async def bring(visit: SignedIn, kind: ListKind, form: FormWithFile) -> Response:
    values, file = text_of(form, "country", "zone", "language", "encoding"), await file_of(form)
    school_id = id_of(form, "school_id") if form.get("school_id") else None
    said = {name: value for name, value in values.items() if value} | {"kind": kind}
    said |= {"school_id": str(school_id)} if school_id else {}
    with refilling(partial(choosing_page, visit, kind, school_id), partial(Draft(values).refused, text="file")):
        import_id = await visit.ask(Imports).bring(str(form.get("once", "")), file, **said)
    return done(visit.request, "list_read", f"/bring-in/{kind}/{import_id}")


@routes.get("/template.{suffix}")
async def template(visit: SignedIn, kind: ListKind, suffix: SheetKind, school_id: UUID | None = None) -> Response:
    """A list with headings that are found again, in the reader's language, and a row that explains them."""

    async def rows() -> Rows:
        columns = template_of(kind, one_school=school_id is not None)
        return [[word(f"{kind}_column", name) for name in columns], example(kind, columns)]

    return await sheet_file(visit, suffix, [word("sheet", kind)], "template", rows, to_fill_in=True)


@routes.get("/{import_id}")
async def show(visit: SignedIn, kind: ListKind, import_id: UUID, alike: str | None = None) -> Response:
    """`alike`: where the rows that look like a known school go on."""
    made = await visit.ask(Imports).show(import_id)
    if visit.request.headers.get("hx-request") and made.state not in MOVING:
        # What waited for it is over: the rest of the page is another one now.
        return send_on(visit.request, visit.request.url.path)
    chosen = anothers(visit.request.query_params)
    return await import_page(visit, import_id, draft_of(made), alike_after=alike, chosen=chosen)


def draft_of(made: Import) -> Draft:
    columns = {field_of("column", place): column.field or "" for place, column in enumerate(made.columns)}
    return Draft(columns | {"scheme": made.scheme, "year": made.year, "zone": made.zone, "language": made.language})


async def import_page(
    visit: Visit,
    import_id: UUID,
    draft: Draft,
    status: int = 200,
    *,
    alike_after: str | None = None,
    chosen: Sequence[int] = (),
) -> Response:
    imports = visit.ask(Imports)
    made = await imports.show(import_id)
    fields = [(name, word(f"{made.kind}_column", name)) for name in LIST_COLUMNS[made.kind]]
    begins = {"alike": alike_after, "doubtful": None, "wrong": None}
    first = {
        outcome: await imports.rows(import_id, outcome, after, MOST_SHOWN) if made.become(outcome) else None
        for outcome, after in begins.items()
    }
    return render(visit, ShowImport(made=made, draft=draft, fields=fields, chosen=chosen, **first), status)


def anothers(said: Mapping[str, Any]) -> list[int]:
    """The rows of which somebody says that they are another school."""
    return [number(name.partition("-")[2], 0) for name, value in said.items() if value == "another"]


@routes.post("/{import_id}/columns")
async def try_out(visit: SignedIn, kind: ListKind, import_id: UUID, form: Form) -> Response:
    made = await visit.ask(Imports).show(import_id)
    names = [field_of("column", place) for place in range(len(made.columns))]
    values = text_of(form, *names, "scheme", "year", "zone", "language")
    said = {
        "columns": [values[name] or None for name in names],
        "scheme": values["scheme"],
        "year": number(values["year"], values["year"] or None),
        "zone": values["zone"] or None,
        "language": values["language"] or None,
    }
    with refilling(partial(import_page, visit, import_id), Draft(values).refused):
        await visit.ask(Imports).try_out(import_id, said)
    return done(visit.request, "list_tried", f"/bring-in/{kind}/{import_id}")


@routes.post("/{import_id}/beginning")
async def begin(visit: SignedIn, kind: ListKind, import_id: UUID, form: Form) -> Response:
    """Each row that looks like a school that is there is the same, unless somebody said that it is another."""
    tried_at = str(form.get("tried_at", "")) or None
    chosen = anothers(form)
    with refilling(partial(import_page, visit, import_id, chosen=chosen), Draft().refused):
        await visit.ask(Imports).begin(import_id, chosen, tried_at, sure=bool(form.get("sure")))
    return done(visit.request, "list_begun", f"/bring-in/{kind}/{import_id}")


@routes.post("/{import_id}/stop")
async def stop(visit: SignedIn, kind: ListKind, import_id: UUID) -> Response:
    return await acted(visit, kind, import_id, "list_stopped", visit.ask(Imports).stop(import_id))


async def acted(visit: Visit, kind: ListKind, import_id: UUID, code: str, asked: Awaitable[None]) -> Response:
    with refilling(partial(import_page, visit, import_id), Draft().refused):
        await asked
    return done(visit.request, code, f"/bring-in/{kind}/{import_id}")


@routes.get("/{import_id}/left.csv")
async def left(visit: SignedIn, kind: ListKind, import_id: UUID) -> Response:
    """The rows that stay out, with the reason of each: to be corrected, and brought again."""
    imports = visit.ask(Imports)
    made = await imports.show(import_id)
    if made.forgotten_at:
        return send_on(visit.request, f"/bring-in/{kind}/{import_id}")

    async def lines() -> Rows:
        found: Rows = [[*(column.heading for column in made.columns), word("import_wrong", "heading")]]
        for outcome in made.not_yet_in:
            after: str | None = None
            while True:
                page = await imports.rows(import_id, outcome, after, MOST_IN_FILE)
                found += [_line(row) for row in page.items]
                if not (after := page.next):
                    break
        return found

    return await sheet_file(visit, SheetKind.csv, [made.file_name.rpartition(".")[0]], "left", lines)


def _line(row: ImportRow) -> list[str]:
    problems = "; ".join(f"{one.column}: {word('import_wrong', one.code)} ({_told(one)})" for one in row.wrong)
    return [*row.cells, problems]


def _told(wrong: ImportWrong) -> str:
    return ", ".join(filter(None, (wrong.value, wrong.school)))
