from typing import Annotated, Any
from uuid import UUID

from kit.db import Db
from kit.outside import network
from kit.policy import allowed
from kit.problems import Forbidden, NotFound, documented
from kit.routing import router
from services.clusters.directory.people.models import Person
from services.clusters.directory.people.queries import myself
from services.clusters.doors.addresses import actions, queries
from services.clusters.doors.addresses.schemas import (
    AddressChangeIn,
    AddressConfirmationIn,
    LetterAgainIn,
    MyAddressesOut,
    NewAddressIn,
)
from services.clusters.doors.factors.actions import CameLongAgo, SignedOut
from services.clusters.policy import RULES

routes = router("/v1/me/addresses", "people")
Adding = Annotated[Person, allowed(RULES, "address.add", myself)]


@routes.get("", response_model=MyAddressesOut, responses=documented(Forbidden))
async def list_addresses(person: Annotated[Person, allowed(RULES, "address.see_own", myself)], db: Db) -> Any:
    """My mail addresses, five at most, and the one that waits to be confirmed."""
    return await queries.addresses_shown(db, person.id)


@routes.post(
    "",
    status_code=202,
    responses=documented(Forbidden, SignedOut, CameLongAgo, actions.TooManyAddresses, actions.TooManyLetters),
)
async def add_address(person: Adding, new: NewAddressIn, db: Db) -> None:
    """Say that an address is mine, in the hour after I came in: a letter there asks whether it is.

    The answer is the same whether the address is somebody's or not.
    """
    await actions.add_address(db, person, new.mail, new.session, network(new.source))


@routes.post(
    "/waiting/letters",
    status_code=202,
    responses=documented(Forbidden, actions.NoAddressWaits, actions.TooManyLetters),
)
async def send_address_letter_again(person: Adding, again: LetterAgainIn, db: Db) -> None:
    """Send the letter once more; the link before works no more."""
    await actions.send_letter_again(db, person, network(again.source))


@routes.delete("/waiting", status_code=204, responses=documented(Forbidden))
async def drop_waiting_address(person: Adding, db: Db) -> None:
    """The address that waits is not to be mine."""
    await actions.drop_waiting(db, person)


@routes.post(
    "/confirmation",
    status_code=204,
    responses=documented(Forbidden, actions.AddressLinkEnded, actions.AddressTaken, actions.TooManyAddresses),
)
async def confirm_address(person: Adding, confirmed: AddressConfirmationIn, db: Db) -> None:
    """By the key of the link that was mailed there: the address is mine, and lets me in. Letters go where they went."""
    await actions.confirm_address(db, person, confirmed.key)


@routes.put(
    "/{address_id}/letters",
    status_code=204,
    responses=documented(Forbidden, NotFound, SignedOut, CameLongAgo, actions.TooManyLetters),
)
async def choose_address(
    address_id: UUID,
    person: Annotated[Person, allowed(RULES, "address.choose", myself)],
    chosen: AddressChangeIn,
    db: Db,
) -> None:
    """Letters to me go to this address from now on, as I say in the hour after I came in; a mail to the others
    says so.
    """
    await actions.choose_address(db, person, address_id, chosen.session)


@routes.post(
    "/{address_id}/removal",
    status_code=204,
    responses=documented(Forbidden, NotFound, SignedOut, CameLongAgo, actions.LastAddress, actions.LettersGoThere),
)
async def remove_address(
    address_id: UUID,
    person: Annotated[Person, allowed(RULES, "address.remove", myself)],
    removed: AddressChangeIn,
    db: Db,
) -> None:
    """Nobody comes in by it any more, as I say in the hour after I came in; mails there and to the others say so."""
    await actions.remove_address(db, person, address_id, removed.session)
