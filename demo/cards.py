"""What people of the demonstration year say of themselves, and the logo of their programme."""

import asyncio

from demo.asking import Voices
from demo.clusters import Formed
from demo.drawing import face, sign
from demo.planning import Plan
from demo.shapes import Card

BESIDES = {"person", "title_before", "title_after", "face"}


async def introduce(voices: Voices, cluster: Formed) -> None:
    """Everybody who says something; what was said already stays."""
    cards = enumerate(cluster.planned.data.cards)
    await asyncio.gather(*(_introduce(voices, cluster, said, number) for number, said in cards))


async def _introduce(voices: Voices, cluster: Formed, said: Card, number: int) -> None:
    person = voices.of(cluster.people[said.person])
    if said.face and (await person.get("clusters", "/v1/me/card"))["portrait_id"]:
        return
    me = await person.get("clusters", "/v1/me")
    named = {name: me[name] for name in ("name", "language", "zone")}
    titles = said.model_dump(include={"title_before", "title_after"})
    at = cluster.planned.at(f"acceptance/{said.person}")
    await person.put("clusters", "/v1/me", named | titles, at=at)
    await person.put("clusters", "/v1/me/card", said.model_dump(exclude=BESIDES), at=at)
    if said.face:
        await person.put_file("clusters", "/v1/me/portrait", face(said.face, number), at=at)


async def show_logo(voices: Voices, plan: Plan) -> None:
    """The programme has a logo; one that is there stays."""
    if (await voices.own.get("clusters", "/v1/programme"))["logo"] is None:
        await voices.own.put_file("clusters", "/v1/programme/logo", sign(), at=plan.moments["programme/name"])
