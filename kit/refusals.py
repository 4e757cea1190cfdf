"""Every kind of refusal, and the page that the `type` of a problem leads to."""

from html import escape
from http import HTTPStatus
from typing import Annotated, Any

from fastapi import Header, Path, Response
from fastapi.responses import HTMLResponse
from pydantic import BaseModel

from kit.policy import anyone
from kit.problems import NotFound, Problem, documented
from kit.routing import router

PAGE = """<!doctype html><html lang="en" dir="ltr"><head><meta charset="utf-8">
<meta name="viewport" content="width=device-width"><title>{title} · Staffroom</title></head><body><main>
<h1>{title}</h1><p>A refusal of Staffroom with status {status} ({phrase}), named <code>{type}</code>.</p>
</main></body></html>"""
HTML: dict[int | str, dict[str, Any]] = {200: {"content": {"text/html": {"schema": {"type": "string"}}}}}


class KindOut(BaseModel):
    """What a refusal of this type says."""

    type: str
    title: str
    status: int


def refusals() -> list[type[Problem]]:
    """The kinds of refusal that this process knows, by status and name."""
    named = {kind for kind in _below(Problem) if "title" in vars(kind)}
    ours = {kind for kind in named if kind.__module__.startswith(("kit.", "services."))}
    return sorted(ours, key=lambda kind: (kind.status, kind.type()))


def _below(kind: type[Problem]) -> set[type[Problem]]:
    """The kinds that this one is narrowed down to, and those of theirs."""
    below = set(kind.__subclasses__())
    return below.union(*(_below(each) for each in below))


def kind_router() -> Any:
    """`GET /problems/{name}`, in words or as JSON."""
    routes = router("/problems", "problems")

    @routes.get(
        "/{name}",
        response_model=KindOut,
        responses=documented(NotFound) | HTML,
        dependencies=[anyone("what a refusal means is no secret")],
    )
    async def explain_problem(
        name: Annotated[str, Path(max_length=60, examples=["not-found"])],
        response: Response,
        accept: Annotated[str, Header(include_in_schema=False)] = "",
    ) -> Any:
        """What the problem of this type means: a page for who opens it in a browser, else JSON."""
        for kind in refusals():
            if kind.type() == f"/problems/{name}":
                response.headers["Vary"] = "Accept"
                return _page(kind) if "text/html" in accept else _said(kind)
        raise NotFound

    return routes


def _said(kind: type[Problem]) -> KindOut:
    return KindOut(type=kind.type(), title=kind.title, status=kind.status)


def _page(kind: type[Problem]) -> HTMLResponse:
    said = {name: escape(str(value)) for name, value in _said(kind).model_dump().items()}
    phrase = HTTPStatus(kind.status).phrase
    return HTMLResponse(PAGE.format(phrase=phrase, **said), headers={"Vary": "Accept"})
