"""What was done is said once: on the page that comes next, or in the block that is swapped in."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from urllib.parse import parse_qsl, urlencode

from fastapi import Request, Response

from web.words import DONE, done_words

COOKIE, SECONDS = "flash", 60


@dataclass(frozen=True)
class Flash:
    """`code` is one of `DONE`; `spot` the id of the part that says it, the page itself when empty.

    `form` is the path that the form was sent to; `params` are what the way back needs: ids and codes, never words.
    """

    code: str
    spot: str = ""
    form: str = ""
    params: Mapping[str, str] = field(default_factory=dict)

    @property
    def words(self) -> str:
        return done_words(self.code)

    def __getitem__(self, name: str) -> str:
        return self.params.get(name, "")


def keep(answer: Response, flash: Flash, page: str, *, secure: bool) -> None:
    """Have the page at this path say it, if it is opened within a minute."""
    told = {"page": page, "code": flash.code, "spot": flash.spot, "form": flash.form, **flash.params}
    answer.set_cookie(COOKIE, urlencode(told), max_age=SECONDS, path="/", httponly=True, samesite="lax", secure=secure)


def kept_for(request: Request) -> Flash | None:
    """What this page has to say."""
    told = dict(parse_qsl(request.cookies.get(COOKIE, "")))
    page, code = told.pop("page", ""), told.pop("code", "")
    if page != request.url.path or code not in DONE:
        return None
    return Flash(code, told.pop("spot", ""), told.pop("form", ""), told)


def forget(answer: Response) -> None:
    answer.delete_cookie(COOKIE, path="/", httponly=True, samesite="lax")
