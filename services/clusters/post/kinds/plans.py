"""What is told of the plan of a cluster's year."""

from typing import Annotated

from services.clusters.post.kinds.kind import Kind, Name, Said, Text


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
