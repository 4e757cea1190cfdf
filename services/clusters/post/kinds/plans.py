"""What is told of the plan of a cluster's year, and of what its national coordinator asks it to do."""

from datetime import date
from typing import Annotated

from services.clusters.post.kinds.kind import Kind, Name, Said, Text, Title


class AboutPlan(Kind):
    """Who handed it in, or answered it, with which words; `year` as 2026/27."""

    cluster: Text
    year: str
    by: Name
    text: Annotated[str, Said("text_language")] = ""
    text_language: str | None = None


class PlanHandedIn(AboutPlan, kind="plan_handed_in", family="plans", for_leaders=True):
    pass


class PlanApproved(AboutPlan, kind="plan_approved", family="plans", for_leaders=True):
    pass


class PlanChangeAsked(AboutPlan, kind="plan_change_asked", family="plans", for_leaders=True):
    pass


class AboutTodo(Kind):
    """Who asks a cluster to do what by which day; `is_suggestion` where its schools decide."""

    title: Title
    language: str | None = None
    cluster: Text
    by: Name
    due: date
    is_suggestion: bool = False
    text: Annotated[str, Said("text_language")] = ""
    text_language: str | None = None


class TodoSet(AboutTodo, kind="todo_set", family="plans", for_leaders=True):
    pass


class TodoChanged(AboutTodo, kind="todo_changed", family="plans", for_leaders=True):
    pass


class TodoReminded(AboutTodo, kind="todo_reminded", family="plans", for_leaders=True):
    pass
