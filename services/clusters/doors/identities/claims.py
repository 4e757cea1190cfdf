"""What a provider says of somebody, and what of it is believed."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from authlib.oidc.core import CodeIDToken
from joserfc import jwt
from joserfc.jwk import KeySet
from pydantic import TypeAdapter, ValidationError

from kit.problems import Problem
from services.clusters.directory.people.schemas import Mail, Name
from services.clusters.settings import Provider, SchoolClaims

SKEW = 120
"""Seconds by which the clocks of two houses may differ."""
ALGORITHMS = ["RS256", "RS384", "RS512", "PS256", "PS384", "PS512", "ES256", "ES384", "ES512", "EdDSA", "Ed25519"]
LONGEST_SUBJECT = 255
ANYBODY = "member"
"""What is said of everybody at a school, beside what they do there."""
MOST_VALUES, LONGEST_VALUE = 50, 200
MAIL: TypeAdapter[str] = TypeAdapter(Mail)
NAME: TypeAdapter[str] = TypeAdapter(Name)


class AnswerInvalid(Problem):
    status, title = 409, "What the provider says of you does not hold: use a mail link, and tell who runs this house"


@dataclass(frozen=True)
class Place:
    """Where an account says that somebody works, by `numbers` in a register; `is_staff`: and does not learn.

    `is_sure`: they work at each of these schools, not at one of them alone.
    """

    country: str
    scheme: str
    numbers: tuple[str, ...]
    is_staff: bool
    is_sure: bool


def claims_in(
    token: str, keys: KeySet, provider: Provider, nonce: str, access_token: str, at: datetime
) -> dict[str, Any]:
    """The claims of an ID token for this house, for this request, at this moment. Raises JoseError, ValueError."""
    read = jwt.decode(token, keys, algorithms=ALGORITHMS)
    claims = CodeIDToken(
        read.claims,
        read.header,
        {
            "iss": {"essential": True, "value": provider.issuer},
            "aud": {"essential": True, "value": provider.client_id},
        },
        {"nonce": nonce, "client_id": provider.client_id, "access_token": access_token},
    )
    claims.validate(now=int(at.timestamp()), leeway=SKEW)
    return dict(claims)


def subject_in(claims: Mapping[str, Any]) -> str:
    """Raises AnswerInvalid for what names nobody."""
    subject = claims.get("sub")
    if not isinstance(subject, str) or not 0 < len(subject) <= LONGEST_SUBJECT or not subject.isprintable():
        raise AnswerInvalid
    return subject


def believed_mail(claims: Mapping[str, Any], trust: str) -> str | None:
    """The address in these claims, in the form that is compared, if it is to be believed that it is theirs."""
    verified = claims.get("email_verified")
    says_so = verified is True or verified == "true"  # some providers send a text
    if trust == "never" or not (says_so or trust == "always"):
        return None
    try:
        return MAIL.validate_python(claims.get("email"))
    except ValidationError:
        return None


def name_in(claims: Mapping[str, Any]) -> str:
    """What they are called there; empty where it does not say."""
    whole = claims.get("name") or " ".join(values_of(claims, "given_name") + values_of(claims, "family_name"))
    try:
        return NAME.validate_python(whole)
    except ValidationError:
        return ""


def place_in(claims: Mapping[str, Any], by: SchoolClaims) -> Place:
    """A value that says what somebody is at its school counts where they are staff."""
    staff = {role.lower() for role in by.staff}
    said = [value.lower().partition("@") for value in values_of(claims, by.staff_claim)]
    works_at = {school for role, _, school in said if role in staff}
    numbers = []
    for value in values_of(claims, by.claim):
        role, is_scoped, school = value.partition("@")
        if not is_scoped:
            numbers.append(value)
        elif role.lower() in staff:
            numbers.append(school)
    does_nothing_else = all(role in {*staff, ANYBODY} for role, *_ in said)
    is_one = len(numbers) == 1 and does_nothing_else
    is_sure = is_one or all(number.lower() in works_at for number in numbers)
    return Place(by.country, by.scheme, tuple(dict.fromkeys(numbers)), bool(works_at), is_sure)


def values_of(claims: Mapping[str, Any], name: str) -> list[str]:
    """The texts of a claim that has one or a list of them; anything else says nothing."""
    said = claims.get(name)
    texts = [one.strip() for one in (said if isinstance(said, list) else [said])[:MOST_VALUES] if isinstance(one, str)]
    return [text for text in texts if 0 < len(text) <= LONGEST_VALUE and text.isprintable()]
