"""Pages that say what the code says: python -m docs.printed writes them, --check compares."""

import sys
from collections.abc import Callable, Iterable
from datetime import timedelta
from importlib import import_module
from pathlib import Path
from typing import Any

from fastapi import FastAPI

from deploy.catalogues import completeness
from kit.jobs import Jobs
from kit.languages import FALLBACK, LANGUAGES
from kit.policy import Rules, guards, in_words
from kit.refusals import refusals
from kit.telling import Facts, shape_of
from kit.worker import ANSWERS
from services.clusters.clusters.support.levels import SUPPORT
from services.clusters.post.kinds.kinds import KINDS
from services.roster.acts.schemas import Acts
from services.roster.approaches.marks import by_approach
from services.roster.standing import BOTTOM_UP, TOP_DOWN

HERE = Path(__file__).parent
SERVICES = ("clusters", "events", "diaries")
NOWHERE = "postgresql://nobody@127.0.0.1:1/nothing"


def app_of(service: str) -> FastAPI:
    """The service's app, for looking at: it never connects."""
    settings = import_module(f"services.{service}.settings").Settings(database_url=NOWHERE, media_url="file:///nowhere")
    app: FastAPI = import_module(f"services.{service}.app").create_app(settings)
    return app


def policy() -> str:
    lines = [
        "# Who may do what",
        "",
        "Printed from each service's `policy`. Any rule of a row lets in; what is out of sight is not found. What is",
        "not in the states of `while` is refused with a conflict, and can still be looked at.",
    ]
    for service in SERVICES:
        rules: Rules = import_module(f"services.{service}.policy").RULES
        lines += ["", f"## {service}", "", "| action | who | while |", "|---|---|---|"]
        lines += [
            f"| `{action}` | {_named(rule.__name__ for rule in row.who)} | {_named(c.name for c in row.while_)} |"
            for action, row in rules.items()
        ]
        if led := by_approach(rules):
            lines += ["", "Where the approach of a cluster matters:", ""]
            lines += ["| | led by its ministry (top-down) | led by its schools (bottom-up) |", "|---|---|---|"]
            lines += [
                f"| **{action}** | {_named(who[TOP_DOWN])} | {_named(who[BOTTOM_UP])} |" for action, who in led.items()
            ]
        lines += ["", "| request | what guards it |", "|---|---|"]
        lines += [
            f"| `{method} {path}` | {', '.join(_guard(action) for action in actions)} |"
            for (method, path), actions in sorted(guards(app_of(service)).items(), key=lambda row: row[0][::-1])
        ]
    return "\n".join(lines) + "\n"


def problems() -> str:
    for service in SERVICES:
        app_of(service)
    lines = [
        "# Problems",
        "",
        "Every refusal is `application/problem+json` (RFC 9457) with one of these types, which at its service is the",
        "address of a page about it. Only `POST /v1/tokens` says its refusals as OAuth does (RFC 6749).",
        "",
        "| type | status | title |",
        "|---|---|---|",
    ]
    return "\n".join(lines + [f"| `{kind.type()}` | {kind.status} | {kind.title} |" for kind in refusals()]) + "\n"


def facts() -> str:
    lines = [
        "# Facts",
        "",
        "What each service tells its followers and endpoints. Every fact also says `at`, `cluster_id` and `actor_id`,",
        "and `recorded_at` if a program of the house said afterwards when it happened.",
    ]
    for service in SERVICES:
        told: Facts = import_module(f"services.{service}.facts").FACTS
        lines += ["", f"## {service}", "", "| fact | data |", "|---|---|"]
        lines += [
            f"| `{kind}` | {', '.join(f'`{name}` {shape}' for name, shape in shape_of(fact).items())} |"
            for kind, fact in told.items()
        ]
    return "\n".join(lines) + "\n"


def acts() -> str:
    lines = [
        "# What was done here",
        "",
        "Which facts are acts, as who looks after a cluster, a school, a country or the programme reads them (in the",
        "browser, and by `GET .../acts` of each service), and which are not, with the reason. They reach back to the",
        "first fact: facts are not forgotten. Names are those of today; who left for good has none. What somebody does",
        "by an office says so. A school reads what its people did in its clusters since they work there (where events",
        "and diaries heard since when: from 0.2.0 on), a cluster what was done about a school since it belongs to it.",
    ]
    for service in SERVICES:
        known: Acts = import_module(f"services.{service}.acts").ACTS
        lines += ["", f"## {service}", "", "| fact | about |", "|---|---|"]
        lines += [f"| `{kind}` | {about} |" for kind, about in known.shown.items()]
        lines += ["", "| fact that is no act | because |", "|---|---|"]
        lines += [f"| `{kind}` | {why} |" for kind, why in known.passed_over.items()]
    return "\n".join(lines) + "\n"


