"""What a cluster decides together: proposed, talked about, decided, and asked again."""

import asyncio
from collections.abc import Sequence
from datetime import date, datetime, time
from functools import partial
from typing import Annotated, Any
from uuid import UUID
from zoneinfo import ZoneInfo

from fastapi import Depends, Query, Response
from starlette.datastructures import FormData

from kit.paths import Router
from web.clients.clusters.clusters import Cluster, Clusters
from web.clients.clusters.proposals import DecisionRule, Proposal, ProposalPage, Proposals, Round, VoicePage
from web.clients.clusters.schools import Schools, SchoolsPage
from web.draft import Draft, field_of, text_of, texts_of, typed
from web.draft import number as as_number
from web.refilling import refilling
from web.render import done, render
from web.shown import Shown
from web.visit import SignedIn, Visit

routes = Router()
Form = Annotated[FormData, Depends(typed)]
Number = Annotated[int | None, Query(ge=1, le=10)]
RULE = ("process", "counted", "days")
SAID = ("matter", "title", "text", "options", "until", "again", "language", "school_id", "role", "q", *RULE)
FIRST, EVENING = ("questions", "mood"), time(18)
DAYS_SHOWN, FOUND_AT_ONCE, MOST_LINES = 4, 10, 10
# What the service calls otherwise than the form does.
FIELDS = {
    "ends_at": "until",
    "asks_again_on": "again",
    "school": "school_id",
    "school-school_id": "school_id",
    "decision_rule-days": "days",
    "days": "on",
    **{f"days-{place}": "on" for place in range(MOST_LINES)},
    **{f"options-{place}": "options" for place in range(MOST_LINES)},
}


class ListProposals(Shown, template="proposals/index.html"):
    """`asked` are those that are asked about now, `page` the others."""

    cluster: Cluster
    rule: DecisionRule
    asked: ProposalPage
    page: ProposalPage


class NewProposal(Shown, template="proposals/new.html"):
    """`found`: schools that can be proposed; None until some are looked for."""

    cluster: Cluster
    rule: DecisionRule
    found: SchoolsPage | None
    first: Sequence[str]
    days_shown: int
    draft: Draft


class ListWaiting(Shown, template="proposals/waiting.html"):
    page: ProposalPage


class ShowProposal(Shown, template="proposals/show.html"):
    """`voices` of the round that is shown, for who may read them; `answering`: the voice whose answer was refused."""

    proposal: Proposal
    voices: VoicePage | None
    draft: Draft
    answering: UUID | None
    round: Round


@routes.get("/clusters/{cluster_id}/proposals")
async def index(visit: SignedIn, cluster_id: UUID, after: str | None = None, asked: str | None = None) -> Response:
    proposals = visit.ask(Proposals)
    cluster, rule, open_ones, page = await asyncio.gather(
        visit.ask(Clusters).show(cluster_id),
        proposals.rule(cluster_id),
        proposals.of_cluster(cluster_id, asked, asked=True),
        proposals.of_cluster(cluster_id, after, asked=False),
    )
    return render(visit, ListProposals(cluster=cluster, rule=rule, asked=open_ones, page=page))


@routes.get("/clusters/{cluster_id}/proposals/new")
async def new(
    visit: SignedIn, cluster_id: UUID, matter: str = "agreement", q: str = "", again: UUID | None = None
) -> Response:
    values: dict[str, Any] = {"matter": matter, "q": q, "language": visit.language, "role": "mentee", "first": []}
    if again:
        values |= begun_from(await visit.ask(Proposals).show(again))
    return await new_page(visit, cluster_id, Draft(values))


async def new_page(visit: Visit, cluster_id: UUID, draft: Draft, status: int = 200) -> Response:
    cluster, rule = await asyncio.gather(visit.ask(Clusters).show(cluster_id), visit.ask(Proposals).rule(cluster_id))
    found = None
    if draft["matter"] == "school" and draft["q"]:
        found = await visit.ask(Schools).index(q=draft["q"], country=cluster.country, limit=FOUND_AT_ONCE)
    if "days" not in draft.values:
        draft = draft.but(days=str(rule.days), process=rule.process, counted=rule.counted, each=rule.needs_each_school)
    days_shown = max(DAYS_SHOWN, len(draft["on"]))
    shown = NewProposal(
        cluster=cluster, rule=rule, found=found, first=FIRST, days_shown=days_shown, draft=draft
    )  # fmt: skip
    return render(visit, shown, status)


@routes.post("/clusters/{cluster_id}/proposals")
async def propose(visit: SignedIn, cluster_id: UUID, form: Form) -> Response:
    values: dict[str, Any] = text_of(form, *SAID)
    values |= {"first": texts_of(form, "first"), "on": texts_of(form, "on"), "each": "each" in form}
    cluster = await visit.ask(Clusters).show(cluster_id)
    mend = partial(Draft(values).refused, fields=FIELDS)
    with refilling(partial(new_page, visit, cluster_id), mend):
        once = str(form.get("once", ""))
        proposal_id = await visit.ask(Proposals).propose(cluster_id, once, said_in(values, cluster))
    visit.forget_me()
    return done(visit.request, "proposal_made", f"/proposals/{proposal_id}")


