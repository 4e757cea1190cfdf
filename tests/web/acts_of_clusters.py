"""How a house, its schools and its clusters come together: every act once, as without JavaScript."""

from tests.empty_house import empty, setup_path, without_programme
from tests.people import a_cluster, a_person, a_school, an_official, told
from tests.web.browser import fields_of, form_to
from tests.web.scene import act, sent_file


async def open_house(scene):
    async with empty(scene.web.house):
        at = await setup_path(scene.web.house)
        typed = {"name": "MenSI", "more_countries": "CZ", "coordinator-name": "Hannah"}
        return await act(scene.web.guest(), at, "/open-house", **typed, **{"coordinator-mail": "hannah@acts.test"})


async def change_programme(scene):
    async with without_programme(scene.web.house):
        petra = await scene.web.signed_in(await an_official(scene.web.house, "programme_coordinator"))
        return await act(petra, "/programme/edit", "/programme/edit", name="MenSI", more_countries="CZ")


async def show_logo(scene):
    async with without_programme(scene.web.house):
        return (await a_logo(scene))[1]


async def a_logo(scene):
    """A programme coordinator, and the page on which the logo of their programme is shown."""
    petra = await scene.web.signed_in(await an_official(scene.web.house, "programme_coordinator"))
    await act(petra, "/programme/edit", "/programme/edit", name="MenSI", more_countries="CZ")
    return petra, await sent_file(petra, "/programme/logo", "/programme/logo")


async def take_logo_away(scene):
    async with without_programme(scene.web.house):
        petra, _ = await a_logo(scene)
        return await act(petra, "/programme/logo", "/programme/logo/end")


async def register_school(scene):
    nora = await scene.web.signed_in(await an_official(scene.web.house, "national_coordinator", "CZ"))
    named = {"name": f"School of {scene.cluster.id}", "town": "Most", "country": "CZ"}
    return await act(nora, "/schools/new", "/schools", **named)


async def change_school(scene):
    at = f"/schools/{scene.cluster.mentee}/edit"
    return await act(scene.ben, at, "/edit", official_name="School")


async def write_development_plan(scene):
    at = f"/schools/{scene.cluster.mentee}/development-plan"
    return await act(scene.ben, at, "/development-plan", text="Mentors meet weekly.", since="2025-09-01")


async def remove_development_plan(scene):
    await write_development_plan(scene)
    return await act(scene.ben, f"/schools/{scene.cluster.mentee}/development-plan", "/development-plan/end")


async def form_cluster(scene):
    nora = await scene.web.signed_in(await an_official(scene.web.house, "national_coordinator", "CZ"))
    return await act(nora, "/clusters/new", "/clusters/new", name="New", country="CZ")


async def propose_cluster(scene):
    return await act(scene.ben, f"/schools/{scene.cluster.mentee}/clusters", "/clusters", name="Ours")


async def asking(scene):
    """A national coordinator, and the page where a school with this name is found."""
    nora = await scene.web.signed_in(await an_official(scene.web.house, "national_coordinator", "CZ"))
    name = f"Asked {scene.cluster.id}"
    school = await a_school(scene.web.house, name=name)
    return nora, f"/clusters/{scene.cluster.id}/schools?q={scene.cluster.id}", school


async def ask_school(scene):
    nora, at, _ = await asking(scene)
    return await nora.submit(posting(await nora.see(at), "/schools"))


def posting(page, action):
    (form, *_) = page.select(f"form[method=post][action$='{action}']")
    return form


async def ask_school_no_more(scene):
    nora, at, _ = await asking(scene)
    answer = await nora.submit(posting(await nora.see(at), "/schools"))
    return await nora.submit(posting(answer.page, "/end"))


async def begin_cluster(scene):
    nora, at, _ = await asking(scene)
    return await nora.submit(posting(await nora.see(at), "/beginning"))


async def close_cluster(scene):
    nora = await scene.web.signed_in(await an_official(scene.web.house, "national_coordinator", "CZ"))
    cluster = await a_cluster(scene.web.house)
    return nora, f"/clusters/{cluster.id}", await act(nora, f"/clusters/{cluster.id}", "/closure", word="Until autumn.")


async def closes_cluster(scene):
    return (await close_cluster(scene))[2]


async def release_school(scene):
    olga = await scene.web.signed_in(await an_official(scene.web.house, "programme_coordinator"))
    cluster = await a_cluster(scene.web.house)
    return await act(olga, f"/clusters/{cluster.id}", f"/{cluster.memberships['mentee']}/end")


async def reopen_cluster(scene):
    nora, at, _ = await close_cluster(scene)
    return await act(nora, at, "/closure/end")


async def led_school_asked(scene):
    """Who leads a school that is asked, and the page that asks them."""
    nora, at, school = await asking(scene)
    leader = await a_person(scene.web.house, school, "coordinator")
    await nora.submit(posting(await nora.see(at), "/schools"))
    asker = await scene.web.house.as_person(leader["person_id"])
    (asked,) = told(await asker.clusters.get("/v1/me"))["school_invitations"]
    return await scene.web.signed_in(asker), f"/school-invitations/{asked['id']}"


async def join_cluster(scene):
    return await act(*await led_school_asked(scene), "/acceptance")


