"""Passkeys, and the second step: every act once, as without JavaScript."""

from tests.clusters.doors.test_factors import code_of
from tests.device import Device
from tests.web.browser import form_to
from tests.web.scene import act
from tests.web.test_erasure import come_by_link
from tests.web.test_passkeys import adds, comes
from tests.web.test_second_step import arrives, sets_up


async def come_by_passkey(scene):
    await add_a_passkey(scene)
    return await comes(scene.web.guest(), scene.device)


async def add_a_passkey(scene):
    scene.device = Device()
    return await adds(scene.ben, scene.device)


async def remove_a_passkey(scene):
    page = (await add_a_passkey(scene)).page
    return await scene.ben.submit(page.select_one("#passkeys li form"))


async def begin_second_step(scene):
    ben = await come_by_link(scene.web, scene.cluster, "ben")
    return await act(ben, "/second-step", "/second-step")


async def switch_second_step_on(scene):
    ben = await come_by_link(scene.web, scene.cluster, "ben")
    scene.key, answer = await sets_up(ben)
    return answer


async def take_second_step(scene):
    await switch_second_step_on(scene)
    ben, answer = await arrives(scene.web, scene.cluster, "ben")
    return await ben.submit(form_to(answer.page, "/sign-in/step"), code=code_of(scene.key))


async def remove_second_step(scene):
    ben = await come_by_link(scene.web, scene.cluster, "ben")
    key, _ = await sets_up(ben)
    return await act(ben, "/second-step/end", "/second-step/end", code=code_of(key))


ACTS_OF_WAYS_IN = {
    "/sign-in/step": take_second_step,
    "/second-step": begin_second_step,
    "/second-step/confirmation": switch_second_step_on,
    "/second-step/end": remove_second_step,
    "/sign-in/passkey": come_by_passkey,
    "/profile/passkeys": add_a_passkey,
    "/profile/passkeys/{passkey_id}/end": remove_a_passkey,
}
