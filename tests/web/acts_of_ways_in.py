"""Addresses, passkeys, and the second step: every act once, as without JavaScript."""

from tests.clusters.doors.test_factors import code_of
from tests.device import Device
from tests.web.browser import form_to
from tests.web.scene import act
from tests.web.test_addresses import asks_for, link_to
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


async def add_an_address(scene):
    return await asks_for(scene.ben, f"ben-{scene.cluster.id}@home.test")


async def have_its_letter_sent_again(scene):
    page = (await add_an_address(scene)).page
    return await scene.ben.submit(form_to(page, "/profile/addresses/waiting"))


async def drop_the_address(scene):
    page = (await add_an_address(scene)).page
    return await scene.ben.submit(form_to(page, "/profile/addresses/waiting/end"))


async def confirm_the_address(scene):
    await add_an_address(scene)
    link = await link_to(scene.web.house, f"ben-{scene.cluster.id}@home.test")
    return await scene.ben.submit(form_to(await scene.ben.see(link), "/profile/addresses/link"))


async def choose_an_address(scene):
    page = (await confirm_the_address(scene)).page
    return await scene.ben.submit(page.select_one("#addresses li form[action$=letters]"))


async def remove_an_address(scene):
    page = (await confirm_the_address(scene)).page
    return await scene.ben.submit(page.select_one("#addresses li form[action$=end]"))


ACTS_OF_WAYS_IN = {
    "/profile/addresses": add_an_address,
    "/profile/addresses/waiting": have_its_letter_sent_again,
    "/profile/addresses/waiting/end": drop_the_address,
    "/profile/addresses/link": confirm_the_address,
    "/profile/addresses/{address_id}/letters": choose_an_address,
    "/profile/addresses/{address_id}/end": remove_an_address,
    "/sign-in/step": take_second_step,
    "/second-step": begin_second_step,
    "/second-step/confirmation": switch_second_step_on,
    "/second-step/end": remove_second_step,
    "/sign-in/passkey": come_by_passkey,
    "/profile/passkeys": add_a_passkey,
    "/profile/passkeys/{passkey_id}/end": remove_a_passkey,
}
