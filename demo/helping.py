"""What clusters ask their national coordinator, and what becomes of it."""

from demo.asking import Voices
from demo.clusters import Formed


async def ask_for_help(voices: Voices, cluster: Formed) -> None:
    """Every request at its moment, or now, with what was answered."""
    planned = cluster.planned
    for number, asked in enumerate(planned.data.help):
        act = f"help/{number}"
        said = asked.model_dump(include={"about", "text", "language", "readers"})
        path, at = f"/v1/clusters/{cluster.id}/help-requests", planned.moments.get(planned.key(act))
        request = await voices.of(cluster.people[asked.by]).post("clusters", path, said, key=planned.key(act), at=at)
        for place, answer in enumerate(asked.answers):
            if not planned.happens(answered := f"{act}/answer/{place}"):
                break
            said = answer.model_dump(include={"text", "language", "settled"})
            path = f"/v1/help-requests/{request['id']}/answers"
            author, at = voices.of(cluster.people[answer.by]), planned.at(answered)
            await author.post("clusters", path, said, key=planned.key(answered), at=at)
