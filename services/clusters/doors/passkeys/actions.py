import secrets
from typing import Any
from uuid import UUID

from pydantic_core import from_json
from sqlmodel import col, delete
from sqlmodel.ext.asyncio.session import AsyncSession
from webauthn import generate_authentication_options, generate_registration_options, options_to_json
from webauthn.helpers import base64url_to_bytes, bytes_to_base64url
from webauthn.helpers.structs import (
    AuthenticatorSelectionCriteria,
    PublicKeyCredentialDescriptor,
    ResidentKeyRequirement,
    UserVerificationRequirement,
)

from kit.clock import real_now
from kit.db import Database
from kit.locking import lock, lock_if_there
from kit.problems import NotFound, Problem, Unauthenticated
from services.clusters.directory.people.models import Person
from services.clusters.directory.people.queries import addresses_of
from services.clusters.doors.factors.actions import require_just_come
from services.clusters.doors.passkeys import queries
from services.clusters.doors.passkeys.answers import PasskeyInvalid, RelyingParty, challenge_in, made, signed
from services.clusters.doors.passkeys.models import CHALLENGE_LASTS, PasskeyChallenge
from services.clusters.doors.passkeys.schemas import NewPasskeyIn, PasskeyAnswerIn
from services.clusters.doors.sessions.actions import begin_session, end_sessions_of_passkey
from services.clusters.doors.sessions.models import Door, Passkey
from services.clusters.doors.tries.actions import Origin
from services.clusters.doors.tries.models import digest
from services.clusters.doors.tries.queries import lock_tries
from services.clusters.post.kinds.kinds import WayInChanged
from services.clusters.post.notices.actions import mail_to

MOST_PASSKEYS = 20
# Of a large school behind one address: of those who pressed a button, of pages that offer it in a list; and in all.
MOST_OPEN_HERE, MOST_OFFERED_HERE, MOST_OPEN = 60, 300, 100_000
MILLISECONDS = int(CHALLENGE_LASTS.total_seconds() * 1000)
VERIFIED = UserVerificationRequirement.REQUIRED


class PasskeyUnexpected(Problem):
    status, title = 410, "This was used already, or took too long: begin again"


class PasskeyUnknown(Problem):
    status, title = 409, "This passkey lets nobody in here: use another way in"


class PasskeyKnown(Problem):
    status, title = 409, "This passkey lets somebody in here already"


class TooManyPasskeys(Problem):
    status, title = 409, "Twenty passkeys are enough: remove one first"


async def ask_to_sign(
    database: Database, party: RelyingParty, origin: Origin, *, offered: bool = False
) -> dict[str, Any]:
    """What a device is asked, to let somebody in: whoever it knows.

    `offered` in a list, for as long as the page is open: nobody who pressed a button makes room for that.
    """
    async with database.transaction() as db:
        if offered:
            challenge = await _challenge(db, f"offered {origin.key}", None, MOST_OFFERED_HERE)
        else:
            challenge = await _challenge(db, origin.key, None, MOST_OPEN_HERE)
    options = generate_authentication_options(
        rp_id=party.domain, challenge=challenge, timeout=MILLISECONDS, user_verification=VERIFIED
    )
    return _written(options_to_json(options))


async def ask_to_make(database: Database, party: RelyingParty, person_id: UUID, session: str) -> dict[str, Any]:
    """What a device is asked, to make a passkey for this person, who came in just now by this session.

    Raises SignedOut, CameLongAgo, TooManyPasskeys.
    """
    async with database.transaction() as db:
        await require_just_come(db, session, person_id)
        name = (await db.get_one(Person, person_id)).name
        known = [passkey.credential_id for passkey in await queries.passkeys_of(db, person_id)]
        if len(known) >= MOST_PASSKEYS:
            raise TooManyPasskeys
        mail, *_ = [*await addresses_of(db, person_id), name]
        challenge = await _challenge(db, f"person {person_id}", person_id, MOST_OPEN_HERE)
    options = generate_registration_options(
        rp_id=party.domain,
        rp_name="Staffroom",
        user_id=person_id.bytes,
        user_name=mail,
        user_display_name=name,
        challenge=challenge,
        timeout=MILLISECONDS,
        authenticator_selection=AuthenticatorSelectionCriteria(
            resident_key=ResidentKeyRequirement.REQUIRED, user_verification=VERIFIED
        ),
        exclude_credentials=[PublicKeyCredentialDescriptor(id=credential_id) for credential_id in known],
    )
    return _written(options_to_json(options))


