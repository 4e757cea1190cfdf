"""Signing in and out, oneself, people, invitations, programs: every act once, as without JavaScript."""

from kit.jobs import enqueue
from tests.clusters.doors.test_introductions import STAFF, school_is_named
from tests.clusters.post.test_unreached import refused
from tests.people import an_official
from tests.provider.visiting import connects, signs_in
from tests.web.browser import form_to
from tests.web.making import a_comment
from tests.web.scene import act, sent_file
from tests.web.test_erasure import come_by_link
from tests.web.test_sign_in import PASSWORD, mailed_link


async def sign_in(scene):
    return await scene.web.guest().submit(
        form_to(await scene.web.guest().see("/sign-in"), "/sign-in"),
        mail=scene.cluster.addresses["anna"],
        password=await a_password(scene),
    )


async def a_password(scene):
    await act(scene.anna, "/profile", "/password", password=PASSWORD)
    return PASSWORD


async def use_link(scene):
    link = await mailed_link(scene.web, scene.cluster.addresses["ben"])
    return await act(scene.web.guest(), link, "/sign-in/link")


async def choose_language(scene):
    return await act(scene.web.guest(), "/sign-in", "/language", language="cs")


async def sign_out(scene):
    return await act(scene.ben, "/profile", "/sign-out")


async def save_profile(scene):
    return await act(scene.ben, "/profile", "/profile", name="Ben")


async def introduce_oneself(scene):
    return await act(scene.ben, "/profile/card", "/profile/card", subjects="Maths")


async def show_portrait(scene):
    return await sent_file(scene.ben, "/profile/card", "/profile/portrait")


async def take_portrait_away(scene):
    await show_portrait(scene)
    return await act(scene.ben, "/profile/card", "/profile/portrait/end")


async def choose_hearing(scene):
    return await act(scene.ben, "/profile/hearing", "/profile/hearing", every="week")


async def unsubscribe(scene):
    person = scene.cluster.ben.id
    ((key,),) = await scene.web.house.rows("clusters", "select mail_key from person where id = $1", person)
    guest = scene.web.guest()
    (form,) = (await guest.see(f"/unsubscribe?kind=event_announced&key={key}")).select("form[action^='/unsubscribe']")
    return await guest.submit(form)


async def try_mail_again(scene):
    await refused(scene.web.house, scene.cluster.ben)
    await scene.web.hear()
    return await act(scene.ben, "/profile", "/profile/mails")


async def set_password(scene):
    return await act(scene.ben, "/profile", "/password", password=PASSWORD)


async def end_a_session(scene):
    await scene.web.signed_in(scene.cluster.ben)
    page = await scene.ben.see("/profile")
    (form, *_) = page.select('form[action^="/profile/sessions/"]:not([action*="others"])')
    return await scene.ben.submit(form)


async def put_guide_away(scene):
    return await act(scene.ben, "/", "/guide/end")


async def ask_for_archive(scene):
    return await act(scene.ben, "/profile/archive", "/profile/archive")


async def leave_for_good(scene):
    cara = await come_by_link(scene.web, scene.cluster, "cara")
    return await act(cara, "/profile/leaving", "/profile/leaving", writings="stay")


async def go_to_a_provider(scene):
    return await act(scene.ben, "/profile", "/profile/identities/region")


async def disconnect(scene):
    region = scene.providers["region"]
    await connects(scene.ben, region, await region.has(f"ben-{scene.cluster.id}"))
    (form,) = (await scene.ben.see("/profile")).select("#identities li form")
    return await scene.ben.submit(form)


async def come_introduced(scene):
    schools, guest, domain = scene.providers["schools"], scene.web.guest(), f"{scene.cluster.id}.test"
    await school_is_named(scene.web.house, scene.cluster.mentee, domain)
    subject = await schools.has(f"dana-{scene.cluster.id}", **STAFF, schac_home_organization=domain)
    answer = await signs_in(guest, schools, subject)
    return await guest.submit(form_to(answer.page, "/sign-in/school"), name="Dana", mail=f"dana-{domain}@acts.test")


async def pass_on(scene):
    return await act(scene.ben, "/profile/sessions/another", "/sessions/another")


