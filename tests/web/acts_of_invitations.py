"""Invitations into schools and offices: every act once, as without JavaScript."""

from tests.clusters.doors.test_invitations import ago, invited
from tests.people import an_official
from tests.web.browser import form_to
from tests.web.scene import act


async def invite(scene):
    path = f"/clusters/{scene.cluster.id}/people"
    return await act(scene.anna, path, "/people", name="Eva", mail=f"eva-{scene.cluster.id}@school.test")


async def an_invitation(scene, name="cara", by="hana", school="mentee"):
    mail = scene.cluster.addresses.get(name, f"{name}-{scene.cluster.id}@school.test")
    return await invited(getattr(scene.cluster, by), getattr(scene.cluster, school), mail, "teacher")


async def send_again(scene):
    asked = await an_invitation(scene, "eva")
    await ago(scene.web.house, asked, days=15)
    return await act(scene.ben, f"/clusters/{scene.cluster.id}/people", f"{asked}/sending")


async def withdraw_invitation(scene):
    asked = await an_invitation(scene, "eva")
    return await act(scene.ben, f"/clusters/{scene.cluster.id}/people", f"{asked}/end")


async def send_again_into_school(scene):
    asked = await an_invitation(scene, "eva")
    await ago(scene.web.house, asked, days=15)
    return await act(scene.ben, f"/schools/{scene.cluster.mentee}", f"{asked}/sending")


async def withdraw_from_school(scene):
    asked = await an_invitation(scene, "eva")
    return await act(scene.ben, f"/schools/{scene.cluster.mentee}", f"{asked}/end")


async def answer_invitation(scene, answer):
    asked = await an_invitation(scene, "marie", by="hana")
    marie = await scene.web.signed_in(scene.cluster.marie)
    return await act(marie, f"/invitations/{asked}", answer)


async def accept(scene):
    return await answer_invitation(scene, "/acceptance")


async def decline(scene):
    return await answer_invitation(scene, "/refusal")


async def confirm(scene):
    asked = await an_invitation(scene, "eva", by="anna")
    return await act(await scene.web.signed_in(scene.cluster.hana), f"/invitations/{asked}", "/confirmation")


async def send_the_same_again(scene):
    asked = await an_invitation(scene, "eva")
    await ago(scene.web.house, asked, days=15)
    return await act(scene.ben, f"/invitations/{asked}", "/sending")


async def say_that_they_do_not_belong(scene):
    asked = await an_invitation(scene, "eva", by="anna")
    return await act(await scene.web.signed_in(scene.cluster.hana), f"/invitations/{asked}", "/end")


async def coordinating(scene):
    """The browser of a programme coordinator."""
    return await scene.web.signed_in(await an_official(scene.web.house, "programme_coordinator"))


async def give_an_office(scene):
    return await given(await coordinating(scene), scene)


async def given(olga, scene):
    new = {"name": "Nela", "mail": f"nela{scene.cluster.id}@x.test", "country": "SK"}
    return await act(olga, "/offices", "/offices", **new)


async def send_into_office_again(scene):
    return await on_an_invitation(scene, "/sending")


async def withdraw_from_office(scene):
    return await on_an_invitation(scene, "/end")


async def on_an_invitation(scene, verb):
    olga = await coordinating(scene)
    await given(olga, scene)
    found = "select id from invitation where mail = $1"
    ((asked,),) = await scene.web.house.rows("clusters", found, f"nela{scene.cluster.id}@x.test")
    await ago(scene.web.house, str(asked), days=1)
    return await act(olga, "/offices", f"/offices/invitations/{asked}{verb}")


async def end_an_office(scene):
    await an_official(scene.web.house, "programme_coordinator")
    olga = await coordinating(scene)
    (form, *_) = (await olga.see("/offices")).select('form[action^="/offices/"][action$="/end"]')
    return await olga.submit(form)


async def invite_several(scene):
    return await scene.ben.submit(form_to((await see_several(scene)).page, "/several/invitations"))


async def see_several(scene):
    at = f"/schools/{scene.cluster.mentee}/people/several"
    return await act(scene.ben, at, "#looked", pasted=f"dana-{scene.cluster.id}@x.test")


ACTS_OF_INVITATIONS = {
    "/clusters/{cluster_id}/people": invite,
    "/schools/{school_id}/people/several": see_several,
    "/schools/{school_id}/people/several/invitations": invite_several,
    "/clusters/{cluster_id}/invitations/{invitation_id}/sending": send_again,
    "/clusters/{cluster_id}/invitations/{invitation_id}/end": withdraw_invitation,
    "/schools/{school_id}/invitations/{invitation_id}/sending": send_again_into_school,
    "/schools/{school_id}/invitations/{invitation_id}/end": withdraw_from_school,
    "/offices": give_an_office,
    "/offices/{office_id}/end": end_an_office,
    "/offices/invitations/{invitation_id}/sending": send_into_office_again,
    "/offices/invitations/{invitation_id}/end": withdraw_from_office,
    "/invitations/{invitation_id}/acceptance": accept,
    "/invitations/{invitation_id}/refusal": decline,
    "/invitations/{invitation_id}/confirmation": confirm,
    "/invitations/{invitation_id}/sending": send_the_same_again,
    "/invitations/{invitation_id}/end": say_that_they_do_not_belong,
}
