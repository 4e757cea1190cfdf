"""Asking for help and answering: every act once, as without JavaScript."""

from tests.people import an_official
from tests.web.browser import form_to
from tests.web.scene import act

ABOUT = "Who pays the substitute?"


async def coordinator(scene):
    return await scene.web.signed_in(await an_official(scene.web.house, "national_coordinator", "CZ"))


async def ask_for_help(scene):
    return await act(scene.ben, f"/clusters/{scene.cluster.id}/help", "/help", about=ABOUT, readers="coordinators")


async def answer_help(scene):
    return await act(scene.anna, (await ask_for_help(scene)).path, "/answers", text="We swapped lessons.")


async def let_help_climb(scene):
    await coordinator(scene)
    return await scene.ben.submit(form_to((await ask_for_help(scene)).page, "/climb"))


async def promise(scene):
    return await act(await coordinator(scene), "/help", "/help/promises/CZ", **{"days-CZ-days": "4"})


ACTS_OF_HELP = {
    "/clusters/{cluster_id}/help": ask_for_help,
    "/help/{request_id}/answers": answer_help,
    "/help/{request_id}/climb": let_help_climb,
    "/help/promises/{country}": promise,
}
