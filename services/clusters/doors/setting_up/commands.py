"""What whoever runs the house does beside it, on its database."""

from collections.abc import Awaitable, Callable
from typing import TypeVar

from sqlmodel.ext.asyncio.session import AsyncSession

from kit.db import open_database
from services.clusters.doors.factors.actions import lift_factor
from services.clusters.doors.setting_up import actions
from services.clusters.doors.setting_up.schemas import CoordinatorAskedOut, HouseIn

T = TypeVar("T")


async def new_setup_link(database_url: str) -> str:
    """The path of a new set-up link. Raises Coordinated."""
    return await _done(database_url, actions.make_setup_link)


async def begin(database_url: str, house: HouseIn) -> CoordinatorAskedOut:
    """What the link leads to, without it. Raises Coordinated, SentAlready."""
    return await _done(database_url, lambda db: actions.begin(db, house))


async def way_back_in(database_url: str, mail: str) -> str:
    """The path that signs a programme coordinator in. Raises NotCoordinator."""
    return await _done(database_url, lambda db: actions.way_back_in(db, mail))


async def unlock(database_url: str, mail: str) -> None:
    """Sign somebody in without their second step from now on. Raises NobodyHasIt."""
    await _done(database_url, lambda db: lift_factor(db, mail))


async def _done(database_url: str, verb: Callable[[AsyncSession], Awaitable[T]]) -> T:
    async with open_database(database_url, pool_size=1) as database, database.transaction() as db:
        return await verb(db)
