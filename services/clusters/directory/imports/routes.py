from typing import Annotated

from fastapi import Form, Query, UploadFile
from pydantic import BaseModel, StringConstraints

from kit.db import Db, plain
from kit.fields import Zone
from kit.idempotency import UnderWay, waits
from kit.pages import After, Limit, Page, keys_of, page_of
from kit.policy import allowed, can, require
from kit.problems import Changed, Forbidden, NotFound, documented
from kit.routing import located, router
from services.clusters.directory.imports import actions, queries
from services.clusters.directory.imports.models import Outcome, SchoolImport
from services.clusters.directory.imports.queries import visible_import
from services.clusters.directory.imports.schemas import BeginningIn, ColumnsIn, ImportRowOut, SchoolImportOut
from services.clusters.directory.schools.schemas import Country
from services.clusters.policy import RULES
from services.roster.standing import CurrentMember, Member

routes = router("/v1/school-imports", "schools")
refused = documented(Forbidden, NotFound)
Encoding = Annotated[str, StringConstraints(max_length=20, pattern=r"^[\w-]*$")]
Managed = Annotated[SchoolImport, allowed(RULES, "school_import.manage", visible_import)]


class PlaceInFile(BaseModel):
    number: int


class OfCountry(BaseModel):
    country: str


@routes.post("", status_code=201, responses=documented(Forbidden, UnderWay))
@located("/v1/school-imports/{id}")
@waits
async def bring_list(
    file: UploadFile,
    country: Annotated[Country, Form()],
    zone: Annotated[Zone, Form()],
    actor: Annotated[Member, allowed(RULES, "school_import.begin", queries.whoever_asks)],
    db: Db,
    encoding: Annotated[Encoding, Form(description="Of a CSV; found where it is empty")] = "",
) -> SchoolImportOut:
    """Bring a list of schools, as CSV or XLSX of at most 10 MB and 20,000 rows: it is read, and nothing is changed."""
    require(RULES, actor, "school.register", OfCountry(country=country))
    rows = await actions.read_list(await file.read(), encoding)
    made = await actions.begin_import(db, rows, country, file.filename or "", zone, actor.id)
    return await shown(db, made, actor)


@routes.get("/{import_id}", responses=refused)
async def show_import(found: Managed, db: Db, actor: CurrentMember) -> SchoolImportOut:
    """A list, how far it is, and how many of its rows become what."""
    return await shown(db, found, actor)


@routes.put("/{import_id}/columns", responses=refused | documented(actions.ImportBegun))
async def try_out(found: Managed, said: ColumnsIn, db: Db, actor: CurrentMember) -> SchoolImportOut:
    """Say what the columns are, and have it worked out what would happen to each row: nothing is changed."""
    return await shown_anew(db, await actions.try_out(db, found, said), actor)


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
async def begin_import(found: Managed, said: BeginningIn, db: Db, actor: CurrentMember) -> SchoolImportOut:
    """Bring in what was tried out: it goes on by itself, some rows at a time."""
    return await shown_anew(db, await actions.begin(db, found, said.another, said.tried_at, actor.id), actor)


@routes.post("/{import_id}/stop", status_code=202, responses=refused)
async def stop_import(found: Managed, db: Db, actor: CurrentMember) -> SchoolImportOut:
    """Stop here: what is in stays in, the rest is left out."""
    return await shown_anew(db, await actions.stop(db, found), actor)


async def shown_anew(db: Db, made: SchoolImport, actor: Member) -> SchoolImportOut:
    await db.flush()
    return await shown(db, made, actor)


async def shown(db: Db, made: SchoolImport, actor: Member) -> SchoolImportOut:
    return await queries.described(await plain(db), made, can(RULES, actor, "school_import", made))
