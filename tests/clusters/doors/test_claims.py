"""What a provider says of somebody is believed as far as it holds, and not a word further."""

from datetime import UTC, datetime

import pytest
from joserfc import jwt
from joserfc.errors import InvalidKeyIdError, JoseError
from joserfc.jwk import ECKey, KeySet, OctKey, OKPKey, RSAKey
from pydantic import ValidationError

from services.clusters.doors.identities.claims import (
    LONGEST_SUBJECT,
    SKEW,
    AnswerInvalid,
    believed_mail,
    claims_in,
    name_in,
    place_in,
    subject_in,
)
from services.clusters.settings import Provider, SchoolClaims

AT = datetime(2026, 11, 26, 12, tzinfo=UTC)
NOW = int(AT.timestamp())
SCHOOL = {"key": "school", "name": "School", "issuer": "https://login.school.test", "client_id": "staffroom"}
PROVIDER = Provider.model_validate(SCHOOL)
SAID = {"iss": PROVIDER.issuer, "aud": "staffroom", "sub": "eva", "iat": NOW, "exp": NOW + 300, "nonce": "n"}
KEYS = {
    "RS256": RSAKey.generate_key(2048, {"kid": "RS256"}),
    "PS512": RSAKey.generate_key(2048, {"kid": "PS512"}),
    "ES256": ECKey.generate_key("P-256", {"kid": "ES256"}),
    "EdDSA": OKPKey.generate_key("Ed25519", {"kid": "EdDSA"}),
}
ALL = KeySet(list(KEYS.values()))


def read(alg="RS256", keys=ALL, **changed):
    claims = {name: value for name, value in (SAID | changed).items() if value is not None}
    token = jwt.encode({"alg": alg, "kid": alg}, claims, KEYS[alg], algorithms=[alg])
    return claims_in(token, keys, PROVIDER, "n", "", AT)


@pytest.mark.parametrize("alg", KEYS)
def test_what_holds_is_read(alg):
    assert read(alg) == SAID


@pytest.mark.parametrize(
    "changed",
    [
        *({name: None} for name in ("iss", "aud", "sub", "iat", "exp", "nonce")),
        {"iss": PROVIDER.issuer + "/"},
        {"aud": "another"},
        {"aud": ["another"]},
        {"aud": "another", "azp": "staffroom"},
        {"aud": ["staffroom", "another"]},
        {"aud": ["staffroom", "another"], "azp": "another"},
        {"azp": "another"},
        {"nonce": "another"},
        {"exp": NOW - SKEW},
        {"iat": NOW + SKEW + 1},
        {"nbf": NOW + SKEW + 1},
    ],
)
def test_what_does_not_hold_is_refused(changed):
    with pytest.raises((JoseError, ValueError)):
        read(**changed)


@pytest.mark.parametrize(
    "changed",
    [
        {"exp": NOW - SKEW + 1},
        {"iat": NOW + SKEW},
        {"aud": ["staffroom"]},
        {"aud": ["staffroom", "b"], "azp": "staffroom"},
    ],
)
def test_clocks_differ_and_audiences_are_lists(changed):
    assert read(**changed) == SAID | changed


def test_only_a_key_of_its_own_signs():
    with pytest.raises(InvalidKeyIdError):
        read(keys=KeySet([KEYS["ES256"]]))
    forged = RSAKey.generate_key(2048, {"kid": "RS256"})
    with pytest.raises(JoseError):
        read(keys=KeySet([forged]))


def test_nothing_is_signed_with_what_both_know_or_with_nothing():
    shared = OctKey.import_key("a secret of both that is long enough", {"kid": "x"})
    token = jwt.encode({"alg": "HS256", "kid": "x"}, SAID, shared)
    with pytest.raises(JoseError):
        claims_in(token, KeySet([shared]), PROVIDER, "n", "", AT)
    for token in ("eyJhbGciOiJub25lIn0.eyJzdWIiOiJldmEifQ.", "", "a.b.c", "nonsense"):
        with pytest.raises((JoseError, ValueError)):
            claims_in(token, ALL, PROVIDER, "n", "", AT)


@pytest.mark.parametrize("subject", ["eva", "x" * LONGEST_SUBJECT, "ěščřž", "eva@school.test"])
def test_a_subject_is_any_short_text(subject):
    assert subject_in({"sub": subject}) == subject


@pytest.mark.parametrize("subject", ["", "x" * (LONGEST_SUBJECT + 1), "a\x00", "a\nb", 7, None, ["eva"]])
def test_what_names_nobody_is_refused(subject):
    with pytest.raises(AnswerInvalid):
        subject_in({"sub": subject})


MAIL = {"email": "Eva@School.test"}


