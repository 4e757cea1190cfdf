"""What I say of myself to colleagues, my picture, and who sees what of it."""

from functools import partial
from typing import Annotated

from fastapi import Depends, Response
from starlette.datastructures import FormData

from kit.paths import Router
from web import languages
from web.clients.clusters.cards import Cards, MyCard
from web.draft import Draft, file_of, text_of, texts_of, typed, typed_with_file
from web.refilling import refilling
from web.render import done, render
from web.shown import Shown
from web.visit import SignedIn, Visit

routes = Router(prefix="/profile")
HERE = "/profile/card"
CIRCLES = ("subjects_for", "shows_for", "portrait_for")
MOST_SUBJECTS = 50
LISTED = {f"{name}-{n}": name for name in ("subjects", "languages") for n in range(MOST_SUBJECTS)}


class EditCard(Shown, template="card/edit.html"):
    """`tongues` are languages by name; `sent` is what is wrong with a picture."""

    mine: MyCard
    draft: Draft
    tongues: list[tuple[str, str]]
    sent: Draft = Draft()


@routes.get("/card")
async def edit(visit: SignedIn) -> Response:
    return await card_page(visit, None)


async def card_page(visit: Visit, draft: Draft | None, status: int = 200, **more: Draft) -> Response:
    """`draft` is None for what is said until now."""
    mine = await visit.ask(Cards).show()
    draft = draft or _draft_of(mine)
    tongues = languages.languages_named([*languages.WRITTEN, *draft["languages"]])
    return render(visit, EditCard(mine=mine, draft=draft, tongues=tongues, **more), status)


def _draft_of(mine: MyCard) -> Draft:
    said = mine.model_dump(include={"languages", "shows", *CIRCLES})
    known = set(mine.subjects_of_my_schools)
    free = ", ".join(subject for subject in mine.subjects if subject not in known)
    return Draft(said | {"picked": [subject for subject in mine.subjects if subject in known], "subjects": free})


@routes.post("/card")
async def change(visit: SignedIn, form: Annotated[FormData, Depends(typed)]) -> Response:
    values = text_of(form, "subjects", "shows", *CIRCLES)
    picked, spoken = texts_of(form, "picked"), texts_of(form, "language")
    free = [part.strip() for part in values["subjects"].replace(";", ",").split(",") if part.strip()]
    body = values | {"subjects": [*picked, *free], "languages": spoken}
    draft = Draft(values | {"picked": picked, "languages": spoken})
    with refilling(partial(card_page, visit), partial(draft.refused, fields=LISTED)):
        await visit.ask(Cards).change(body)
    return done(visit.request, "card_saved", HERE)


async def picture_page(visit: Visit, sent: Draft, status: int) -> Response:
    return await card_page(visit, None, status, sent=sent)


@routes.post("/portrait")
async def set_portrait(visit: SignedIn, form: Annotated[FormData, Depends(typed_with_file)]) -> Response:
    with refilling(partial(picture_page, visit), partial(Draft().refused, text="file")):
        await visit.ask(Cards).set_portrait(await file_of(form))
    visit.forget_me()
    return done(visit.request, "portrait_shown", HERE)


@routes.post("/portrait/end")
async def remove_portrait(visit: SignedIn) -> Response:
    await visit.ask(Cards).remove_portrait()
    visit.forget_me()
    return done(visit.request, "portrait_removed", HERE)
