"""What a device says, held against what this house asked it: pure, without a database."""

from dataclasses import dataclass
from urllib.parse import urlsplit

from pydantic import BaseModel, Field
from webauthn import verify_authentication_response, verify_registration_response
from webauthn.helpers import base64url_to_bytes
from webauthn.helpers.exceptions import WebAuthnException

from kit.problems import Problem
from services.clusters.doors.passkeys.schemas import NewPasskeyIn, PasskeyAnswerIn


class PasskeyInvalid(Problem):
    status, title = 409, "What this passkey says does not hold: use another way in"


class ClientData(BaseModel):
    """Of what a browser adds to the challenge, the challenge."""

    challenge: str = Field(min_length=1, max_length=200, pattern="^[A-Za-z0-9_-]+$")


@dataclass(frozen=True)
class RelyingParty:
    """For whom a passkey is: the domain of the house, and the one address of it that browsers may name."""

    domain: str
    origin: str

    @classmethod
    def at(cls, public_url: str) -> "RelyingParty":
        parts = urlsplit(public_url)
        return cls(parts.hostname or "", f"{parts.scheme}://{parts.netloc}")


@dataclass(frozen=True)
class NewKey:
    """A key pair that a device made, by its public half."""

    credential_id: bytes
    public_key: bytes
    sign_count: int


def challenge_in(client_data: str) -> str:
    """What the device says that it was asked. Raises PasskeyInvalid."""
    try:
        return ClientData.model_validate_json(base64url_to_bytes(client_data)).challenge
    except ValueError as error:
        raise PasskeyInvalid from error


def signed(answer: PasskeyAnswerIn, party: RelyingParty, challenge: str, public_key: bytes, sign_count: int) -> int:
    """How often the key has signed by now. Raises PasskeyInvalid, also when that is not more than before."""
    try:
        return verify_authentication_response(
            credential=answer.model_dump(by_alias=True),
            expected_challenge=base64url_to_bytes(challenge),
            expected_rp_id=party.domain,
            expected_origin=party.origin,
            credential_public_key=public_key,
            credential_current_sign_count=sign_count,
            require_user_verification=True,
        ).new_sign_count
    except (WebAuthnException, ValueError) as error:
        raise PasskeyInvalid from error


def made(answer: NewPasskeyIn, party: RelyingParty, challenge: str) -> NewKey:
    """The key that was made. Raises PasskeyInvalid."""
    try:
        key = verify_registration_response(
            credential=answer.model_dump(by_alias=True),
            expected_challenge=base64url_to_bytes(challenge),
            expected_rp_id=party.domain,
            expected_origin=party.origin,
            require_user_verification=True,
        )
    # What it reads CBOR and certificates with raises whatever it likes on bytes that are neither.
    except Exception as error:
        raise PasskeyInvalid from error
    return NewKey(key.credential_id, key.credential_public_key, key.sign_count)
