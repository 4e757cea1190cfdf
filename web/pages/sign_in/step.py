"""The second step: taken by a code, or set up by who has none; until then the session opens nothing else."""

from functools import partial
from typing import Annotated

from fastapi import Depends, Response
from markupsafe import Markup
from starlette.datastructures import FormData

from kit.client import Refused
from kit.paths import Router
from web.clients.clusters.factors import Factors, MyFactors, NewFactor
from web.clients.clusters.programme import Contacts
from web.draft import Draft, text_of, typed
from web.flash import Flash
from web.pages.sign_in.routes import inside, know_device, origin
from web.qr import drawn
from web.refilling import refilling
from web.render import done, render, send_on
from web.shown import NOT_KEPT, Shown
from web.templates import query
from web.visit import AnyVisit, SignedIn, Visit, if_there

routes = Router()
Form = Annotated[FormData, Depends(typed)]
STATUSES = {410: 409, 429: 409}
LONGEST_ADDRESS = 600
HERE = "/profile#second-step"


class TakeStep(Shown, template="sign_in/step.html"):
    draft: Draft
    to: str
    contact: str | None


class SetUpStep(Shown, template="sign_in/set_up.html"):
    """`key` and `picture` are empty before the app is to read them."""

    draft: Draft
    to: str
    address: str = ""
    key: str = ""
    picture: Markup | None = None


class ShowCodes(Shown, template="sign_in/codes.html"):
    codes: list[str]
    to: str


class EndStep(Shown, template="sign_in/end_step.html"):
    draft: Draft


@routes.get("/sign-in/step")
async def show(visit: AnyVisit, to: str = "/") -> Response:
    to = inside(to)
    if not visit.awaited:
        return send_on(visit.request, to if visit.me else "/sign-in" + query(to=to))
    if visit.awaited == "second_factor":
        return send_on(visit.request, "/second-step" + query(to=to))
    return await step_page(visit, to, Draft())


async def step_page(visit: Visit, to: str, draft: Draft, status: int = 200) -> Response:
    contact = await if_there(visit.ask(Contacts).find())
    return render(visit, TakeStep(draft=draft, to=to, contact=contact), status)


@routes.post("/sign-in/step")
async def take(visit: AnyVisit, form: Form) -> Response:
    values = text_of(form, "code", "to")
    to, whence = inside(values["to"]), origin(visit)
    with refilling(partial(step_page, visit, to), partial(Draft().refused, also=[410, 429]), STATUSES):
        try:
            known_by = await visit.ask(Factors).take(
                visit.secret, values["code"], whence["source"], whence["device"] or ""
            )
        except Refused as refused:
            if refused.type != "/problems/no-factor":
                raise
            return send_on(visit.request, to)  # removed meanwhile
    answer = done(visit.request, "signed_in", to)
    know_device(visit, answer, known_by)
    return answer


@routes.get("/second-step")
async def explain(visit: AnyVisit, to: str = "/profile") -> Response:
    if not (visit.me or visit.awaited == "second_factor"):
        return send_on(visit.request, "/sign-in" + query(to="/second-step"))
    if visit.me and await has_step(visit):
        return send_on(visit.request, HERE)
    return await set_up_page(visit, inside(to), Draft())


async def has_step(visit: Visit) -> bool:
    """Whether the reader is asked for codes; no while that cannot be known."""
    factor = await if_there(visit.ask(MyFactors).show())
    return bool(factor and factor.set_up_at)


async def set_up_page(
    visit: Visit, to: str, draft: Draft, status: int = 200, *, address: str = "", key: str = ""
) -> Response:
    picture = drawn(address) if key and address.startswith("otpauth:") and len(address) <= LONGEST_ADDRESS else None
    answer = render(visit, SetUpStep(draft=draft, to=to, address=address, key=key, picture=picture), status)
    answer.headers.update(NOT_KEPT)
    return answer


@routes.post("/second-step")
async def begin(visit: AnyVisit, form: Form) -> Response:
    """The key is shown this once; the app reads it off the picture."""
    to = inside(text_of(form, "to")["to"])
    with refilling(partial(set_up_page, visit, to), partial(Draft().refused, also=[410]), STATUSES):
        try:
            new: NewFactor = await visit.ask(Factors).begin(visit.secret)
        except Refused as refused:
            return there_already(visit, refused)
    visit.flash = Flash("second_step_begun", "", visit.request.url.path)
    return await set_up_page(visit, to, Draft(), address=new.address, key=new.key)


@routes.post("/second-step/confirmation")
async def confirm(visit: AnyVisit, form: Form) -> Response:
    values = text_of(form, "code", "to", "key", "address")
    again = partial(set_up_page, visit, inside(values["to"]), address=values["address"], key=values["key"])
    with refilling(again, partial(Draft().refused, also=[410, 429]), STATUSES):
        try:
            made = await visit.ask(Factors).confirm(visit.secret, values["code"], origin(visit)["source"])
        except Refused as refused:
            return there_already(visit, refused)
    visit.flash = Flash("second_step_set_up", "", visit.request.url.path)
    answer = render(visit, ShowCodes(codes=made.recovery_codes, to=inside(values["to"])))
    answer.headers.update(NOT_KEPT)
    return answer


def there_already(visit: Visit, refused: Refused) -> Response:
    """Somebody loads the page again on which they set it up; raises any other refusal."""
    if refused.type != "/problems/factor-there":
        raise refused
    return done(visit.request, "second_step_there", HERE)


@routes.get("/second-step/end")
async def before_the_end(visit: SignedIn) -> Response:
    if not await has_step(visit):
        return send_on(visit.request, HERE)
    return await end_page(visit, Draft(), 200)


async def end_page(visit: Visit, draft: Draft, status: int) -> Response:
    return render(visit, EndStep(draft=draft), status)


@routes.post("/second-step/end")
async def end(visit: SignedIn, form: Form) -> Response:
    whence, factor = origin(visit), await if_there(visit.ask(MyFactors).show())
    with refilling(partial(end_page, visit), mend_end, STATUSES):
        await visit.ask(MyFactors).remove(text_of(form, "code")["code"], whence["source"], whence["device"] or "")
    visit.shared.tokens.drop(visit.secret)
    # Who is asked for one sets up another before anything else.
    return done(visit.request, "second_step_removed", "/second-step" if factor and factor.is_asked else HERE)


def mend_end(refused: Refused) -> Draft:
    return Draft().refused(refused, also=[429])
