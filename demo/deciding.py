"""What was proposed to a cluster, and what its people said to it."""

from datetime import date, datetime, time, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from demo.asking import Voices
from demo.clusters import Formed
from demo.offices import Proposal, Voice
from kit.client import Refused

EVENING, CONFLICT = time(18), 409


async def decide(voices: Voices, cluster: Formed) -> None:
    """Every proposal at its moment, with the voices that were given by now; one that was counted stays as it is."""
    planned = cluster.planned
    for number, proposal in enumerate(planned.data.proposals):
        if not planned.happens(act := f"proposal/{number}"):
            continue
        path, key, at = f"/v1/clusters/{cluster.id}/proposals", planned.key(act), planned.at(act)
        said = await _said(voices, cluster, proposal, act, planned.decided_on[number])
        author = voices.of(cluster.people[proposal.by])
        made = await author.post("clusters", path, said, key=key, at=at)
        path = f"/v1/proposals/{made['id']}"
        if (await author.get("clusters", path))["rounds"][0]["outcome"]:
            continue
        for place, voice in enumerate(proposal.voices):
            if planned.happens(given := f"{act}/voice/{place}"):
                try:
                    await _speak(voices, cluster, path, voice, given)
                except Refused as refused:
                    # It was counted meanwhile, by a load that was interrupted or on a slow machine.
                    if refused.status != CONFLICT:
                        raise
                    break


async def _speak(voices: Voices, cluster: Formed, path: str, voice: Voice, act: str) -> None:
    """As they said at first, with what was answered; and what they say since."""
    at, person = cluster.planned.at(act), voices.of(cluster.people[voice.by])
    said = voice.model_dump(include={"says", "reason", "language", "dots"}) | {"round": 1}
    await person.put("clusters", f"{path}/voice", said, at=at)
    raised = (await person.get("clusters", path))["raised"] if voice.answers else []
    mine = [one["id"] for one in raised if one["person_id"] == cluster.people[voice.by]]
    for place, answer in enumerate(voice.answers):
        at += timedelta(hours=1)
        answered = {"text": answer.text, "language": answer.language}
        author, key = voices.of(cluster.people[answer.by]), cluster.planned.key(f"{act}/answer/{place}")
        await author.post("clusters", f"{path}/voices/{mine[0]}/answers", answered, key=key, at=at)
    if voice.taken_back:
        yes = {"round": 1, "says": "yes", "language": voice.language}
        await person.put("clusters", f"{path}/voice", yes, at=at + timedelta(hours=2))


async def _said(
    voices: Voices, cluster: Formed, proposal: Proposal, act: str, last: date
) -> dict[str, Any]:  # fmt: skip
    planned = cluster.planned
    at = planned.at(act)
    said: dict[str, Any] = proposal.model_dump(include={"title", "text", "language", "options"})
    ends_at = datetime.combine(last, EVENING, ZoneInfo(planned.data.zone))
    said |= {"matter": "agreement", "ends_at": ends_at.isoformat()}
    if proposal.again_after:
        said["asks_again_on"] = (last + timedelta(days=proposal.again_after)).isoformat()
    if proposal.school:
        described = proposal.school.model_dump() | planned.data.model_dump(include={"country", "zone"})
        key = planned.key(f"{act}/school")
        registered = await voices.own.post("clusters", "/v1/schools", described, key=key, at=at)
        said |= {"matter": "school", "school": {"school_id": registered["id"]}}
    return said
