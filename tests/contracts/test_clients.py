"""Every method of web's clients, against the real services."""

import importlib
import inspect
import pkgutil
from pathlib import Path
from uuid import UUID, uuid4

import icalendar
import pytest

import web.clients
from kit.jobs import Jobs, drain, enqueue
from kit.pages import cursor
from tests.contracts.conftest import refused
from tests.events.making import announce, ask, room, site, terms
from tests.people import an_official
from tests.pictures import a_picture
from tests.web.making import an_entry
from web.clients.base import ServiceClient
from web.clients.diaries.comments import Comments
from web.clients.diaries.entries import Entries
from web.clients.diaries.pictures import Pictures
from web.clients.events.changes import Changes
from web.clients.events.events import Events
from web.clients.events.registration import Registration
from web.clients.operations import Operations, PostOffice

CONTRACTS = "".join(path.read_text() for path in Path(__file__).parent.glob("test_*.py"))


def methods():
    """(class, method) of every client of web."""
    for found in pkgutil.walk_packages(web.clients.__path__, "web.clients."):
        module = importlib.import_module(found.name)
        for _, kind in inspect.getmembers(module, inspect.isclass):
            if issubclass(kind, ServiceClient) and kind is not ServiceClient and kind.__module__ == found.name:
                for name, member in vars(kind).items():
                    if inspect.iscoroutinefunction(member) and not name.startswith("_"):
                        yield kind.__name__, name


@pytest.mark.parametrize(("kind", "method"), list(methods()))
def test_every_method_has_a_contract(kind, method):
    """A contract is a test of this directory that names its client `kind.lower()` and calls the method."""
    assert f"{kind.lower()}.{method}(" in CONTRACTS, f"try {kind.lower()}.{method}(...) in tests/contracts"


async def test_entries(house, cluster, asked_as):
    entries = asked_as(cluster.anna, Entries)
    words = {"title": "A start", "text": "", "language": "cs"}
    entry_id = await entries.start(uuid4().hex, {"cluster_id": cluster.id, "event_id": None, **words})
    assert entry_id in {draft.id for draft in (await entries.today()).drafts}
    assert await entries.change(entry_id, 1, **words | {"text": "**Now** there is something."}) == 2
    await entries.publish(entry_id, "everyone")
    assert entry_id in {item.id for item in (await entries.index(cluster_id=UUID(cluster.id))).items}
    mine, entries = entries, asked_as(house.guest, Entries)
    assert entry_id in {item.id for item in (await entries.public()).items}
    shown = await entries.show(entry_id)
    assert (shown.html.strip(), shown.reach, shown.version, shown.can) == (
        "<p><strong>Now</strong> there is something.</p>", "everyone", 2, ["read"],
    )  # fmt: skip
    assert await refused(entries.retract(entry_id)) == 401
    await mine.retract(entry_id)
    assert await refused(entries.show(entry_id)) == 404
    entries = mine
    await entries.remove(entry_id, 2)
    assert await refused(entries.show(entry_id)) == 404


async def test_an_entry_knows_the_event_that_it_starts_from(cluster, asked_as):
    event = await announce(cluster.anna, cluster, 5, days=-1)
    registration = asked_as(cluster.anna, Registration)
    await registration.mark_attendance(event["id"], 0, [str(cluster.ben.id), str(cluster.anna.id)])
    attendance = await registration.attendance(event["id"])
    assert {person.person_id for person in attendance.came} == {cluster.ben.id, cluster.anna.id}
    assert ([person.name for person in attendance.came], attendance.version) == (["Anna Nováková", "Ben Hill"], 2)
    entry = {"cluster_id": cluster.id, "event_id": event["id"], "title": "After", "text": "", "language": "en"}
    entries = asked_as(cluster.anna, Entries)
    shown = await entries.show(await entries.start(uuid4().hex, entry))
    assert shown.origin
    assert (str(shown.origin.id), shown.origin.title) == (event["id"], event["title"])
    assert [school.came for school in shown.origin.came] == [1, 1]


async def test_comments(cluster, asked_as):
    entry = UUID(await an_entry(cluster.anna, cluster, "cluster"))
    comments, entries = asked_as(cluster.ben, Comments), asked_as(cluster.ben, Entries)
    await comments.comment(entry, uuid4().hex, kind="question", text="How long?")
    question = (await entries.show(entry)).first_comments.threads[0]
    assert set(question.can) == {"reply", "resolve", "change", "remove"}
    await comments.reply(entry, question.id, uuid4().hex, text="A week")
    await comments.resolve(entry, question.id)
    shown = await entries.show(entry)
    (answer,) = shown.first_comments.replies_to(shown.first_comments.threads[0])
    assert (answer.text, answer.version, answer.edited_at) == ("A week", 1, None)
    assert shown.first_comments.threads[0].resolved_at
    await comments.change(entry, answer.id, 1, text="Two weeks")
    await comments.remove(entry, question.id, 1)
    shown = await entries.show(entry)
    assert [(comment.text, bool(comment.removed_at)) for comment in shown.comments] == [
        ("", True),
        ("Two weeks", False),
    ]
    assert shown.answers == 1
    first = shown.first_comments.items[0]
    rest = await comments.page(entry, cursor(first.id, first.id))
    assert ([comment.text for comment in rest.carried_on], rest.next) == (["Two weeks"], None)


