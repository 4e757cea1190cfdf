"""People who write without a pause while processes die: in diaries, clusters and events at once."""

import asyncio
from collections import defaultdict, deque
from uuid import uuid4

import httpx

from tests.events.making import terms

WRITERS, ENOUGH = 4, 12
CROWD, PLACES, STAY = 300, 3, 3
KINDS = ("comment", "invitation", "staff", "registration", "withdrawal", "move")
NOT_NOW = 503
DONE_BEFORE = {"withdraw": 409}


class Scene:
    """A cluster with a school, an author with an entry, a reader, a meeting for the crowd, one that is moved."""

    def __init__(self, program):
        self.program = program
        self.people = {}

    async def set_up(self):
        ask = self.program.ask
        new = {"name": "Killed", "country": "CZ", "approach": "bottom_up", "zone": "Europe/Prague"}
        self.cluster = (await ask("clusters", "form_cluster", json=new))["id"]
        school = {"name": "School", "town": "Praha", "country": "CZ", "zone": "Europe/Prague"}
        self.school = (await ask("clusters", "register_school", json=school))["id"]
        member = {"school_id": self.school, "role": "mentor"}
        await ask("clusters", "begin_membership", cluster_id=self.cluster, json=member)
        self.crowd = deque([await self.invite(f"crowd{n}") for n in range(CROWD)])
        for name, role in (("author", "coordinator"), ("reader", "teacher")):
            self.people[name] = await self.invite(name, role)
        await self.until_heard()
        await self.publish()
        self.meeting, self.site = await self.announce(PLACES)
        self.moved, site = await self.announce(len(self.people))
        for person in self.people.values():
            await ask("events", "register", **self.at(self.moved, person), json={"place_id": site})

    async def invite(self, name, role="teacher"):
        ask = self.program.ask
        invited = await ask("clusters", "invite", school_id=self.school, json=staff(name, role))
        return (await ask("clusters", "accept_invitation", invitation_id=invited["id"]))["person_id"]

    async def until_heard(self):
        for _ in range(100):
            if await self.heard_by("diaries", "list_entries") and await self.heard_by("events", "list_events"):
                return
            await asyncio.sleep(0.1)
        raise AssertionError("diaries or events never heard of the reader")

    async def heard_by(self, service, operation):
        asked = {"person": self.people["reader"], "cluster_id": self.cluster}
        return (await self.program.call(service, operation, **asked)).status_code == 200

    async def publish(self):
        ask, author = self.program.ask, self.people["author"]
        new = {"cluster_id": self.cluster, "title": "Entry", "text": "Words.", "language": "en"}
        self.entry = (await ask("diaries", "start_entry", person=author, json=new))["id"]
        await ask("diaries", "publish_entry", person=author, entry_id=self.entry, json={"reach": "cluster"})

    async def announce(self, places):
        """An event on one site, and the id of the site."""
        ask, author = self.program.ask, self.people["author"]
        new = {"cluster_id": self.cluster, "title": "Meeting", "format": "meeting"} | terms(places, online=False)
        event = (await ask("events", "announce_event", person=author, json=new))["id"]
        return event, (await ask("events", "show_event", person=author, event_id=event))["places"][0]["id"]

    def at(self, event, person):
        """The author speaks for this person at the event."""
        return {"person": self.people["author"], "event_id": event, "person_id": person}


def staff(name, role="teacher"):
    return {"name": name, "mail": f"{name}@killed.test", "role": role, "language": "en"}


class Writers:
    """What they tried, by kind and name, and what was acknowledged of it."""

    def __init__(self, program, scene):
        self.program, self.scene = program, scene
        self.writing = True
        self.tried, self.acknowledged = defaultdict(set), defaultdict(dict)

    async def write_until(self, over):
        """All of them at once, as long as `over` takes, and until enough was acknowledged where that was not enough."""
        doing = [self.move(), *(each for n in range(WRITERS) for each in (self.talk(n), self.come_and_go()))]
        tasks = [asyncio.create_task(each) for each in doing]
        await over
        for _ in range(600):
            if self.enough() or any(task.done() for task in tasks):
                break
            await asyncio.sleep(0.1)
        self.writing = False
        await asyncio.gather(*tasks)

    def enough(self):
        return all(len(self.acknowledged[kind]) > ENOUGH for kind in KINDS)

    async def write(self, kind, name, service, operation, **more):
        """Ask until it is acknowledged, as the same attempt each time; None when the writing is over before that."""
        once = uuid4().hex
        self.tried[kind].add(name)
        while self.writing:
            try:
                answer = await self.program.call(service, operation, once=once, **more)
            except httpx.HTTPError:
                await asyncio.sleep(0.05)
                continue
            if answer.status_code < 300 or answer.status_code == DONE_BEFORE.get(operation):
                self.acknowledged[kind][name] = answer.json() if answer.content else {}
                return self.acknowledged[kind][name]
            assert answer.status_code == NOT_NOW, (answer.status_code, answer.text)
            await asyncio.sleep(0.05)
        return None

    async def talk(self, number):
        """Comment on the entry and invite people, in turns."""
        scene, n = self.scene, 0
        while self.writing:
            n += 1
            text = f"{number}-{n}"
            comment = {"entry_id": scene.entry, "json": {"kind": "question", "text": text}}
            await self.write("comment", text, "diaries", "post_comment", person=scene.people["reader"], **comment)
            person = {"school_id": scene.school, "json": staff(f"w{text}")}
            invited = await self.write("invitation", text, "clusters", "invite", **person)
            if invited:
                await self.write("staff", text, "clusters", "accept_invitation", invitation_id=invited["id"])

    async def come_and_go(self):
        """Register one after the other for the meeting; who is there the longest makes room for those who wait."""
        scene, coming = self.scene, deque()
        while self.writing and scene.crowd:
            coming.append(scene.crowd.popleft())
            at, place = scene.at(scene.meeting, coming[-1]), {"place_id": scene.site}
            await self.write("registration", coming[-1], "events", "register", **at, json=place)
            if len(coming) > STAY:
                at = scene.at(scene.meeting, coming[0])
                await self.write("withdrawal", coming.popleft(), "events", "withdraw", **at)

    async def move(self):
        """Move the other meeting online and back on site, with everybody in it."""
        wanted = {"person": self.scene.people["author"], "event_id": self.scene.moved}
        version = 0
        while self.writing:
            version += 1
            where = terms() if version % 2 else terms(len(self.scene.people), online=False)
            await self.write("move", version, "events", "change_event", **wanted, version=version, json=where)
            await asyncio.sleep(0.05)