def notices() -> str:
    lines = [
        "# What people are told",
        "",
        "Kinds of notices and letters, with what each says. What is in the app comes by mail too, as its reader chose,",
        "unless it joins news that is not yet seen. `POST /v1/notices` takes those that a service tells.",
        "",
        "| kind | of | in the app | what it says |",
        "|---|---|---|---|",
    ]
    for kind in KINDS.values():
        said = ", ".join(f"`{field.alias or name}`" for name, field in kind.model_fields.items())
        lines.append(f"| `{kind.name}` | {kind.family} | {'yes' if kind.in_app else 'by mail alone'} | {said} |")
    return "\n".join(lines) + "\n"


def languages() -> str:
    lines = [
        "# Languages",
        "",
        "One table (`kit/languages.py`) says which there are. A language is spoken when all of its words are there:",
        "`make check` holds those to it. In every other one people may write. What it says for each word of the house,",
        "and how it speaks to people, is in its glossary, beside its catalogue.",
        "",
        "| tag | name | runs | spoken | words | glossary |",
        "|---|---|---|---|---|---|",
    ]
    complete = completeness()
    for tag, language in LANGUAGES.items():
        translated, asked = (sum(counts) for counts in zip(*complete.get(tag, {"": (0, 0)}).values(), strict=True))
        words = "the texts are written in it" if tag == FALLBACK else f"{translated} of {asked}" if asked else ""
        runs, spoken = "right to left" if language.right_to_left else "left to right", "yes" if language.spoken else ""
        glossary = f"[glossary](../web/locale/{tag}/glossary.md)" if asked else ""
        lines.append(f"| `{tag}` | {language.name} | {runs} | {spoken} | {words} | {glossary} |")
    return "\n".join(lines) + "\n"


def retention() -> str:
    lines = [
        "# What is kept how long",
        "",
        "Printed from the chores of the workers, which forget it within the hour after. What is not here stays until",
        "somebody deletes or ends it, or leaves for good: people, schools, clusters, events, entries, comments, and",
        "the facts about them, from which the audit is read ([acts](acts.md)).",
        "",
        "| service | what | how long | since |",
        "|---|---|---|---|",
        f"| each | {ANSWERS.what} | {_length(ANSWERS.lasts)} | {ANSWERS.since} |",
    ]
    for service in SERVICES:
        jobs: Jobs = import_module(f"services.{service}.worker").jobs
        lines += [f"| {service} | {kept.what} | {_length(kept.lasts)} | {kept.since} |" for kept in jobs.kept]
    return "\n".join(lines) + "\n"


def support() -> str:
    levels: dict[str, Any] = {level.value: vars(behaviour) for level, behaviour in SUPPORT.items()}
    lines = [
        "# What differs between the levels of support",
        "",
        "Printed from `services/clusters/clusters/support/levels.py`, as the page of a country's support prints it in",
        "words; nothing else differs. `quiet_weeks`: weeks of school after which a cluster is quiet.",
        "",
        f"| | {' | '.join(levels)} |",
        f"|---|{'---|' * len(levels)}",
    ]
    for name in next(iter(levels.values())):
        said = [level[name] for level in levels.values()]
        lines.append(f"| `{name}` | {' | '.join(_said(each) for each in said)} |")
    return "\n".join(lines) + "\n"


def _said(value: bool | int | str | None) -> str:
    if value is None or isinstance(value, bool):
        return {True: "yes", False: "no", None: "never"}[value]
    return str(value)


def _length(lasts: timedelta) -> str:
    hours = lasts // timedelta(hours=1)
    number, unit = (lasts.days, "day") if lasts.days else (hours, "hour")
    return f"{number} {unit}{'' if number == 1 else 's'}"


PAGES: dict[str, Callable[[], str]] = {
    "acts.md": acts,
    "languages.md": languages,
    "notices.md": notices,
    "policy.md": policy,
    "problems.md": problems,
    "facts.md": facts,
    "retention.md": retention,
    "support.md": support,
}


def _named(names: Iterable[str]) -> str:
    return ", ".join(in_words(name) for name in names)


def _guard(action: str) -> str:
    return action if action.startswith("anyone") else f"`{action}`"


def main(arguments: list[Any]) -> int:
    old = []
    for name, printed in PAGES.items():
        page, text = HERE / name, printed()
        if arguments == ["--check"]:
            if not page.exists() or page.read_text() != text:
                old.append(name)
        else:
            page.write_text(text)
    for name in old:
        print(f"docs/{name} is not what the code says: run `make docs`")
    return 1 if old else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