async def test_events(cluster, asked_as):
    events = asked_as(cluster.anna, Events)
    new = {"cluster_id": cluster.id, "title": "Together", "format": "workshop", "description": ""} | terms(1)
    event_id = await events.announce(uuid4().hex, new)
    shown = await events.show(event_id)
    assert (shown.title, shown.mode, shown.room.link, shown.sites[0].left, shown.registered) == (
        "Together", "hybrid", "https://meet.test/room", 1, 0,
    )  # fmt: skip
    assert {"change", "register"} <= set(shown.can)
    await events.describe(event_id, shown.version, {"title": "Alone", "description": "", "format": "meeting"})
    assert event_id in {event.id for event in (await events.index("upcoming", cluster_id=UUID(cluster.id))).items}
    assert event_id in {event.id for event in (await events.today()).upcoming}
    assert icalendar.Calendar.from_ical(await events.calendar(event_id)).walk("VEVENT")[0]["SUMMARY"] == "Alone"
    await events.cancel(event_id, "Snow", uuid4().hex)
    assert (await events.show(event_id)).cancelled_because == "Snow"


async def test_formats(cluster, asked_as):
    events = asked_as(cluster.anna, Events)
    assert {known.format: known.minutes for known in await events.formats()}["workshop"] == 180


async def test_registration(cluster, asked_as):
    event = await announce(cluster.anna, cluster, 1)
    await ask(cluster.cara, event, site(event))
    registration, events = asked_as(cluster.ben, Registration), asked_as(cluster.ben, Events)
    await registration.register(event["id"], cluster.ben.id, site(event), True)
    shown = await events.show(event["id"])
    assert (str(shown.mine.waits_for), shown.mine.position, shown.my_place.online) == (site(event), 1, True)
    names = {person.name: person.placed for person in (await registration.registered(event["id"])).items}
    assert names == {"Ben Hill": UUID(room(event)), "Cara Sykes": UUID(site(event))}
    assert [person.name for person in await registration.everybody(event["id"])] == list(names)
    await registration.leave_line(event["id"], cluster.ben.id)
    assert (await events.show(event["id"])).mine.waits_for is None
    await registration.withdraw(event["id"], cluster.ben.id)
    assert (await events.show(event["id"])).mine is None


async def test_changes(cluster, asked_as):
    event = await announce(cluster.anna, cluster, 1)
    await ask(cluster.cara, event, site(event))
    changes, events = asked_as(cluster.anna, Changes), asked_as(cluster.anna, Events)
    online = {
        "zone": event["zone"],
        "starts_at": event["starts_at"],
        "ends_at": event["ends_at"],
        "sites": [],
        "online_room": {"link": "https://meet.test/room"},
        "reason": "Snow",
    }
    preview = await changes.preview(event["id"], online)
    assert ("moved_online" in preview.what, preview.people("moves_online")) == (True, ["Cara Sykes"])
    await changes.apply(event["id"], preview.version, online, uuid4().hex)
    changed = (await events.show(event["id"])).last_change
    assert ("moved_online" in changed.what, changed.reason) == (True, "Snow")


@pytest.mark.parametrize("service", ["clusters", "events", "diaries"])
async def test_operations(house, asked_as, service):
    jobs, name = Jobs(), f"test.fails.{uuid4().hex}"

    @jobs.job(name, attempts=1)
    async def fail(context):
        raise RuntimeError("for good")

    async with house.database(service).transaction() as db:
        await enqueue(db, name)
    await drain(jobs, house.context(service))
    operations = asked_as(await an_official(house, "programme_coordinator"), Operations)
    operations.base_url = f"http://{service}"
    letter = next(letter for letter in (await operations.dead_letters()).items if letter.name == name)
    assert (letter.payload, letter.attempts) == ({}, 1)
    await operations.replay(letter.id)
    assert name not in {letter.name for letter in (await operations.dead_letters()).items}
    await drain(jobs, house.context(service))
    letter = next(letter for letter in (await operations.dead_letters()).items if letter.name == name)
    await operations.drop(letter.id)
    assert name not in {letter.name for letter in (await operations.dead_letters()).items}


async def test_the_post_office(house, asked_as):
    postoffice = asked_as(await an_official(house, "programme_coordinator"), PostOffice)
    bounces = await postoffice.bounces()
    assert (bounces.unreached >= 0, bounces.come_back) == (True, False)


async def test_pictures(house, cluster, asked_as):
    entries, pictures = asked_as(cluster.anna, Entries), asked_as(cluster.anna, Pictures)
    entry_id = await an_entry(cluster.anna, cluster)
    await pictures.add(entry_id, uuid4().hex, "A board", ("board.jpg", a_picture(1000, 500), "image/jpeg"))
    (picture,) = (await entries.show(entry_id)).pictures
    assert (picture.description, picture.width, picture.height, picture.small_width) == ("A board", 1000, 500, 800)
    seen = await pictures.show(entry_id, picture.id, "small", None)
    assert seen.headers["content-type"] == "image/webp"
    assert (await pictures.show(entry_id, picture.id, "small", seen.headers["etag"])).status_code == 304
    assert await refused(pictures.add(entry_id, "", "A board", None)) == 422
    await pictures.remove(entry_id, picture.id)
    assert await refused(pictures.show(entry_id, picture.id, "small", None)) == 404
