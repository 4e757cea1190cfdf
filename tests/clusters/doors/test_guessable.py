"""A password that others would guess is none: said at its field, and nothing changes. One that is taken is told."""

import pytest

from services.clusters.doors.passwords.strength import LOOKED_AT, is_guessable
from tests.clusters.doors.test_invitations import mails_to
from tests.people import told, wrong_fields

EVA = "Eva Nováková", "eva.novakova@skola-louny.example"


@pytest.mark.parametrize(
    "password",
    [
        "password12",
        "1234567890",
        "qwertyuiop",
        "aaaaaaaaaaaa",
        "evanovakova",
        "NovákováEva",
        "staffroom1",
        "iloveyou12",
        "evanovakova2026",
        "louny2026eva",
    ],
)
def test_what_everybody_tries_first_is_guessable(password):
    assert is_guessable(password, *EVA)


@pytest.mark.parametrize(
    "password",
    [
        "tri hrušky na stole",
        "كلمة سر طويلة جدا",
        "correct horse",
        "x9$Tq!m2Lp",
        "משפט ארוך עם רווחים",
        "w" + "ž9k" * 66,
        "eva tri hrušky na stole",
    ],
)
def test_what_nobody_would_think_of_is_not(password):
    assert not is_guessable(password, *EVA)


def test_what_is_behind_the_part_that_is_looked_at_makes_it_no_worse():
    strong = "four words that do not belong: chalk, tide, ladder, prune"
    assert not is_guessable(strong + "1" * (200 - len(strong)))
    assert is_guessable("1" * LOOKED_AT + strong)


async def test_it_is_refused_at_its_field_and_the_old_one_stays(cluster):
    old, new = "chalk and cheese", "qwertyuiop"
    told(await cluster.dan.clusters.put("/v1/me/password", json={"password": old}), 204)
    refused = await cluster.dan.clusters.put("/v1/me/password", json={"password": new, "old_password": old})
    assert wrong_fields(refused) == {"/password": "password_guessable"}
    told(await cluster.dan.clusters.put("/v1/me/password", json={"password": old + "!", "old_password": old}), 204)


async def test_who_has_a_new_password_is_told_by_mail(house, cluster):
    before = len(await mails_to(house, cluster.addresses["cara"]))
    told(await cluster.cara.clusters.put("/v1/me/password", json={"password": "correct horse"}), 204)
    refused = {"password": "stolen horse", "old_password": "a guess"}
    assert (await cluster.cara.clusters.put("/v1/me/password", json=refused)).status_code == 422
    (letter,) = (await mails_to(house, cluster.addresses["cara"]))[before:]
    assert "a new password lets you" in letter["subject"].lower()
    assert "/profile#set-password" in letter["text"]
