"""Every list is walked to its end by `next`, whatever its keys hold, and a page never hides what the list has."""

from datetime import timedelta
from uuid import UUID, uuid4

from kit.clock import now
from kit.ids import new_id
from kit.pages import FAR_AHEAD, GREATEST_ID, LEAST_ID, LONG_AGO, LONGEST_CURSOR, cursor
from services.clusters.clusters.memberships.actions import MOST_SCHOOLS
from services.clusters.clusters.memberships.models import Membership, SchoolRole
from services.clusters.directory.schools.models import School
from services.clusters.doors.clients.actions import MOST_CLIENTS
from services.clusters.doors.clients.models import Client
from services.clusters.post.notices.models import MailboxMail
from services.diaries.comments.models import Comment, Kind
from services.diaries.comments.queries import COMMENTS
from services.diaries.showing.queries import NEWEST, OF_CLUSTERS
from services.diaries.today.queries import CLUSTERS as WRITTEN
from services.events.showing.queries import PAST, UPCOMING
from services.events.today.queries import CLUSTERS as HELD
from services.roster.standing import Sight
from tests.diaries.writing import comment, publish, published, read, reply, start
from tests.events.making import announce
from tests.kit.test_pages import walk
from tests.people import a_school, an_official, refusal, told


async def walked(asker, path, **params):
    """Every item of a list."""
    items, after = [], None
    while True:
        page = told(await asker.get(path, params=params | ({"after": after} if after else {})))
        items += page["items"]
        after = page["next"]
        if after is None:
            return items


