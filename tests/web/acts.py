"""Every act of the pages, done once as a browser without JavaScript does it."""

from tests.events.making import ask, site
from tests.pictures import a_picture
from tests.web.acts_among_people import ACTS_AMONG_PEOPLE
from tests.web.acts_of_clusters import ACTS_OF_CLUSTERS
from tests.web.acts_of_help import ACTS_OF_HELP
from tests.web.acts_of_invitations import ACTS_OF_INVITATIONS
from tests.web.acts_of_overviews import ACTS_OF_OVERVIEWS
from tests.web.acts_of_plans import ACTS_OF_PLANS
from tests.web.acts_of_proposals import ACTS_OF_PROPOSALS
from tests.web.acts_of_todos import ACTS_OF_TODOS
from tests.web.acts_of_ways_in import ACTS_OF_WAYS_IN
from tests.web.browser import form_to
from tests.web.making import a_comment
from tests.web.scene import act
from tests.web.test_bad_input import EVENT
from tests.web.test_pictures import sent

LATER = {"day": "2027-03-27", "from": "16:00"}


async def announce_event(scene):
    return await act(scene.anna, "/events/new", "/events", **EVENT)


async def register(scene):
    return await act(scene.ben, f"/events/{(await scene.event())['id']}", "/registration")


async def withdraw(scene):
    event = await scene.event()
    await ask(scene.cluster.ben, event, site(event))
    return await act(scene.ben, f"/events/{event['id']}", "/registration/end")


async def leave_line(scene):
    event = await scene.event(1)
    await ask(scene.cluster.cara, event, site(event))
    await ask(scene.cluster.ben, event, site(event))
    return await act(scene.ben, f"/events/{event['id']}", "/registration/wait/end")


async def describe(scene):
    return await act(scene.anna, f"/events/{(await scene.event())['id']}/edit", "/edit", title="Reading")


async def change(scene):
    event = await scene.event()
    preview = await act(scene.anna, f"/events/{event['id']}/change", "/change", **LATER)
    return await scene.anna.submit(form_to(preview.page, "/change"), str(event["version"]))


async def cancel(scene):
    return await act(scene.anna, f"/events/{(await scene.event())['id']}/cancellation", "/cancellation")


async def mark_attendance(scene):
    event = await scene.event(days=-1)
    return await act(scene.anna, f"/events/{event['id']}/attendance", "/attendance")


async def start_entry(scene):
    return await act(scene.anna, "/entries/new", "/entries", title="A lesson", text="")


async def save_entry(scene):
    return await act(scene.anna, f"/entries/{await scene.entry()}/edit", "/edit", title="Another lesson")


async def remove_entry(scene):
    return await act(scene.anna, f"/entries/{await scene.entry()}/removal", "/removal")


async def publish(scene):
    return await act(scene.anna, f"/entries/{await scene.entry()}", "/publication", "cluster")


async def retract(scene):
    return await act(scene.anna, f"/entries/{await scene.entry('cluster')}/publication/end", "/publication/end")


async def add_picture(scene):
    return await sent(scene.anna, await scene.anna.see(f"/entries/{await scene.entry()}"), a_picture())


async def remove_picture(scene):
    return await scene.anna.submit(form_to((await add_picture(scene)).page, "/end"))


async def comment(scene):
    return await act(scene.ben, f"/entries/{await scene.entry('cluster')}", "/comments", text="Why?")


async def reply(scene):
    entry = await scene.entry("cluster")
    await a_comment(scene.cluster.ben, entry)
    return await act(scene.anna, f"/entries/{entry}", "/replies", text="Because.")


async def resolve(scene):
    entry = await scene.entry("cluster")
    await a_comment(scene.cluster.ben, entry)
    return await act(scene.ben, f"/entries/{entry}", "/resolution")


async def mend_comment(scene):
    entry = await scene.entry("cluster")
    posted = await a_comment(scene.cluster.ben, entry)
    return await act(scene.ben, f"/entries/{entry}", f"/{posted}/edit", text="Why not?")


async def remove_comment(scene):
    entry = await scene.entry("cluster")
    posted = await a_comment(scene.cluster.ben, entry)
    return await act(scene.ben, f"/entries/{entry}", f"/{posted}/removal")


ACTS = (
    ACTS_AMONG_PEOPLE
    | ACTS_OF_INVITATIONS
    | ACTS_OF_WAYS_IN
    | ACTS_OF_CLUSTERS
    | ACTS_OF_HELP
    | ACTS_OF_PLANS
    | ACTS_OF_TODOS
    | ACTS_OF_OVERVIEWS
    | ACTS_OF_PROPOSALS
    | {
        "/events": announce_event,
        "/events/{event_id}/registration": register,
        "/events/{event_id}/registration/end": withdraw,
        "/events/{event_id}/registration/wait/end": leave_line,
        "/events/{event_id}/edit": describe,
        "/events/{event_id}/change": change,
        "/events/{event_id}/cancellation": cancel,
        "/events/{event_id}/attendance": mark_attendance,
        "/entries": start_entry,
        "/entries/{entry_id}/edit": save_entry,
        "/entries/{entry_id}/removal": remove_entry,
        "/entries/{entry_id}/publication": publish,
        "/entries/{entry_id}/publication/end": retract,
        "/entries/{entry_id}/pictures": add_picture,
        "/entries/{entry_id}/pictures/{picture_id}/end": remove_picture,
        "/entries/{entry_id}/comments": comment,
        "/entries/{entry_id}/comments/{comment_id}/replies": reply,
        "/entries/{entry_id}/comments/{comment_id}/resolution": resolve,
        "/entries/{entry_id}/comments/{comment_id}/edit": mend_comment,
        "/entries/{entry_id}/comments/{comment_id}/removal": remove_comment,
    }
)