async def end_other_sessions(scene):
    await scene.web.signed_in(scene.cluster.ben)
    return await act(scene.ben, "/profile", "/sessions/others/end")


async def see_news(scene):
    entry = await scene.entry("cluster")
    await a_comment(scene.cluster.ben, entry)
    await scene.web.house.catch_up()
    await scene.web.hear()
    return await act(scene.anna, "/notices", "/notices/seen")


async def replay(scene):
    return await on_a_dead_letter(scene, "replay")


async def give_up(scene):
    return await on_a_dead_letter(scene, "drop")


async def on_a_dead_letter(scene, verb):
    house, name = scene.web.house, f"test.{scene.cluster.id}"
    async with house.database("events").transaction() as db:
        await enqueue(db, name)
    await house.rows("events", "update pgqueuer set status = 'failed' where entrypoint = $1", name)
    (job,) = await house.rows("events", "select id from pgqueuer where entrypoint = $1", name)
    olga = await scene.web.signed_in(await an_official(house, "programme_coordinator"))
    return await act(olga, "/operations", f"/{job['id']}/{verb}")


async def save_aims(scene):
    path = f"/clusters/{scene.cluster.id}/aims"
    return await act(scene.anna, path, "/aims", priorities="Read aloud", goals="")


async def lead_no_longer(scene):
    staff_id = scene.cluster.staff["hana"]
    return await act(await scene.web.signed_in(scene.cluster.hana), "/profile", f"/profile/schools/{staff_id}/role")


async def leave_school(scene):
    staff_id = scene.cluster.staff["hana"]
    return await act(await scene.web.signed_in(scene.cluster.hana), "/profile", f"/profile/schools/{staff_id}/end")


async def end_staff(scene):
    path = f"/clusters/{scene.cluster.id}/people"
    return await act(scene.anna, path, f"/{scene.cluster.staff['marie']}/end")


async def let_program_in(scene):
    path = f"/clusters/{scene.cluster.id}/programs"
    return await act(scene.anna, path, "/programs", name="Moodle", scopes=["webhooks"])


async def rotate_secret(scene):
    page = (await let_program_in(scene)).page
    return await scene.anna.submit(form_to(page, "/secrets"))


async def shut_program_out(scene):
    await let_program_in(scene)
    page = await scene.anna.see(f"/clusters/{scene.cluster.id}/programs")
    return await scene.anna.submit(next(f for f in page.select("form") if f["action"].endswith("/end")))


ACTS_AMONG_PEOPLE = {
    "/sign-in": sign_in,
    "/sign-in/link": use_link,
    "/sign-out": sign_out,
    "/language": choose_language,
    "/profile": save_profile,
    "/profile/card": introduce_oneself,
    "/profile/portrait": show_portrait,
    "/profile/portrait/end": take_portrait_away,
    "/profile/hearing": choose_hearing,
    "/unsubscribe": unsubscribe,
    "/profile/sessions/another": pass_on,
    "/profile/mails": try_mail_again,
    "/profile/password": set_password,
    "/guide/end": put_guide_away,
    "/profile/archive": ask_for_archive,
    "/profile/leaving": leave_for_good,
    "/sign-in/school": come_introduced,
    "/profile/identities/{provider}": go_to_a_provider,
    "/profile/identities/{identity_id}/end": disconnect,
    "/profile/sessions/{session}/end": end_a_session,
    "/profile/sessions/others/end": end_other_sessions,
    "/notices/seen": see_news,
    "/operations/{service}/{job_id}/replay": replay,
    "/operations/{service}/{job_id}/drop": give_up,
    "/clusters/{cluster_id}/aims": save_aims,
    "/clusters/{cluster_id}/people/{staff_id}/end": end_staff,
    "/profile/schools/{staff_id}/role": lead_no_longer,
    "/profile/schools/{staff_id}/end": leave_school,
    "/clusters/{cluster_id}/programs": let_program_in,
    "/clusters/{cluster_id}/programs/{client_id}/secrets": rotate_secret,
    "/clusters/{cluster_id}/programs/{client_id}/end": shut_program_out,
}
