"""Shapes on the wire that every service means alike: names, time zones, languages, addresses of the web."""

from typing import Annotated
from zoneinfo import available_timezones

from pydantic import AfterValidator, AnyHttpUrl, Field, StringConstraints, TypeAdapter, ValidationError
from pydantic_core import PydanticCustomError

ZONES = frozenset(available_timezones())
HTTP_URL = TypeAdapter(AnyHttpUrl)


def known_zone(zone: str) -> str:
    if zone not in ZONES:
        raise PydanticCustomError("zone_unknown", "not a time zone of the IANA database")
    return zone


def web_address(url: str) -> str:
    """An http or https address; accented hosts are kept as they were typed."""
    try:
        HTTP_URL.validate_python(url)
    except ValidationError as error:
        raise PydanticCustomError("link_invalid", "not a web address") from error
    return url


def web_address_or_none(url: str) -> str:
    return web_address(url) if url else url


Line = Annotated[
    str, StringConstraints(strip_whitespace=True, min_length=1, pattern=r"^[^\x00-\x1f\x7f-\x9f\u2028\u2029]*$")
]
"""A name or a title: it stands in one line everywhere, also in the head of a mail."""
Zone = Annotated[str, StringConstraints(max_length=60), AfterValidator(known_zone), Field(examples=["Europe/Prague"])]
Language = Annotated[
    str, StringConstraints(pattern=r"^[a-z]{2,3}(-[A-Za-z0-9]{2,8})*$", max_length=20), Field(examples=["cs"])
]
WebAddress = Annotated[str, StringConstraints(strip_whitespace=True, max_length=2_000), AfterValidator(web_address)]
OptionalWebAddress = Annotated[
    str, StringConstraints(strip_whitespace=True, max_length=2_000), AfterValidator(web_address_or_none)
]
