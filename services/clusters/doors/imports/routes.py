from typing import Annotated
from uuid import UUID

from fastapi import Form, Query, UploadFile
from pydantic import BaseModel, StringConstraints

from kit.db import Db, Whole, plain
from kit.fields import Language, Zone
from kit.idempotency import UnderWay, waits
from kit.languages import FALLBACK
from kit.pages import After, Limit, Page, keys_of, page_of
from kit.policy import allowed, can, require
from kit.problems import Changed, Forbidden, NotFound, documented, field_invalid
from kit.routing import located, router
from services.clusters.directory.schools.queries import visible_school
from services.clusters.directory.schools.schemas import Country
from services.clusters.doors.imports import actions
from services.clusters.doors.imports.reading import read_list
from services.clusters.doors.lists import queries
from services.clusters.doors.lists.models import Import, ListKind, Outcome
from services.clusters.doors.lists.queries import visible_import
from services.clusters.doors.lists.schemas import BeginningIn, ColumnsIn, ImportOut, ImportRowOut
from services.clusters.policy import RULES
from services.roster.standing import CurrentMember, Member

routes = router("/v1/imports", "imports")
refused = documented(Forbidden, NotFound)
Encoding = Annotated[str, StringConstraints(max_length=20, pattern=r"^[\w-]*$")]
Managed = Annotated[Import, allowed(RULES, "import.manage", visible_import)]


class PlaceInFile(BaseModel):
    number: int


@routes.post("", status_code=201, responses=documented(Forbidden, NotFound, UnderWay))
@located("/v1/imports/{id}")
@waits
async def bring_list(
    file: UploadFile,
    kind: Annotated[ListKind, Form()],
    actor: Annotated[Member, allowed(RULES, "import.begin", queries.whoever_asks)],
    database: Whole,
    zone: Annotated[Zone, Form(description="Of the schools and clusters that it makes")] = "UTC",
    country: Annotated[Country | None, Form()] = None,
    school_id: Annotated[UUID | None, Form(description="For people of one school, instead of a country")] = None,
    language: Annotated[Language, Form(description="Of people who have none in the list")] = FALLBACK,
    encoding: Annotated[Encoding, Form(description="Of a CSV; found where it is empty")] = "",
) -> ImportOut:
    """Bring a list, as CSV or XLSX of at most 10 MB and 20,000 rows, of one school 500: it is read, nothing is changed.

    Somebody has at most ten lists that are not in: of those that were not begun, the oldest one goes.
    """
    if school_id and kind is ListKind.people:
        async with database.transaction() as db:
            country = (await visible_school(school_id, db, actor)).country
    elif country is None:
        raise field_invalid("country", "missing")
    else:
        school_id = None
    new = actions.NewList(kind, country, zone, school_id, language, file.filename or "")
    require(RULES, actor, "import.manage", new)
    rows = await read_list(await file.read(), encoding)
    async with database.transaction() as db:
        return await shown(db, await actions.begin_import(db, rows, new, actor.id), actor)


@routes.get("/{import_id}", responses=refused)
async def show_import(found: Managed, db: Db, actor: CurrentMember) -> ImportOut:
    """A list, how far it is, and how many of its rows become what."""
    return await shown(db, found, actor)


@routes.put("/{import_id}/columns", responses=refused | documented(actions.ImportBegun))
async def try_out(found: Managed, said: ColumnsIn, db: Db, actor: CurrentMember) -> ImportOut:
    """Say what the columns are, and have it worked out what would happen to each row: nothing is changed."""
    return await shown_anew(db, await actions.try_out(db, found, said, actor.id), actor)


@routes.get("/{import_id}/rows", responses=refused)
async def list_import_rows(
    found: Managed, db: Db, outcome: Annotated[Outcome, Query()], after: After = None, limit: Limit = 50
) -> Page[ImportRowOut]:
    """The rows of which this becomes, in their order."""
    keys = keys_of(after, PlaceInFile)
    rows = await queries.lines_of(await plain(db), found, outcome, keys.number if keys else 0, limit)
    return Page[ImportRowOut].model_validate(page_of(rows, limit, "number"))


@routes.post(
    "/{import_id}/beginning",
    status_code=202,
    responses=refused | documented(actions.ImportBegun, actions.NotTriedYet, Changed),
)
async def begin_import(found: Managed, said: BeginningIn, db: Db, actor: CurrentMember) -> ImportOut:
    """Bring in what was tried out: it goes on by itself, some rows at a time."""
    return await shown_anew(db, await actions.begin(db, found, said, actor.id), actor)


@routes.post("/{import_id}/stop", status_code=202, responses=refused)
async def stop_import(found: Managed, db: Db, actor: CurrentMember) -> ImportOut:
    """Stop here: what is in stays in, the rest is left out."""
    return await shown_anew(db, await actions.stop(db, found), actor)


async def shown_anew(db: Db, made: Import, actor: Member) -> ImportOut:
    await db.flush()
    return await shown(db, made, actor)


async def shown(db: Db, made: Import, actor: Member) -> ImportOut:
    return await queries.described(await plain(db), made, can(RULES, actor, "import", made))
