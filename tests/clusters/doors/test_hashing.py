"""The queue before passwords are hashed: nobody fills it alone, and the lines of origins take turns."""

import asyncio
import unicodedata
from contextlib import ExitStack

import pytest

from kit.problems import Unavailable
from services.clusters.doors.passwords.hashing import AT_ONCE, MOST, MOST_FOR_ONE, MOST_OF_ORIGIN, Hashing, one_form


def take(hashing, stack, *places):
    for origin, whose in places:
        stack.enter_context(hashing.in_line(origin, whose))


def test_one_person_from_one_origin_has_three_places_and_no_more():
    hashing = Hashing()
    with ExitStack() as stack:
        take(hashing, stack, *[("net", "anna")] * MOST_FOR_ONE)
        with pytest.raises(Unavailable), hashing.in_line("net", "anna"):
            pass
        take(hashing, stack, ("net", "ben"), ("elsewhere", "anna"))


def test_an_origin_has_its_share_and_no_more():
    hashing = Hashing()
    with ExitStack() as stack:
        take(hashing, stack, *[("net", f"person {number}") for number in range(MOST_OF_ORIGIN)])
        with pytest.raises(Unavailable), hashing.in_line("net", "one more"):
            pass
        take(hashing, stack, ("elsewhere", "one more"))


def test_a_full_queue_takes_nobody():
    hashing = Hashing()
    with ExitStack() as stack:
        take(hashing, stack, *[(f"net {number}", "anna") for number in range(MOST)])
        with pytest.raises(Unavailable), hashing.in_line("another", "ben"):
            pass


def test_a_place_is_free_again_afterwards_also_when_it_went_wrong():
    hashing = Hashing()
    for _ in range(MOST_OF_ORIGIN + 1):
        with pytest.raises(ZeroDivisionError), hashing.in_line("net", "anna"):
            raise ZeroDivisionError
    with ExitStack() as stack:
        take(hashing, stack, *[("net", "anna")] * MOST_FOR_ONE)


async def order_of(*origins):
    """In which order the work of these origins is done when all come while as many work as may."""
    hashing, done, go_on = Hashing(), [], asyncio.Event()

    async def come(origin):
        await hashing._turn(origin)
        done.append(origin)
        hashing._pass_on()

    async def work():
        await hashing._turn("earlier")
        await go_on.wait()
        hashing._pass_on()

    async with asyncio.timeout(5), asyncio.TaskGroup() as people:
        for _ in range(AT_ONCE):
            people.create_task(work())
        await asyncio.sleep(0)
        for origin in origins:
            people.create_task(come(origin))
        await asyncio.sleep(0)
        assert done == []
        go_on.set()
    return hashing, done


async def test_the_lines_take_turns():
    hashing, done = await order_of("many", "many", "many", "one")
    assert done == ["many", "one", "many", "many"]
    assert (hashing._free, hashing._waiting) == (AT_ONCE, {})


async def test_who_gave_up_waiting_is_passed_over():
    hashing = Hashing()
    for _ in range(AT_ONCE):
        await hashing._turn("earlier")
    impatient = asyncio.create_task(hashing._turn("net"))
    patient = asyncio.create_task(hashing._turn("elsewhere"))
    await asyncio.sleep(0)
    impatient.cancel()
    await asyncio.wait([impatient])
    hashing._pass_on()
    await asyncio.wait_for(patient, 5)
    assert hashing._free == 0
    hashing._pass_on()
    hashing._pass_on()
    assert hashing._free == AT_ONCE


async def test_work_is_done_in_turn_and_its_place_is_given_back():
    hashing = Hashing()
    async with asyncio.timeout(5):
        assert await asyncio.gather(*[hashing.run("net", abs, -number) for number in range(5)]) == list(range(5))
    assert hashing._free == AT_ONCE


def test_a_password_is_the_same_however_a_keyboard_makes_it():
    assert one_form(unicodedata.normalize("NFD", "žluť")) == "žluť"
    assert one_form("a\u00a0b\u3000c") == "a b c"
    assert one_form("a\tb") == "a\tb"
