"""Bringing colleagues in by pasted addresses: one look at what will happen, then done."""

import re
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from functools import partial
from typing import Annotated
from uuid import UUID

from fastapi import Depends, Response
from starlette.datastructures import FormData

from kit.client import Refused
from kit.paths import Router
from web.clients.base import errors_of
from web.clients.clusters.invitations import Invitations, InvitedOne
from web.clients.clusters.schools import School, Schools
from web.draft import Draft, text_of, texts_of, typed
from web.flash import Flash
from web.pages.schools.pasted import LONGEST, MOST, Pasted, pasted
from web.refilling import refilling
from web.render import done, render
from web.shown import Shown
from web.visit import SignedIn, Visit
from web.words import field_words

routes = Router(prefix="/schools/{school_id}/people/several")
Form = Annotated[FormData, Depends(typed)]
ELSEWHERE = "elsewhere"
OF_PERSON = re.compile(r"people-(\d+)-(?:mail|name)")


@dataclass(frozen=True)
class Looked:
    """Somebody who was pasted: what becomes of them, or what is wrong with the address, or of which school it is."""

    name: str
    mail: str
    becomes: str = ""
    wrong: str = ""
    can_be_asked: bool = False
    of_school: str = ""

    @property
    def line(self) -> str:
        """As it is typed again, to be mended."""
        return f"{self.name} <{self.mail}>" if self.mail else self.name


class InviteSeveral(Shown, template="schools/several.html"):
    """`looked` is None until somebody has looked what will happen."""

    school: School
    draft: Draft
    looked: Sequence[Looked] | None = None


@routes.get("")
async def new(visit: SignedIn, school_id: UUID) -> Response:
    return await several_page(visit, school_id, Draft({"language": visit.language}))


async def several_page(
    visit: Visit, school_id: UUID, draft: Draft, status: int = 200, *, looked: list[Looked] | None = None
) -> Response:
    school = await visit.ask(Schools).show(school_id)
    return render(visit, InviteSeveral(school=school, draft=draft, looked=looked), status)


@routes.post("")
async def see(visit: SignedIn, school_id: UUID, form: Form) -> Response:
    """What asking these people would do to each."""
    values = text_of(form, "pasted", "language")
    people = pasted(values["pasted"])
    if not any(one.mail for one in people):
        return await several_page(visit, school_id, Draft(values, {"pasted": [{"code": "nobody_pasted"}]}), 422)
    if sum(bool(one.mail) for one in people) > MOST or len(values["pasted"]) > LONGEST:
        return await several_page(visit, school_id, Draft(values, {"pasted": [{"code": "too_many_pasted"}]}), 422)
    with refilling(partial(several_page, visit, school_id), Draft(values).refused):
        looked = await look(visit, school_id, people, values["language"])
    return await several_page(visit, school_id, Draft(values), looked=looked)


@routes.post("/invitations")
async def invite(visit: SignedIn, school_id: UUID, form: Form) -> Response:
    """Asks those who were shown; who could not be asked stays in the form, to be mended."""
    values = text_of(form, "pasted", "language")
    left = text_of(form, "left")["left"]
    people = [Pasted(name, mail) for name, mail in zip(texts_of(form, "name"), texts_of(form, "mail"), strict=False)]
    both = texts_of(form, "both")
    with refilling(partial(several_page, visit, school_id), Draft(values).refused):
        asked = await visit.ask(Invitations).invite_several(
            school_id, str(form.get("once", "")), sendable(people, both), language=values["language"]
        )
    left = "\n".join(filter(None, [left, *(shown(one).line for one in asked.people if one.becomes == ELSEWHERE)]))
    becomes = {one.becomes for one in asked.people}
    code = "several_proposed" if "proposed" in becomes else "several_invited" if "invited" in becomes else ""
    if code and not left:
        return done(visit.request, code, f"/schools/{school_id}")
    if code:
        visit.flash = Flash(code, "", visit.request.url.path)
        return await several_page(visit, school_id, Draft(values | {"pasted": left}))
    looked = [shown(one) for one in asked.people]
    return await several_page(visit, school_id, Draft(values), looked=looked)


async def look(visit: Visit, school_id: UUID, people: list[Pasted], language: str) -> list[Looked]:
    """What becomes of each; of an address that no mail can have, what is wrong with it."""
    right, wrong = [one for one in people if one.mail], {}
    try:
        becomes = await _preview(visit, school_id, right, language)
    except Refused as refused:
        if not (wrong := _what_is_wrong(refused, right)):
            raise
        becomes = await _preview(visit, school_id, [one for one in right if one.mail not in wrong], language)
    return [
        shown(found, one)
        if (found := becomes.get(one.mail))
        else Looked(one.name, one.mail, wrong=wrong.get(one.mail, ""))
        for one in people
    ]


async def _preview(visit: Visit, school_id: UUID, people: list[Pasted], language: str) -> dict[str, InvitedOne]:
    """What becomes of these, by their addresses as they were pasted."""
    if not people:
        return {}
    preview = await visit.ask(Invitations).preview(school_id, sendable(people), language=language)
    return dict(zip((one.mail for one in people), preview.people, strict=True))


def _what_is_wrong(refused: Refused, people: list[Pasted]) -> dict[str, str]:
    """The words by address: an error at /people/3/mail is about the fourth."""
    found = {}
    for field, errors in errors_of(refused).items():
        if at := OF_PERSON.fullmatch(field):
            found[people[int(at[1])].mail] = " ".join(field_words(error) for error in errors)
    return found


def shown(found: InvitedOne, one: Pasted | None = None) -> Looked:
    """With the address as it was pasted, where that is known."""
    name, mail = (one.name, one.mail) if one else (found.name, found.mail)
    return Looked(name, mail, found.becomes, can_be_asked=found.can_be_asked, of_school=found.of_school)


def sendable(people: Iterable[Pasted | Looked], both: Collection[str] = ()) -> list[dict[str, object]]:
    """`both` are the addresses of those who work at another school as well."""
    return [{"name": one.name, "mail": one.mail, "works_at_both": one.mail in both} for one in people]
