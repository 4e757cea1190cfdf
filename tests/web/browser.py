"""A browser without a screen: it follows links, fills forms, and does with a page what htmx does."""

from dataclasses import dataclass
from typing import Any
from urllib.parse import urlsplit

import httpx
from bs4 import BeautifulSoup, Tag

from tests.house import PUBLIC_URL
from tests.web.checks import check_page, check_part, parse

MOST_STEPS = 5


@dataclass
class Answer:
    """What came back: the status of the first answer, where the reader is then, and the page that is shown."""

    status: int
    path: str
    page: BeautifulSoup
    raw: httpx.Response


class Browser:
    def __init__(self, app: Any, language: str = "en", **cookies: str) -> None:
        self.http = httpx.AsyncClient(
            transport=httpx.ASGITransport(app, raise_app_exceptions=False),
            base_url=PUBLIC_URL,
            headers={"accept-language": language},
            cookies=cookies,
        )

    async def see(self, path: str, status: int = 200) -> BeautifulSoup:
        """The page at `path`, after redirects; it has this status and passes the checks."""
        answer = await self.arrive(await self.http.get(path))
        assert answer.raw.status_code == status, (answer.raw.status_code, answer.path, answer.raw.text[:2000])
        return answer.page

    async def arrive(self, answer: httpx.Response) -> Answer:
        first = answer.status_code
        for _ in range(MOST_STEPS):
            if not answer.has_redirect_location:
                break
            assert urlsplit(answer.headers["location"]).netloc in ("", urlsplit(PUBLIC_URL).netloc)
            answer = await self.http.get(answer.headers["location"])
        page = parse(answer.text)
        check_page(page)
        check_headers(answer)
        return Answer(first, answer.url.path, page, answer)

    async def submit(self, form: Tag, press: str = "", **typed: Any) -> Answer:
        """Send a form as a browser without JavaScript does; `press` is the value or the name of the button."""
        data = fields_of(form, press) | typed
        url = form["action"] if form.get("action") else "."
        return await self.arrive(await self.http.post(str(url), data=data))

    async def swap(self, page: BeautifulSoup, form: Tag, press: str = "", **typed: Any) -> httpx.Response:
        """Send a form as htmx does, and swap its target in the page."""
        target = page.select_one(str(form["hx-target"]))
        assert target is not None
        headers = {"hx-request": "true", "hx-target": f"{target.name}#{target['id']}"}
        answer = await self.http.post(str(form["hx-post"]), data=fields_of(form, press) | typed, headers=headers)
        assert "hx-redirect" not in answer.headers, answer.headers
        part = parse(answer.text).select_one(str(form["hx-target"]))
        assert part is not None, answer.text[:500]
        assert parse(answer.text).body.find_all(True, recursive=False) == [part]
        target.replace_with(part)
        check_part(page)
        return answer


def check_headers(answer: httpx.Response) -> None:
    policy = dict(part.split(" ", 1) for part in answer.headers["content-security-policy"].split("; "))
    assert policy["default-src"] == "'none'"
    assert (policy["script-src"], policy["style-src"]) == ("'self'", "'self'")
    assert (policy["frame-ancestors"], policy["base-uri"]) == ("'none'", "'none'")
    assert answer.headers["x-content-type-options"] == "nosniff"
    assert answer.headers["referrer-policy"] == "same-origin"
    assert answer.headers["cross-origin-opener-policy"] == "same-origin"
    assert "no-cache" in answer.headers["cache-control"]
    assert answer.headers["x-request-id"]


def fields_of(form: Tag, press: str = "") -> dict[str, Any]:
    """What a browser would send: names with their values, and the button that was pressed."""
    data: dict[str, Any] = {}
    for field in form.select("input[name], select[name], textarea[name]"):
        name, kind = str(field["name"]), field.get("type", "text")
        if kind in ("checkbox", "radio"):
            if field.has_attr("checked"):
                data.setdefault(name, []).append(field.get("value", "on"))
        elif field.name == "textarea":
            data[name] = field.text
        elif field.name == "select":
            chosen = field.select_one("option[selected]") or field.select_one("option")
            data[name] = chosen["value"] if chosen else ""
        elif name in data:
            data[name] = [*([data[name]] if isinstance(data[name], str) else data[name]), field.get("value", "")]
        else:
            data[name] = field.get("value", "")
    buttons = form.select("button[name]")
    if press:
        pressed = [button for button in buttons if press in (button["name"], button.get("value"))]
        assert pressed, (press, buttons)
        data[str(pressed[0]["name"])] = pressed[0].get("value", "")
    return data


def form_to(page: Tag, action: str, method: str = "post") -> Tag:
    """The form whose address ends with this."""
    found = [form for form in page.select(f"form[method={method}]") if str(form["action"]).endswith(action)]
    assert found, (action, [form["action"] for form in page.select("form")])
    return found[0]


def same(page: BeautifulSoup) -> str:
    """A page as text, without what differs each time: the names of attempts, and what was just done."""
    page = parse(str(page))
    for flash in page.select(".flash"):
        flash.decompose()
    for once in page.select("input[name=once]"):
        once["value"] = ""
    return " ".join(page.select_one("main").prettify().split())


def errors(page: Tag) -> dict[str, str]:
    """What is said beside which field."""
    said = {}
    for field in page.select("[aria-invalid=true]"):
        marks = [page.select_one(f"#{mark}") for mark in str(field.get("aria-describedby", "")).split()]
        said[str(field["name"])] = " ".join(
            mark.get_text(strip=True) for mark in marks if mark and "error" in mark.get("class", [])
        )
    return said
