"""Markdown to safe HTML, once, when an entry is saved."""

from html import unescape

import nh3
from markdown_it import MarkdownIt

MARKDOWN = MarkdownIt("js-default", {"html": False, "linkify": False, "typographer": False})
TAGS = {
    "p", "br", "em", "strong", "s", "ul", "ol", "li", "blockquote", "h2", "h3", "h4", "hr", "code", "pre", "a",
    "table", "thead", "tbody", "tr", "th", "td",
}  # fmt: skip
SCHEMES = {"http", "https", "mailto"}
EXCERPT = 220


def to_html(text: str) -> str:
    """The text as HTML that cannot do anything: headings begin below the page's own."""
    html = MARKDOWN.render(text).replace("<h1>", "<h2>").replace("</h1>", "</h2>")
    return nh3.clean(html, tags=TAGS, attributes={"a": {"href"}}, url_schemes=SCHEMES, link_rel="noopener nofollow ugc")


def excerpt(html: str) -> str:
    """The first words, as plain text."""
    beginning = html[: 10 * EXCERPT].replace("</", " </")
    words = " ".join(unescape(nh3.clean(beginning, tags=set())).split())
    if len(words) <= EXCERPT:
        return words
    return words[:EXCERPT].rsplit(" ", 1)[0] + "…"
