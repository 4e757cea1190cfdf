"""Words for codes, by area: what the services answer in codes, the pages say in the reader's language."""

from typing import Any

from web.languages import gettext
from web.words import acts, clusters, deciding, diaries, doors, events, helping, lists, overviews, plans, post, shared

FIELDS = (
    shared.FIELDS
    | acts.FIELDS
    | doors.FIELDS
    | clusters.FIELDS
    | plans.FIELDS
    | deciding.FIELDS
    | overviews.FIELDS
    | lists.FIELDS
    | events.FIELDS
    | diaries.FIELDS
    | post.FIELDS
)
PROBLEMS = (
    shared.PROBLEMS
    | doors.PROBLEMS
    | clusters.PROBLEMS
    | helping.PROBLEMS
    | plans.PROBLEMS
    | deciding.PROBLEMS
    | events.PROBLEMS
    | diaries.PROBLEMS
    | post.PROBLEMS
)
DONE = (
    shared.DONE
    | doors.DONE
    | clusters.DONE
    | helping.DONE
    | plans.DONE
    | deciding.DONE
    | overviews.DONE
    | lists.DONE
    | events.DONE
    | diaries.DONE
    | post.DONE
)
WHO = shared.WHO | clusters.WHO | helping.WHO | plans.WHO | deciding.WHO | events.WHO | diaries.WHO
FORMATS, LICENCES = events.FORMATS, clusters.LICENCES
CIRCLES, SCHOOL_KINDS, TOOL_KINDS = clusters.CIRCLES, clusters.SCHOOL_KINDS, clusters.TOOL_KINDS
LIST_COLUMNS, PLAN_SECTIONS = lists.COLUMNS, plans.SECTIONS
BEHAVIOURS = overviews.BEHAVIOURS
TABLES: dict[str, dict[str, str]] = {
    **shared.TABLES, **acts.TABLES,
    **doors.TABLES, **clusters.TABLES, **helping.TABLES, **plans.TABLES, **deciding.TABLES,
    **overviews.TABLES,    **lists.TABLES, **events.TABLES, **diaries.TABLES,
    **post.TABLES, "who": WHO, "decides": WHO | clusters.DECIDES,
    "deciding": clusters.DECIDING | plans.DECIDING | deciding.DECIDING,
}  # fmt: skip


def word(table: str, code: str) -> str:
    """The word for a code of one of the tables; the code itself, if we have none."""
    message = TABLES[table].get(code)
    return gettext(message) if message else code


def field_words(error: dict[str, Any]) -> str:
    """What is wrong with a field."""
    code = error["code"]
    params: dict[str, Any] = error.get("params", {})
    if code == "string_too_short" and params.get("min_length", 1) > 1:
        code = "string_shorter"
    message = FIELDS.get(code, FIELDS["string_pattern_mismatch"])
    return gettext(message) % params


def done_words(code: str) -> str:
    """What was done, by its code."""
    return gettext(DONE[code])


def problem_words(kind: str) -> str:
    """What a refusal says, by its type (/problems/event-over)."""
    return gettext(PROBLEMS.get(kind.rpartition("/")[2], PROBLEMS["unreadable"]))
