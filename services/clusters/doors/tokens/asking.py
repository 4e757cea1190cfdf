"""A request for a token as it stands on the wire (RFC 6749, 2.3.1 and 4.4.2)."""

import base64
import binascii
from typing import Annotated
from urllib.parse import parse_qsl, unquote_plus
from uuid import UUID

from fastapi import Depends, Request

from kit.routing import FORM, media_type_told
from services.clusters.doors.tokens.refusals import FormWanted, InvalidClient, InvalidRequest
from services.clusters.doors.tokens.schemas import Asked

LONGEST, MOST_FIELDS = 10_000, 50
KNOWN = ("grant_type", "client_id", "client_secret", "scope", "person_id", "session")


async def asked(request: Request) -> Asked:
    """Raises FormWanted, InvalidRequest, InvalidClient."""
    said = _fields(await _form(request))
    if "grant_type" not in said:
        raise InvalidRequest("grant_type is missing")
    client_id, secret = _credentials(request.headers.get("authorization", ""), said)
    return Asked(
        grant_type=said["grant_type"],
        client_id=client_id,
        client_secret=secret,
        scope=said.get("scope"),
        person_id=_person(said.get("person_id")),
        session=said.get("session"),
    )


WhatIsAsked = Annotated[Asked, Depends(asked)]


async def _form(request: Request) -> list[tuple[str, str]]:
    if media_type_told(request) != FORM:
        raise FormWanted
    body = await request.body()
    if len(body) > LONGEST:
        raise InvalidRequest("This is too long")
    try:
        return parse_qsl(body.decode(), keep_blank_values=True, max_num_fields=MOST_FIELDS, errors="strict")
    except ValueError as error:
        raise InvalidRequest("The form is not readable") from error


def _fields(form: list[tuple[str, str]]) -> dict[str, str]:
    """What we know of; a field without a value counts as left out."""
    said: dict[str, str] = {}
    for name, value in form:
        if "\0" in value or name in said:
            raise InvalidRequest(f"{name} is not readable, or there twice" if name in KNOWN else "")
        if name in KNOWN and value:
            said[name] = value
    return said


def _person(person_id: str | None) -> UUID | None:
    try:
        return UUID(person_id) if person_id else None
    except ValueError as error:
        raise InvalidRequest("person_id is no id") from error


def _credentials(header: str, said: dict[str, str]) -> tuple[str, str]:
    """The client's id and secret, from the header or from the form."""
    if not header:
        if "client_id" not in said or "client_secret" not in said:
            raise InvalidClient("The client does not say who it is")
        return said["client_id"], said["client_secret"]
    client_id, secret = _basic(header)
    if "client_secret" in said or said.get("client_id", client_id) != client_id:
        raise InvalidRequest("The client says twice who it is: in the form and in Authorization")
    return client_id, secret


def _basic(header: str) -> tuple[str, str]:
    scheme, _, encoded = header.partition(" ")
    try:
        decoded = base64.b64decode(encoded.strip(), validate=True).decode()
        client_id, colon, secret = decoded.partition(":")
        client_id, secret = unquote_plus(client_id, errors="strict"), unquote_plus(secret, errors="strict")
    except (binascii.Error, ValueError) as error:
        raise InvalidClient("The credentials are not readable") from error
    if scheme.lower() != "basic" or not colon or "\0" in decoded + client_id + secret:
        raise InvalidClient("The credentials are not readable")
    return client_id, secret