async def _challenge(db: AsyncSession, origin: str, person_id: UUID | None, most: int) -> bytes:
    """A new one: so many are open of one network, so many in all, and the oldest make room.

    Nobody is refused, whatever others ask for behind the same address.
    """
    challenge, asked_from = secrets.token_bytes(32), digest(origin)
    # Locked, so that those of one network that come at once are counted to the last.
    await lock_tries(db, f"challenges for {origin}")
    here = col(PasskeyChallenge.from_digest) == asked_from
    await db.exec(delete(PasskeyChallenge).where(here, col(PasskeyChallenge.ends_at) < real_now()))
    known_as = digest(bytes_to_base64url(challenge))
    db.add(PasskeyChallenge(challenge_digest=known_as, from_digest=asked_from, person_id=person_id))
    await db.flush()
    await queries.make_room(db, most, asked_from)
    await queries.make_room(db, MOST_OPEN)
    return challenge


def _written(options: str) -> dict[str, Any]:
    written: dict[str, Any] = from_json(options)
    return written


async def sign_in_by_passkey(
    database: Database, party: RelyingParty, answer: PasskeyAnswerIn, agent: str = ""
) -> tuple[str, Person]:
    """(the new session's secret, its person). Nobody guesses a signature: those that are wrong are not counted.

    Raises PasskeyUnexpected, PasskeyUnknown, PasskeyInvalid.
    """
    challenge = await _taken(database, answer.response.client_data, None)
    async with database.transaction() as db:
        known = await queries.passkey_by_credential(db, _bytes(answer.raw_id))
    if known is None:
        raise PasskeyUnknown
    if answer.response.user_handle not in (None, bytes_to_base64url(known.person_id.bytes)):
        raise PasskeyInvalid
    count = signed(answer, party, challenge, known.public_key, known.sign_count)
    async with database.transaction() as db:
        held = await queries.hold_passkey(db, known.id)
        if held is None:
            raise PasskeyUnknown
        passkey, person = held
        # Of two copies of a key that sign at once, the second finds that the count went on.
        if passkey.sign_count != known.sign_count:
            raise PasskeyInvalid
        passkey.sign_count, passkey.used_at = count, real_now()
        return begin_session(db, person, agent=agent, door=Door.passkey, passkey_id=passkey.id), person


async def add_passkey(
    database: Database, party: RelyingParty, person_id: UUID, name: str, answer: NewPasskeyIn
) -> Passkey:
    """It lets them in from now on. Raises PasskeyUnexpected, PasskeyInvalid, PasskeyKnown, TooManyPasskeys."""
    challenge = await _taken(database, answer.response.client_data, person_id)
    key = made(answer, party, challenge)
    async with database.transaction() as db:
        # Locked, so that they are counted one after the other.
        if (await lock(db, Person, person_id)).left_at:
            raise Unauthenticated
        if len(await queries.passkeys_of(db, person_id)) >= MOST_PASSKEYS:
            raise TooManyPasskeys
        if await queries.passkey_by_credential(db, key.credential_id):
            raise PasskeyKnown
        passkey = Passkey(person_id=person_id, name=name, **vars(key))
        db.add(passkey)
        await mail_to(db, person_id, WayInChanged(what="passkey_added", passkey=name), "/profile#passkeys")
    return passkey


async def remove_passkey(db: AsyncSession, person_id: UUID, passkey_id: UUID) -> None:
    """It lets nobody in any more, and who came in with it is signed out. Raises NotFound."""
    passkey = await lock_if_there(db, Passkey, passkey_id)
    if passkey is None or passkey.person_id != person_id:
        raise NotFound
    await end_sessions_of_passkey(db, person_id, passkey_id)
    await db.delete(passkey)
    await mail_to(db, person_id, WayInChanged(what="passkey_removed", passkey=passkey.name), "/profile#passkeys")


async def forget_passkeys(db: AsyncSession, person_id: UUID) -> bool:
    """None lets this person in any more; whether there were any."""
    theirs = delete(Passkey).where(col(Passkey.person_id) == person_id)
    return bool((await db.exec(theirs)).rowcount)


async def _taken(database: Database, client_data: str, person_id: UUID | None) -> str:
    """The challenge that was signed; it is used up whether the answer is right or not."""
    challenge = challenge_in(client_data)
    async with database.transaction() as db:
        asked = await queries.take_challenge(db, challenge)
    if asked is None or asked.ends_at < real_now() or asked.person_id != person_id:
        raise PasskeyUnexpected
    return challenge


def _bytes(text: str) -> bytes:
    try:
        return base64url_to_bytes(text)
    except ValueError as error:
        raise PasskeyInvalid from error