async def many_comments(house, cluster, entry_id, many):
    """That many more comments, the second half in one thread."""
    async with house.database("diaries").transaction() as db:
        common = {"entry_id": UUID(entry_id), "author_id": cluster.dan.id, "text": "x", "language": "en"}
        roots = [Comment(kind=Kind.takeaway, **common) for _ in range(many // 2)]
        db.add_all(roots)
        await db.flush()
        db.add_all(Comment(kind=Kind.reply, parent_id=roots[0].id, **common) for _ in range(many - len(roots)))


async def test_all_comments_are_found_thread_by_thread(house, cluster):
    entry_id = await published(cluster.cara, cluster)
    await many_comments(house, cluster, entry_id, 504)
    entry = told(await read(cluster.ben, entry_id))
    assert (entry["answers"], len(entry["comments"])) == (504, 100)
    path = f"/v1/entries/{entry_id}/comments"
    rest = []
    after = entry["more_comments"]
    while after:
        page = told(await cluster.ben.diaries.get(path, params={"after": after}))
        rest, after = rest + page["items"], page["next"]
    found = entry["comments"] + rest
    assert len({one["id"] for one in found}) == len(found) == 504
    assert found == await walked(cluster.ben.diaries, path, limit=7)
    threads = [one["parent_id"] or one["id"] for one in found]
    assert threads == sorted(threads)


async def test_comments_are_for_who_reads_the_entry(house, cluster):
    entry_id = await published(cluster.cara, cluster)
    told(await comment(cluster.dan, entry_id), 201)
    path = f"/v1/entries/{entry_id}/comments"
    assert refusal(await house.guest.diaries.get(path)) == (404, "not-found")
    told(await publish(cluster.cara, entry_id, "everyone"))
    assert len(told(await house.guest.diaries.get(path))["items"]) == 1


async def test_entries_stand_in_the_order_of_their_publication(cluster):
    first, second, third = [await start(cluster.cara, cluster) for _ in range(3)]
    draft = await start(cluster.cara, cluster)
    for entry_id in (third, first, second):
        told(await publish(cluster.cara, entry_id))
    others = [second, first, third]
    assert await walk(cluster.dan, "diaries", "/v1/entries", limit=1) == others
    assert await walk(cluster.cara, "diaries", "/v1/entries", limit=1) == [*others, draft]
    assert [item["id"] for item in told(await cluster.dan.diaries.get("/v1/today"))["entries"]] == others
    told(await publish(cluster.cara, draft, "everyone"))
    told(await publish(cluster.cara, first, "everyone"))
    assert await walk(cluster.dan, "diaries", "/v1/entries", limit=2) == [draft, second, first, third]
    public = await walk(cluster.dan, "diaries", "/v1/public-entries", limit=1, cluster_id=cluster.id)
    assert public == [draft, first]


async def test_events_stand_in_the_order_of_their_beginning(cluster):
    at = now().replace(microsecond=0)

    async def meeting(starts, ends):
        moments = zip(("starts_at", "ends_at"), (starts, ends), strict=True)
        times = {name: (at + timedelta(hours=hours)).isoformat() for name, hours in moments}
        return (await announce(cluster.anna, cluster, 5, past=ends <= 0, **times))["id"]

    long, short, running = await meeting(2, 90), await meeting(3, 4), await meeting(-2, 100)
    assert await walk(cluster.cara, "events", "/v1/events", limit=1) == [running, long, short]
    past = [await meeting(-50, -3), await meeting(-40, -39), await meeting(-60, -1)]
    assert await walk(cluster.cara, "events", "/v1/events", when="past", limit=1) == [past[1], past[0], past[2]]


LONG = ["ع" * 190, "𝔘" * 190, "a,b;\"'\\" * 27, "\u200f\u202e" * 60 + "x", "-" * 200]


async def test_a_list_by_name_is_walked_whatever_the_names_are(house, cluster):
    demo = await house.as_service("demo")
    for number, name in enumerate(LONG):
        school_id = await a_school(house, name=name[:150] + str(number))
        member = {"school_id": school_id, "role": "mentee"}
        told(await demo.clusters.post(f"/v1/clusters/{cluster.id}/memberships", json=member), 201)
    await house.rows("clusters", "update person set name = repeat('𝔘', 100) where id = $1", cluster.cara.id)
    people = f"/v1/clusters/{cluster.id}/people"
    found = await walked(cluster.anna.clusters, people, limit=1)
    assert len(found) == len({one["staff_id"] for one in found}) == 6
    assert all(len(cursor("𝔘" * 200, name, str(uuid4()))) <= LONGEST_CURSOR for name in LONG)


async def test_mails_of_a_house_that_is_tried_out_are_all_found(house):
    mail = f"{uuid4().hex}@x.test"
    async with house.database("clusters").transaction() as db:
        db.add_all(MailboxMail(mail=mail, subject=str(n), language="en", text="x") for n in range(120))
    found = await walked(house.guest.clusters, "/v1/mailbox", mail=mail)
    assert [one["subject"] for one in found] == [str(n) for n in reversed(range(120))]


async def dead_letters(house, *payloads):
    name = f"test.{uuid4().hex}"
    for payload in payloads:
        await house.rows(
            "events",
            "insert into pgqueuer (priority, entrypoint, payload, status, execute_after) "
            "values (0, $1, $2, 'failed', now())",
            name,
            payload,
        )
    return name


UNREADABLE = [b"\xff\xfe", b"{", b"[1]", b"[" * 50_000, b'{"a": NaN}', b'{"a": "\\ud800"}', b"9" * 9_000]


async def test_a_letter_that_cannot_be_read_breaks_no_list(house):
    name = await dead_letters(house, b'{"a": 1}', *UNREADABLE, None)
    programme = (await an_official(house, "programme_coordinator")).events
    found = [one for one in await walked(programme, "/v1/dead-letters", limit=3) if one["name"] == name]
    assert [one["payload"] for one in found] == [{}, *[None] * len(UNREADABLE), {"a": 1}]
    for letter in found[:4]:
        told(await programme.delete(f"/v1/dead-letters/{letter['id']}"), 204)
    again = f"/v1/dead-letters/{found[4]['id']}"
    told(await programme.post(f"{again}/replay"), 202)
    assert refusal(await programme.delete(again)) == (404, "not-found")
    left = [one for one in await walked(programme, "/v1/dead-letters") if one["name"] == name]
    assert len(left) == len(found) - 5
    await house.rows("events", "delete from pgqueuer where entrypoint = $1", name)


async def test_more_than_a_hundred_letters_are_all_found(house):
    name = await dead_letters(house, *[b"{}"] * 230)
    programme = (await an_official(house, "programme_coordinator")).events
    found = [one["id"] for one in await walked(programme, "/v1/dead-letters") if one["name"] == name]
    assert len(found) == len(set(found)) == 230
    oldest = found[-1]
    told(await programme.post(f"/v1/dead-letters/{oldest}/replay"), 202)
    await house.rows("events", "delete from pgqueuer where entrypoint = $1", name)


async def test_what_a_list_shows_whole_is_bounded(house, cluster):
    async with house.database("clusters").transaction() as db:
        clients = [Client(name="x", scopes=["webhooks"], cluster_id=UUID(cluster.id)) for _ in range(MOST_CLIENTS)]
        schools = [School(name="x", town="t", country="CZ", zone="UTC") for _ in range(MOST_SCHOOLS - 2)]
        db.add_all(clients + schools)
        await db.flush()
        db.add_all(Membership(cluster_id=UUID(cluster.id), school_id=one.id, role=SchoolRole.mentee) for one in schools)
    path = f"/v1/clusters/{cluster.id}/clients"
    assert len(told(await cluster.anna.clusters.get(path))) == MOST_CLIENTS
    new = {"name": "One more", "scopes": ["webhooks"]}
    assert refusal(await cluster.anna.clusters.post(path, json=new)) == (409, "too-many-clients")
    assert len(told(await cluster.anna.clusters.get(f"/v1/clusters/{cluster.id}"))["schools"]) == MOST_SCHOOLS
    demo = await house.as_service("demo")
    member = {"school_id": await a_school(house), "role": "mentee"}
    more = await demo.clusters.post(f"/v1/clusters/{cluster.id}/memberships", json=member)
    assert refusal(more) == (409, "cluster-full")


def nodes(plan, parent=None):
    """(node, what reads it) of a plan."""
    yield plan, parent
    for inner in plan.get("Plans", ()):
        yield from nodes(inner, plan)


async def read_in_order(house, service, index, statement, *values):
    """Whether the statement reads this index in its order, and sorts no more than it shows."""
    async with house.database(service).pool.acquire() as connection, connection.transaction():
        await connection.execute("set local enable_seqscan = off")
        await connection.execute("set local enable_bitmapscan = off")
        await connection.execute("set local enable_sort = off")
        (row,) = await connection.fetchrow(f"explain (format json) {statement}", *values)
    found = [(node, reader) for node, reader in nodes(row[0]["Plan"]) if node.get("Index Name") == index]
    return bool(found) and all(reader["Node Type"] not in ("Sort", "Incremental Sort") for _, reader in found)


async def test_an_index_serves_the_order_of_each_list(house, cluster):
    sight = Sight([UUID(cluster.id)])
    for statement, after in ((UPCOMING, (LONG_AGO, LEAST_ID)), (PAST, (FAR_AHEAD, GREATEST_ID))):
        values = (cluster.cara.id, now(), *sight, *after, 21)
        assert await read_in_order(house, "events", "ix_event_by_start", statement, *values)
    for statement, more in ((OF_CLUSTERS, (cluster.cara.id,)), (NEWEST, ())):
        values = (*sight, GREATEST_ID, 21, *more)
        assert await read_in_order(house, "diaries", "ix_publication_of_cluster", statement, *values)
    values = (uuid4(), new_id(), new_id(), 21)
    assert await read_in_order(house, "diaries", "ix_comment_by_thread", COMMENTS, *values)
    for service, statement, until in (("events", HELD, (now(),)), ("diaries", WRITTEN, ())):
        values = (*Sight([], (), everything=True), now(), *until, "", LEAST_ID, 11)
        assert await read_in_order(house, service, "ix_cluster_name_id", statement, *values)


async def test_a_reply_stands_in_its_thread(cluster):
    entry_id = await published(cluster.cara, cluster)
    first, second = [told(await comment(cluster.dan, entry_id), 201)["id"] for _ in range(2)]
    answer = told(await reply(cluster.ben, entry_id, first), 201)["id"]
    listed = await walked(cluster.cara.diaries, f"/v1/entries/{entry_id}/comments", limit=1)
    assert [one["id"] for one in listed] == [first, answer, second]


async def test_today_says_where_there_is_more(cluster):
    for days in range(1, 7):
        await announce(cluster.anna, cluster, 5, days=-days)
        await start(cluster.anna, cluster)
    events, diaries = [told(await cluster.anna[service].get("/v1/today")) for service in ("events", "diaries")]
    assert (len(events["to_mark"]), events["more_to_mark"]) == (5, True)
    assert (len(diaries["drafts"]), diaries["more_drafts"]) == (5, True)
    fewer = told(await cluster.ben.diaries.get("/v1/today"))
    assert (fewer["drafts"], fewer["more_drafts"]) == ([], False)
