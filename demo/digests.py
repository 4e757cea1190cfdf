"""Who hears of everything once a day."""

from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from demo.asking import Voices
from demo.clusters import Formed

SOON = timedelta(hours=1)


async def hear_in_digests(voices: Voices, cluster: Formed) -> None:
    """What is new for them goes out at the next full hour, so that whoever tries the year out can see it."""
    planned = cluster.planned.data
    for school in planned.schools:
        for person in school.people:
            if person.digest and person.key in cluster.people:
                voice = voices.of(cluster.people[person.key])
                offered = (await voice.get("clusters", "/v1/me/preferences"))["kinds"]
                if any(kind["way"] == "digest" for kind in offered):
                    continue
                ways = {kind["kind"]: "digest" for kind in offered if "digest" in kind["ways"]}
                hour = (datetime.now(ZoneInfo(planned.zone)) + SOON).hour
                said = {"ways": ways, "every": "day", "hour": hour, "without_content": False}
                await voice.put("clusters", "/v1/me/preferences", said)