async def decline_cluster(scene):
    leader, at = await led_school_asked(scene)
    form = form_to(await leader.see(at), "/acceptance")
    form["action"] = f"{at}/refusal"
    return await leader.submit(form)


async def a_list(scene):
    """A national coordinator, and the page of a list that they brought, with what its form is sent to."""
    nora = await scene.web.signed_in(await an_official(scene.web.house, "national_coordinator", "CZ"))
    form = form_to(await nora.see("/bring-in/schools"), "/bring-in/schools")
    data = fields_of(form) | {"country": "CZ"}
    file = {"file": ("schools.csv", f"Name;Town\nSchool {scene.cluster.id};Most\n".encode())}
    return nora, await nora.arrive(await nora.http.post("/bring-in/schools", data=data, files=file))


async def bring_list(scene):
    return (await a_list(scene))[1]


async def try_list(scene):
    nora, answer = await a_list(scene)
    return await nora.submit(form_to(answer.page, "/columns"))


async def a_tried_list(scene):
    nora, answer = await a_list(scene)
    answer = await nora.submit(form_to(answer.page, "/columns"))
    await scene.web.house.catch_up()
    return nora, answer.path


async def begin_list(scene):
    nora, at = await a_tried_list(scene)
    return await act(nora, at, "/beginning")


async def stop_list(scene):
    return await (await a_tried_list(scene))[0].submit(form_to((await begin_list(scene)).page, "/stop"))


async def invite_into_school(scene):
    at = f"/schools/{scene.cluster.mentee}"
    return await act(scene.ben, at, "/people", name="Dana", mail=f"dana-{scene.cluster.id}@acts.test")


async def make_code(scene):
    return await act(scene.ben, f"/schools/{scene.cluster.mentee}/code", "/code")


async def end_code(scene):
    return await scene.ben.submit(form_to((await make_code(scene)).page, "/code/end"))


async def welcome(scene):
    return await act(scene.ben, f"/schools/{scene.cluster.mentee}/code", "/welcome")


async def come_by_code(scene):
    (code,) = (await make_code(scene)).page.select(".wall .code")
    at = f"/join?code={code.text.strip()}"
    return await act(scene.web.guest(), at, "/join", name="Dana", mail=f"by-code-{scene.cluster.id}@acts.test")


async def add_tool(scene):
    return await act(scene.anna, f"/clusters/{scene.cluster.id}/tools/new", "/tools", kind="lms", name="Moodle")


async def change_tool(scene):
    link = (await add_tool(scene)).page.select_one("a[href*='/tools/'][href$='/edit']")
    return await act(scene.anna, link["href"], "/edit", note="Ask Anna.")


async def remove_tool(scene):
    link = (await add_tool(scene)).page.select_one("a[href*='/tools/'][href$='/edit']")
    return await act(scene.anna, link["href"], "/end")


async def lock_out(scene):
    await add_tool(scene)
    at = f"/clusters/{scene.cluster.id}"
    return await act(scene.ben, at, f"/lockouts/{scene.cluster.mentee}")


async def let_in(scene):
    return await scene.ben.submit(form_to((await lock_out(scene)).page, f"/lockouts/{scene.cluster.mentee}/end"))


ACTS_OF_CLUSTERS = {
    "/clusters/{cluster_id}/tools": add_tool,
    "/clusters/{cluster_id}/tools/{tool_id}/edit": change_tool,
    "/clusters/{cluster_id}/tools/{tool_id}/end": remove_tool,
    "/clusters/{cluster_id}/tools/{tool_id}/lockouts/{school_id}": lock_out,
    "/clusters/{cluster_id}/tools/{tool_id}/lockouts/{school_id}/end": let_in,
    "/schools/{school_id}/code": make_code,
    "/schools/{school_id}/welcome": welcome,
    "/schools/{school_id}/code/end": end_code,
    "/join": come_by_code,
    "/schools/{school_id}/people": invite_into_school,
    "/bring-in/{kind}": bring_list,
    "/bring-in/{kind}/{import_id}/columns": try_list,
    "/bring-in/{kind}/{import_id}/beginning": begin_list,
    "/bring-in/{kind}/{import_id}/stop": stop_list,
    "/open-house": open_house,
    "/programme/edit": change_programme,
    "/programme/logo": show_logo,
    "/programme/logo/end": take_logo_away,
    "/schools": register_school,
    "/schools/{school_id}/edit": change_school,
    "/schools/{school_id}/development-plan": write_development_plan,
    "/schools/{school_id}/development-plan/end": remove_development_plan,
    "/clusters/new": form_cluster,
    "/clusters/{cluster_id}/schools": ask_school,
    "/clusters/{cluster_id}/schools/{invitation_id}/end": ask_school_no_more,
    "/clusters/{cluster_id}/beginning": begin_cluster,
    "/clusters/{cluster_id}/closure": closes_cluster,
    "/clusters/{cluster_id}/closure/end": reopen_cluster,
    "/clusters/{cluster_id}/memberships/{membership_id}/end": release_school,
    "/schools/{school_id}/clusters": propose_cluster,
    "/school-invitations/{invitation_id}/acceptance": join_cluster,
    "/school-invitations/{invitation_id}/refusal": decline_cluster,
}
