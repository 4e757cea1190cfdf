"""What is small is read in a short time, whatever it is made of: twice the text takes twice the time."""

import asyncio
import time

import pytest

from kit.links import linked
from services.diaries.entries.rendering import DEEPEST, TooDeep, excerpt, to_html
from tests.diaries.writing import start
from tests.people import told, wrong_fields

MOST = 50_000
TIMES_TWICE = 2.5
SECONDS = 0.5
ROUNDS = 20
UNMEASURED = 0.05
REPEATED = [
    "![", "[", "]", "*a_", "*a ", "a**b", "**a *a ", "*", "_", "~~a", "~a~~b", ">", "> ", "- ", "1. ", "> - ", "+ ",
    "<", "<a ", "<!", "<!--", "<![CDATA[", "<?", "<b>", "<div>\n\n", "<a b=", "<http://a", "</", "<div\n", "`", "`a",
    "`` a ` ", "```\n", "|a|\n|-|\n|b|\n\n", "|\\|", "[a](b)", "[a](b ", "[a](<b", '[a](b "', "![a](b)", "[a]: ",
    "[a][b]", "[a]: b\n", "[^a]", "&amp;", "&", "&#1", "\\", "\\\n", "\\*", "a  \n", "\n", "\t", "#", "# a\n",
    "a\n-\n", "***\n", "http://a.b ", "http://", "www.", "a@b.cc ", "@", "a@", "a.b@", "_http://a.b_", "a", ".", "\r",
    "漢", "👩‍👩‍👧", "ء", "\u0301", "\u202e", "- a\n\n", "> a\n- b\n", "- [ ] a\n", '"', "    a\n", "*[a*](b)",
    "**[a](**b)", "*_`[<&!~|\\", "[*a](b)_", "*\n", "[a](b",
]  # fmt: skip
GROWING = {
    "brackets": lambda n: "[" * (n // 2) + "]" * (n // 2),
    "marks that begin and end": lambda n: "*a " * (n // 6) + "a*" * (n // 4),
    "lists within lists": lambda n: "".join("  " * i + "- a\n" for i in range(int(n**0.5)))[:n],
    "longer and longer ticks": lambda n: "".join("`" * i + "a" for i in range(1, int((2 * n) ** 0.5)))[:n],
    "a large table": lambda n: ("|" + "a|" * 100 + "\n|" + "-|" * 100 + "\n" + ("|" + "a|" * 100 + "\n") * n)[:n],
    "a wide table with short rows": lambda n: ("|a" * (n // 20) + "|\n" + "|-" * (n // 20) + "|\n" + "|\n" * n)[:n],
    "links within links": lambda n: "[" * (n // 5) + "](a)" * (n // 5),
    "many references": lambda n: "".join(f"[{i}]: a\n" for i in range(n // 16)) + "[1]" * (n // 6),
    "a long reference, often": lambda n: "[a]: " + "x" * (n // 2) + "\n\n" + ("[a]\n" * n)[: n // 2],
    "an address that ends in brackets": lambda n: "http://a.b/" + ")" * n,
    "an address with many dots": lambda n: "www." + "a." * (n // 2),
    "a mail address": lambda n: "a" * (n // 2) + "@" + "b" * (n // 2),
    "quotes, and lines that go on in them": lambda n: ">" * (n // 4) + ("a\n" * n)[: n // 2],
    "quotes as deep as is allowed": lambda n: ((">" * (DEEPEST - 1) + "a\n\n") * n)[:n],
}
GENERATORS = {repr(part): (lambda n, part=part: (part * n)[:n]) for part in REPEATED} | GROWING


def render(text):
    try:
        to_html(text)
    except TooDeep:
        return


def seconds(read, text):
    """Processor time of this thread."""
    begun = time.thread_time()
    read(text)
    return time.thread_time() - begun


def least(read, texts, enough):
    """The least time of each text, in rounds, until it is `enough`: what else the machine does only adds to a time."""
    times = [float("inf")] * len(texts)
    for _ in range(ROUNDS):
        times = [min(known, seconds(read, text)) for known, text in zip(times, texts, strict=True)]
        if enough(*times):
            break
    return times


def twice(half, whole):
    return whole < SECONDS and (whole < UNMEASURED or whole / half < TIMES_TWICE)


@pytest.mark.parametrize("generator", GENERATORS.values(), ids=GENERATORS.keys())
@pytest.mark.parametrize("read", [render, linked], ids=["markdown", "plain text"])
def test_twice_the_text_takes_twice_the_time(read, generator):
    times = least(read, [generator(n) for n in (MOST // 2, MOST)], twice)
    assert twice(*times), times


@pytest.mark.parametrize("generator", GENERATORS.values(), ids=GENERATORS.keys())
def test_an_excerpt_costs_as_much_of_a_long_text_as_of_a_short_one(generator):
    (took,) = least(excerpt, [generator(MOST)], UNMEASURED.__gt__)
    assert took < UNMEASURED


async def test_quotes_that_nobody_can_follow_are_refused_at_the_text(cluster):
    deep = ">" * 500 + " deep"
    body = {"cluster_id": str(cluster.id), "title": "Deep", "language": "en", "text": deep}
    assert wrong_fields(await cluster.cara.diaries.post("/v1/entries", json=body)) == {"/text": "too_deep"}
    entry_id = await start(cluster.cara, cluster)
    changed = {"title": "Deep", "language": "en", "text": "* " * 300 + "deep"}
    answer = await cluster.cara.diaries.put(f"/v1/entries/{entry_id}", json=changed, headers={"if-match": '"1"'})
    assert wrong_fields(answer) == {"/text": "too_deep"}
    told(await cluster.cara.diaries.post("/v1/entries", json=body | {"text": ">" * 20 + " not so deep"}), 201)


async def test_while_costly_texts_are_read_others_are_answered(house, cluster):
    entry_id = await start(cluster.cara, cluster)
    body = {"cluster_id": str(cluster.id), "title": "Long", "language": "en", "text": ("![" * MOST)[:MOST]}
    sent = [asyncio.create_task(cluster.cara.diaries.post("/v1/entries", json=body)) for _ in range(10)]
    waits = []
    while not all(task.done() for task in sent):
        begun = time.perf_counter()
        told(await cluster.cara.diaries.get(f"/v1/entries/{entry_id}"))
        waits.append(time.perf_counter() - begun)
    assert sorted(waits)[int(0.95 * len(waits))] < SECONDS
    for task in sent:
        told(await task, 201)