@routes.get("/proposals")
async def waiting(visit: SignedIn, after: str | None = None) -> Response:
    return render(visit, ListWaiting(page=await visit.ask(Proposals).waiting(after)))


@routes.get("/proposals/{proposal_id}")
async def show(visit: SignedIn, proposal_id: UUID, number: Number = None, after: str | None = None) -> Response:
    return await proposal_page(visit, proposal_id, Draft(), number=number, after=after)


async def proposal_page(
    visit: Visit,
    proposal_id: UUID,
    draft: Draft,
    status: int = 200,
    *,
    number: int | None = None,
    after: str | None = None,
    answering: UUID | None = None,
) -> Response:
    proposal = await visit.ask(Proposals).show(proposal_id)
    shown_round = next((each for each in proposal.rounds if each.number == number), proposal.counted_round)
    voices = None
    if "read_voices" in proposal.can:
        voices = await visit.ask(Proposals).voices(proposal_id, shown_round.number, after)
    if "says" not in draft.values:
        known = {field_of("dots", place): dots for place, dots in enumerate(proposal.my_dots)}
        draft = draft.but(says=proposal.mine or "", reason=proposal.my_reason, **known)
    await visit.sees(f"/proposals/{proposal_id}")
    shown = ShowProposal(
        proposal=proposal, voices=voices, round=shown_round, draft=draft, answering=answering
    )  # fmt: skip
    return render(visit, shown, status)


@routes.post("/proposals/{proposal_id}/voice")
async def speak(visit: SignedIn, proposal_id: UUID, form: Form) -> Response:
    dots = {name: str(value) for name, value in form.items() if name.startswith("dots-")}
    values = text_of(form, "says", "reason", "round") | dots
    with refilling(partial(proposal_page, visit, proposal_id), Draft(values).refused):
        said: dict[str, Any] = {"says": values["says"] or None, "reason": values["reason"]}
        said |= {"round": as_number(values["round"], 0), "dots": [as_number(each, 0) for each in dots.values()]}
        await visit.ask(Proposals).speak(proposal_id, said)
    visit.forget_me()
    return done(visit.request, "voice_given", f"/proposals/{proposal_id}")


@routes.post("/proposals/{proposal_id}/voices/{voice_id}/answers")
async def answer(visit: SignedIn, proposal_id: UUID, voice_id: UUID, form: Form) -> Response:
    draft = Draft(text_of(form, "answer"))
    mend = partial(draft.refused, fields={"text": "answer", "voice_id": "answer"})
    with refilling(partial(proposal_page, visit, proposal_id, answering=voice_id), mend):
        await visit.ask(Proposals).answer(proposal_id, voice_id, str(form.get("once", "")), draft["answer"])
    return done(visit.request, "voice_answered", f"/proposals/{proposal_id}#raised")


@routes.post("/proposals/{proposal_id}/end")
async def take_back(visit: SignedIn, proposal_id: UUID) -> Response:
    with refilling(partial(proposal_page, visit, proposal_id), Draft().refused):
        await visit.ask(Proposals).take_back(proposal_id)
    visit.forget_me()
    return done(visit.request, "proposal_taken_back", f"/proposals/{proposal_id}")


def begun_from(known: Proposal) -> dict[str, Any]:
    """What was proposed, to be said anew; a day and a rule are chosen anew."""
    again: dict[str, Any] = {name: getattr(known, name) for name in ("matter", "title", "text", "language")}
    if known.matter == "agreement":
        again["options"] = "\n".join(known.options)
    elif known.matter == "date":
        again["on"] = known.options
    elif known.school:
        again |= {"q": known.school_name, "school_id": str(known.school.school_id), "role": known.school.role}
    return again


def said_in(values: dict[str, Any], cluster: Cluster) -> dict[str, Any]:
    """As the service takes it: days end in the evening of the cluster."""
    said = {name: values[name] for name in ("matter", "title", "text", "first", "language")}
    said |= {"ends_at": evening(values["until"], cluster.zone), "asks_again_on": values["again"] or None}
    if values["matter"] == "agreement":
        said["options"] = [line.strip() for line in values["options"].splitlines() if line.strip()]
    elif values["matter"] == "date":
        said["days"] = [day for day in values["on"] if day]
    elif values["matter"] == "school" and values["school_id"]:
        said["school"] = {"school_id": values["school_id"], "role": values["role"] or "mentee"}
    elif values["matter"] == "decision_rule":
        said["decision_rule"] = rule_in(values)
    return said


def rule_in(values: dict[str, Any]) -> dict[str, Any]:
    days = as_number(values["days"], values["days"])
    return {
        "process": values["process"],
        "counted": values["counted"],
        "days": days,
        "needs_each_school": values["each"],
    }


def evening(day: str, zone: str) -> str | None:
    """What is no day stays as it was typed, for the service to refuse."""
    try:
        return datetime.combine(date.fromisoformat(day), EVENING, ZoneInfo(zone)).isoformat() if day else None
    except ValueError:
        return day
