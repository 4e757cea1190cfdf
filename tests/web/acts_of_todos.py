"""Asking clusters to do something: every act once, as without JavaScript."""

from datetime import timedelta

from kit.clock import now
from tests.people import an_official
from tests.web.browser import form_to
from tests.web.scene import act

PATH = "/countries/CZ/todos"


async def coordinator(scene):
    return await scene.web.signed_in(await an_official(scene.web.house, "national_coordinator", "CZ"))


async def set_todo(scene):
    return await asked(await coordinator(scene), scene.cluster)


async def asked(office, cluster, days=9, **typed):
    """For this cluster alone, so that it waits in no other."""
    said = {"title": f"Send the dates {cluster.id}", "due": (now().date() + timedelta(days=days)).isoformat()}
    said["cluster_ids"] = [cluster.id]
    return await act(office, f"{PATH}/new", PATH, **said | typed)


async def set_by(scene):
    """The office, and where it looks at what it has set."""
    office = await coordinator(scene)
    page = (await asked(office, scene.cluster)).page
    return office, next(link["href"] for link in page.select(".list a") if scene.cluster.id in link.text)


async def change_todo(scene):
    office, at = await set_by(scene)
    return await act(office, f"{at}/edit", "/edit", text="All of them.")


async def remove_todo(scene):
    office, at = await set_by(scene)
    return await act(office, at, "/end")


async def remind(scene):
    office, at = await set_by(scene)
    house = scene.web.house
    await house.rows("clusters", "update cluster set formed_at = now() - interval '90 days'")
    await house.rows("clusters", "update todo set due = current_date - 3 where id = $1", at.rpartition("/")[2])
    return await act(office, at, "/reminders")


async def tick_todo(scene):
    await set_by(scene)
    page = await scene.anna.see(f"/clusters/{scene.cluster.id}/todos")
    return await scene.anna.submit(form_to(page, "/tick"), "yes")


async def make_feed(scene):
    return await act(scene.anna, "/profile/calendar", "/profile/calendar")


async def end_feed(scene):
    await make_feed(scene)
    return await act(scene.anna, "/profile/calendar", "/profile/calendar/end")


ACTS_OF_TODOS = {
    "/profile/calendar": make_feed,
    "/profile/calendar/end": end_feed,
    "/countries/{country}/todos": set_todo,
    "/todos/{todo_id}/edit": change_todo,
    "/todos/{todo_id}/end": remove_todo,
    "/todos/{todo_id}/reminders": remind,
    "/clusters/{cluster_id}/todos/{todo_id}/tick": tick_todo,
}
