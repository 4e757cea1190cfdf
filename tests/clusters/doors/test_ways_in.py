"""What has to be said to come in, and what a program hears that may not."""

import pytest
from pydantic import ValidationError

from services.clusters.directory.offices.models import OfficeKind
from services.clusters.directory.people.addresses import comparable, for_servers
from services.clusters.doors.invitations.schemas import OfficeInvitationIn
from services.clusters.doors.signing_in.schemas import SignInIn
from services.clusters.doors.tokens.refusals import InvalidScope

MAIL = {"mail": "eva@peruc.test"}


def wrong_with(kind, said):
    with pytest.raises(ValidationError) as refused:
        kind.model_validate(said)
    return [error["type"] for error in refused.value.errors()]


@pytest.mark.parametrize("said", [{"link": "a"}, MAIL | {"password": "b"}, MAIL | {"link": "a", "password": "b"}])
def test_a_link_or_an_address_with_its_password_is_a_way_in(said):
    assert SignInIn.model_validate(said).model_dump(exclude_defaults=True) == said


@pytest.mark.parametrize("said", [{}, MAIL, {"password": "b"}])
def test_half_of_it_is_none(said):
    assert wrong_with(SignInIn, said) == ["way_in_missing"]


def test_a_national_coordinator_has_a_country_and_a_programme_coordinator_none():
    somebody = {"name": "Eva", **MAIL}
    national = somebody | {"kind": OfficeKind.national_coordinator}
    programme = somebody | {"kind": OfficeKind.programme_coordinator}
    assert OfficeInvitationIn.model_validate(national | {"country": "CZ"}).country == "CZ"
    assert OfficeInvitationIn.model_validate(programme).country is None
    assert wrong_with(OfficeInvitationIn, national) == ["country_mismatch"]
    assert wrong_with(OfficeInvitationIn, programme | {"country": "CZ"}) == ["country_mismatch"]


def test_a_program_hears_in_the_words_of_oauth_why_it_gets_no_token():
    assert InvalidScope.example() == {
        "error": "invalid_scope",
        "error_description": "This client does not have these scopes",
    }
    assert InvalidScope().out().model_dump() == InvalidScope.example()
    told = InvalidScope("No such scope here").out().model_dump()
    assert told == {"error": "invalid_scope", "error_description": "No such scope here"}


def test_a_mail_address_is_compared_in_lower_case_and_in_its_own_script():
    assert comparable("Eva@XN--KOLA-F6A.cz") == "eva@škola.cz"
    assert comparable("Eva@Peruc.test") == "eva@peruc.test"
    assert for_servers("eva@škola.cz") == "eva@xn--kola-f6a.cz"
    assert for_servers("eva@Peruc.test") == "eva@Peruc.test"
