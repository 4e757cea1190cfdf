"""Markdown to safe HTML, once, when an entry is saved."""

import asyncio
import re
from collections.abc import Iterator
from html import unescape

import nh3
from comrak import ExtensionOptions, RenderOptions, render_markdown

from kit.links import linked
from kit.problems import field_invalid

EXTENSIONS, OPTIONS = ExtensionOptions(), RenderOptions()
# A single tilde is taken for a subscript, so that it is not taken for a line through words, and written as it was.
EXTENSIONS.table = EXTENSIONS.strikethrough = EXTENSIONS.subscript = True
OPTIONS.escape = True
OTHERWISE = {"h1": ("<h2>", "</h2>"), "del": ("<s>", "</s>"), "sub": ("~", "~")}
NO_LINK = ("", "")
AS_THEY_ARE = frozenset(("</a>", "</code>"))
TAGS = {
    "p", "br", "em", "strong", "s", "ul", "ol", "li", "blockquote", "h2", "h3", "h4", "hr", "code", "pre", "a", "bdi",
    "table", "thead", "tbody", "tr", "th", "td",
}  # fmt: skip
SCHEMES = {"http", "https", "mailto"}
DEEPEST = 40
EXCERPT = 220
PART = re.compile(r"<(?P<end>/?)(?P<name>\w+)(?P<more>[^>]*)>|[^<]+")
PICTURE = re.compile(r' src="(?P<src>[^"]*)" alt="(?P<alt>[^"]*)"')
RENDERING = asyncio.Semaphore(1)  # whoever sends many long texts waits for oneself


class TooDeep(Exception):
    """More quotes, lists and marks within each other than anybody can follow."""


async def rendered(text: str) -> str:
    """The text as HTML, made where it holds up nobody. Raises Invalid at the field `text`."""
    try:
        async with RENDERING:
            return await asyncio.to_thread(to_html, text)
    except TooDeep as error:
        raise field_invalid("text", "too_deep", most=DEEPEST) from error


def to_html(text: str) -> str:
    """The text as HTML that cannot do anything: headings begin below the page's own. Raises TooDeep."""
    html = "".join(_parts(render_markdown(text, extension_options=EXTENSIONS, render_options=OPTIONS)))
    return nh3.clean(html, tags=TAGS, attributes={"a": {"href"}}, url_schemes=SCHEMES, link_rel="noopener nofollow ugc")


def _parts(html: str) -> Iterator[str]:
    """What comrak wrote, part by part, as our pages show it."""
    within: list[str] = []
    for part in PART.finditer(html):
        if not part["name"]:
            yield _words(part[0], within)
        elif part["end"]:
            yield within.pop()
        elif part["name"] == "img":
            yield _picture(part[0], within)
        elif part["more"].endswith("/"):
            yield part[0]
        else:
            begin, end = _tags(part)
            within.append(end)
            if len(within) > DEEPEST:
                raise TooDeep
            yield begin


def _tags(part: re.Match[str]) -> tuple[str, str]:
    if part["name"] == "a" and ' href=""' in part["more"]:
        return NO_LINK
    return OTHERWISE.get(part["name"]) or (part[0], f"</{part['name']}>")


def _words(html: str, within: list[str]) -> str:
    """Words with their addresses to follow; those of an HTML block, which stand in no element, as a paragraph."""
    if html.isspace() or not AS_THEY_ARE.isdisjoint(within):
        return html
    return linked(unescape(html)) if within else f"<p>{linked(unescape(html))}</p>"


def _picture(tag: str, within: list[str]) -> str:
    """Pages load nothing from elsewhere: the description leads to the picture."""
    (src, alt), *_ = PICTURE.findall(tag)
    words = alt or src
    return words if "</a>" in within or not src else f'<a href="{src}">{words}</a>'


def excerpt(html: str) -> str:
    """The first words, as plain text."""
    beginning = html[: 10 * EXCERPT].replace("</", " </")
    words = " ".join(unescape(nh3.clean(beginning, tags=set())).split())
    if len(words) <= EXCERPT:
        return words
    return words[:EXCERPT].rsplit(" ", 1)[0] + "…"