@pytest.mark.parametrize(
    ("claims", "verified", "always"),
    [
        (MAIL | {"email_verified": True}, "eva@school.test", "eva@school.test"),
        (MAIL | {"email_verified": "true"}, "eva@school.test", "eva@school.test"),
        (MAIL | {"email_verified": False}, None, "eva@school.test"),
        (MAIL | {"email_verified": "false"}, None, "eva@school.test"),
        (MAIL | {"email_verified": 1}, None, "eva@school.test"),
        (MAIL, None, "eva@school.test"),
        ({"email_verified": True}, None, None),
        ({"email": "eva", "email_verified": True}, None, None),
        ({"email": ["eva@school.test"], "email_verified": True}, None, None),
    ],
)
def test_an_address_is_believed_as_the_house_trusts_its_provider(claims, verified, always):
    assert [believed_mail(claims, trust) for trust in ("verified", "always", "never")] == [verified, always, None]


BY_ID = SchoolClaims(claim="school", country="CZ", scheme="RED-IZO", staff_claim="role", staff=("teacher", "Staff"))


@pytest.mark.parametrize(
    ("claims", "numbers", "is_staff"),
    [
        ({"school": "600082733", "role": "teacher"}, ("600082733",), True),
        ({"school": ["1", "2", "1"], "role": ["learner", "TEACHER"]}, ("1", "2"), True),
        ({"school": "1", "role": "teacher@1"}, ("1",), True),
        ({"school": ["staff@1", "student@2", "@3"], "role": "staff"}, ("1",), True),
        ({"school": "1", "role": "teachers"}, ("1",), False),
        ({"school": "1"}, ("1",), False),
        ({"school": 1, "role": {"teacher": True}}, (), False),
        ({"school": ["", " ", "x" * 201, "a\x00b", None, ["1"]], "role": [" staff "]}, (), True),
        ({"school": [str(number) for number in range(99)]}, tuple(str(number) for number in range(50)), False),
        ({}, (), False),
    ],
)
def test_a_claim_names_a_school_where_somebody_is_staff(claims, numbers, is_staff):
    place = place_in(claims, BY_ID)
    assert (place.numbers, place.is_staff, place.country, place.scheme) == (numbers, is_staff, "CZ", "RED-IZO")


@pytest.mark.parametrize(
    ("roles", "schools", "is_sure"),
    [
        (["staff"], ["a.test"], True),
        (["member", "Faculty"], ["a.test"], True),
        (["staff"], ["a.test", "b.test"], False),
        (["staff", "student"], ["a.test"], False),
        (["staff@a.test"], ["A.test"], True),
        (["staff@a.test", "student@b.test"], ["a.test", "b.test"], False),
        (["staff@a.test", "student@b.test"], ["staff@a.test", "student@b.test"], True),
        (["staff@a.test", "faculty@b.test"], ["a.test", "b.test"], True),
        (["staff", "student@b.test"], ["a.test"], False),
        (["staff@a.test"], ["600012345"], True),
    ],
)
def test_staff_without_a_school_counts_for_one_school_and_nothing_beside_it(roles, schools, is_sure):
    by = SchoolClaims(claim="school", country="CZ", scheme="DOMAIN")
    assert place_in({"eduperson_affiliation": roles, "school": schools}, by).is_sure is is_sure


@pytest.mark.parametrize(
    ("claims", "name"),
    [
        ({"name": " Eva Malá "}, "Eva Malá"),
        ({"given_name": "Eva", "family_name": "Malá"}, "Eva Malá"),
        ({"name": "x" * 200}, ""),
        ({"name": ["Eva"]}, ""),
        ({}, ""),
    ],
)
def test_somebody_is_called_as_their_account_says_if_that_is_a_name(claims, name):
    assert name_in(claims) == name


@pytest.mark.parametrize(
    "wrong",
    [
        {"key": "School"},
        {"key": "../x"},
        {"name": ""},
        {"issuer": "http://login.school.test"},
        {"issuer": "login.school.test"},
        {"issuer": "https://"},
        {"scopes": "email"},
        {"mail": "sometimes"},
        {"secrets": "typed wrong"},
        {"school": {"claim": "school", "country": "Czechia", "scheme": "RED-IZO"}},
        {"school": {"claim": "school", "country": "CZ", "scheme": "RED-IZO", "staff": []}},
        {"school": {"claim": "school", "country": "CZ"}},
    ],
)
def test_a_provider_that_is_described_wrong_is_none(wrong):
    with pytest.raises(ValidationError):
        Provider.model_validate(SCHOOL | wrong)


def test_only_a_provider_inside_may_do_without_tls():
    inside = Provider.model_validate(SCHOOL | {"issuer": "http://keycloak:8080/realms/school", "inside": True})
    assert inside.may_be_at("http://keycloak:8080/token")
    assert not inside.may_be_at("ftp://keycloak/token")
    assert PROVIDER.may_be_at("https://elsewhere.test/token")
    assert not PROVIDER.may_be_at("http://login.school.test/token")
    assert not PROVIDER.may_be_at("https://[nonsense/token")
