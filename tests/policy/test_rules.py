"""Each rule of the tables, asked about everybody and about made-up things: it lets in those whom it means."""

from datetime import UTC, datetime
from types import SimpleNamespace as Thing
from uuid import UUID

import pytest

from services.clusters.policy import rules as clusters
from services.clusters.scopes import NOTIFY, SET_UP, SIGN_IN
from services.diaries.policy import rules as diaries
from services.events.policy import rules as events
from services.roster import rules as roster
from services.roster.standing import (
    BOTTOM_UP,
    COORDINATOR,
    HEAD,
    MENTOR,
    NATIONAL,
    PROGRAMME,
    TEACHER,
    ClusterInSight,
    Member,
    Standing,
)

HOME, ABROAD, LEADING, TAUGHT, THERE, ALONE = [UUID(int=number) for number in range(1, 7)]
PROGRAM = UUID(int=99)
OF_SCHOOL = {
    LEADING: (HOME, MENTOR),
    TAUGHT: (HOME, "mentee"),
    THERE: (ABROAD, MENTOR),
    ALONE: (None, None),
}


def works(number, school, role, **more):
    return Member(id=UUID(int=number), standings=(Standing(school, role, *OF_SCHOOL[school]),), **more)


PEOPLE = {
    "anna the mentor": works(11, LEADING, COORDINATOR),
    "adam, teacher there": works(12, LEADING, TEACHER),
    "adela, head there": works(13, LEADING, HEAD),
    "ben the coordinator": works(21, TAUGHT, COORDINATOR),
    "cara the teacher": works(22, TAUGHT, TEACHER),
    "hana the head": works(23, TAUGHT, HEAD),
    "layla the mentor abroad": works(31, THERE, COORDINATOR),
    "olga, head of a school alone": works(41, ALONE, HEAD),
    "nora of the country": Member(id=UUID(int=51), offices=((NATIONAL, "CZ"),)),
    "nadim of the country abroad": Member(id=UUID(int=52), offices=((NATIONAL, "JO"),)),
    "petra of the programme": Member(id=UUID(int=61), offices=((PROGRAMME, None),)),
}
THROUGH_PROGRAMS = {
    "anna through a program": works(11, LEADING, COORDINATOR, client=PROGRAM, bound_to=HOME),
    "ben through a program": works(21, TAUGHT, COORDINATOR, client=PROGRAM, bound_to=HOME),
    "cara through a program": works(22, TAUGHT, TEACHER, client=PROGRAM, bound_to=HOME),
    "cara through a program abroad": Member(id=UUID(int=22), client=PROGRAM, bound_to=ABROAD),
}
PROGRAMS = {
    "a program": Member(client=PROGRAM, bound_to=HOME),
    "a program with webhooks": Member(client=PROGRAM, bound_to=HOME, scopes=frozenset([roster.WEBHOOKS])),
    "a program abroad": Member(client=PROGRAM, bound_to=ABROAD),
} | {
    f"the house for {scope}": Member(client=PROGRAM, scopes=frozenset([scope]))
    for scope in (SET_UP, NOTIFY, SIGN_IN, roster.FOLLOW, roster.WEBHOOKS, roster.OPERATE)
}
GROUPS = {"group at home": Member(id=HOME), "group abroad": Member(id=ABROAD)}
EVERYBODY = PEOPLE | THROUGH_PROGRAMS | PROGRAMS | GROUPS | {"a guest": Member()}
IN_PERSON = {*PEOPLE, *GROUPS}

AT_HOME = {"country": "CZ", "approach": "top_down", "id": HOME, "cluster": ClusterInSight(HOME, "CZ", "top_down")}
FREELY = {"country": "JO", "approach": BOTTOM_UP, "id": ABROAD, "cluster": ClusterInSight(ABROAD, "JO", BOTTOM_UP)}
NOTHING = Thing()
OF_HOME, OF_ABROAD = Thing(**AT_HOME), Thing(**FREELY)
SCHOOL, NO_SCHOOL = Thing(school_id=TAUGHT), Thing(school_id=None)
FOR_TEACHER = {"role": TEACHER, "cluster_ids": [ABROAD, HOME], "country": "CZ", "school_id": TAUGHT}
TO_TEACH = Thing(**FOR_TEACHER, is_led=True)
TO_LEAD, TO_LEAD_FIRST = [Thing(**FOR_TEACHER | {"role": COORDINATOR}, is_led=is_led) for is_led in (True, False)]
NOWHERE = Thing(**FOR_TEACHER | {"cluster_ids": []})


def invitation(who=22, by=11, confirmed=datetime(2026, 1, 1, tzinfo=UTC), **more):
    asked = Thing(person_id=UUID(int=who), invited_by=UUID(int=by), confirmed_at=confirmed)
    return Thing(**FOR_TEACHER | more, invitation=asked)


def asked_for(by=22, is_shared=True, climbed=False):
    climbed_at = datetime(2026, 1, 1, tzinfo=UTC) if climbed else None
    return Thing(**AT_HOME, asked_by=UUID(int=by), is_shared=is_shared, climbed_at=climbed_at)


def event(organiser=11, school=LEADING, **registered):
    return Thing(event=Thing(organiser_id=UUID(int=organiser), organiser_school_id=school), **registered)


def entry(school=TAUGHT):
    at = {"author_id": UUID(int=22), "school_id": school}
    return Thing(**AT_HOME, entry=Thing(**at), comment=Thing(author_id=UUID(int=21)))


def who(rule, thing):
    return {name for name, member in EVERYBODY.items() if rule(member, thing)}


def called(first):
    """Somebody, in person and through whatever program."""
    return {name for name in EVERYBODY if name.split()[0] == first}


ANNA, BEN, CARA, HANA, LAYLA = (
    {"anna the mentor"},
    {"ben the coordinator"},
    {"cara the teacher"},
    {"hana the head"},
    {"layla the mentor abroad"},
)
NORA, NADIM, PETRA = {"nora of the country"}, {"nadim of the country abroad"}, {"petra of the programme"}
MENTORS, BENS, CARAS = called("anna"), called("ben"), called("cara")
CARAS_AT_HOME = CARAS - {"cara through a program abroad"}
ALL_AT_HOME = MENTORS | BENS | CARAS_AT_HOME | HANA | {"adam, teacher there", "adela, head there"}
WITH_WEBHOOKS = {"a program with webhooks"}
OWN = {"a program"} | WITH_WEBHOOKS

ROSTER = [
    (roster.member, OF_HOME, ALL_AT_HOME),
    (roster.member, OF_ABROAD, LAYLA),
    (roster.member_of_bottom_up_cluster, OF_HOME, set()),
    (roster.member_of_bottom_up_cluster, OF_ABROAD, LAYLA),
    (roster.coordinator, OF_HOME, MENTORS | BENS),
    (roster.mentor_coordinator, OF_HOME, MENTORS),
    (roster.mentor_coordinator, OF_ABROAD, LAYLA),
    (roster.national_coordinator, OF_HOME, NORA),
    (roster.national_coordinator, OF_ABROAD, NADIM),
    (roster.national_coordinator_of_the_country, Thing(country="CZ"), NORA),
    (roster.leader_of_the_school, Thing(school_id=TAUGHT), BEN | HANA),
    (roster.client_of_the_cluster, OF_HOME, OWN),
    (roster.client_of_the_cluster, OF_ABROAD, {"a program abroad"}),
    (roster.programme_coordinator, NOTHING, PETRA),
    (roster.person_signed_in, NOTHING, {*IN_PERSON, *THROUGH_PROGRAMS}),
    (roster.person_themselves, NOTHING, IN_PERSON),
    (roster.client_of_a_cluster, NOTHING, OWN | {"a program abroad"}),
    (roster.follower, NOTHING, {"the house for follow"}),
    (roster.client_with_webhooks, NOTHING, WITH_WEBHOOKS | {"the house for webhooks"}),
    (roster.client_of_a_cluster_with_webhooks, NOTHING, WITH_WEBHOOKS),
    (roster.operator, NOTHING, {"the house for operate"}),
]
CLUSTERS = [
    (clusters.anyone_signed_in, NOTHING, {*EVERYBODY} - {"a guest"}),
    (clusters.oneself, NOTHING, IN_PERSON),
    (clusters.mentor_coordinator_in_person, OF_HOME, ANNA),
    (clusters.mentor_coordinator_in_person, OF_ABROAD, LAYLA),
    (clusters.mentor_coordinator_in_a_bottom_up_cluster, OF_HOME, set()),
    (clusters.mentor_coordinator_in_a_bottom_up_cluster, OF_ABROAD, LAYLA),
    (clusters.leader_of_the_school_in_person, SCHOOL, BEN | HANA),
    (clusters.leader_of_the_school_in_person, NO_SCHOOL, set()),
    (clusters.leader_of_the_school_in_a_bottom_up_cluster, Thing(**AT_HOME, school_id=TAUGHT), set()),
    (clusters.leader_of_the_school_in_a_bottom_up_cluster, Thing(**FREELY, school_id=TAUGHT), BEN | HANA),
    (clusters.who_works_there_in_person, Thing(school_id=TAUGHT, person_id=UUID(int=22)), CARA),
    (clusters.who_works_there_in_person, Thing(school_id=TAUGHT, person_id=None), set()),
    (clusters.mentor_coordinator_for_a_teacher, TO_TEACH, ANNA | LAYLA),
    (clusters.mentor_coordinator_for_a_teacher, TO_LEAD_FIRST, set()),
    (clusters.mentor_coordinator_for_a_teacher, NOWHERE, set()),
    (clusters.national_coordinator_for_a_teacher_or_the_first_leader, TO_TEACH, NORA),
    (clusters.national_coordinator_for_a_teacher_or_the_first_leader, TO_LEAD_FIRST, NORA),
    (clusters.national_coordinator_for_a_teacher_or_the_first_leader, TO_LEAD, set()),
    (clusters.programme_coordinator_for_a_teacher_or_the_first_leader, TO_TEACH, PETRA),
    (clusters.programme_coordinator_for_a_teacher_or_the_first_leader, TO_LEAD_FIRST, PETRA),
    (clusters.programme_coordinator_for_a_teacher_or_the_first_leader, TO_LEAD, set()),
    (clusters.whom_it_names, invitation(), CARA),
    (clusters.whom_it_names, invitation(confirmed=None), set()),
    (clusters.who_invited, invitation(), ANNA),
    (clusters.mentor_coordinator_who_invited, invitation(), ANNA),
    (clusters.mentor_coordinator_who_invited, invitation(cluster_ids=[]), set()),
    (clusters.mentor_coordinator_who_invited, invitation(by=51), set()),
    (clusters.mentor_coordinator_who_invited, invitation(by=22), set()),
    (clusters.national_coordinator_who_invited, invitation(), set()),
    (clusters.national_coordinator_who_invited, invitation(by=51), NORA),
    (clusters.mentor_coordinator_of_the_client, Thing(cluster_id=HOME), ANNA),
    (clusters.mentor_coordinator_of_the_client, Thing(cluster_id=None), set()),
    (clusters.member_in_person, OF_HOME, ALL_AT_HOME & {*PEOPLE}),
    (clusters.member_in_person, OF_ABROAD, LAYLA),
    (clusters.member_of_a_bottom_up_cluster_in_person, OF_HOME, set()),
    (clusters.member_of_a_bottom_up_cluster_in_person, OF_ABROAD, LAYLA),
    (clusters.group_of_a_bottom_up_cluster, OF_HOME, set()),
    (clusters.group_of_a_bottom_up_cluster, OF_ABROAD, {"group abroad"}),
    (clusters.who_proposed_it, Thing(**AT_HOME, proposed_by=UUID(int=22)), CARA),
    (clusters.who_proposed_it, Thing(**FREELY, proposed_by=UUID(int=22)), set()),
    (clusters.coordinator_of_the_cluster_in_person, OF_HOME, ANNA | BEN),
    (clusters.coordinator_of_the_cluster_in_person, OF_ABROAD, LAYLA),
    (clusters.mentor_coordinator_in_a_top_down_cluster, OF_HOME, ANNA),
    (clusters.mentor_coordinator_in_a_top_down_cluster, OF_ABROAD, set()),
    (clusters.national_coordinator_for_a_plan_of_others, Thing(**AT_HOME, handed_in_by=UUID(int=11)), NORA),
    (clusters.national_coordinator_for_a_plan_of_others, Thing(**AT_HOME, handed_in_by=UUID(int=51)), set()),
    (clusters.programme_coordinator_for_a_plan_of_others, Thing(**AT_HOME, handed_in_by=UUID(int=11)), PETRA),
    (clusters.programme_coordinator_for_a_plan_of_others, Thing(**AT_HOME, handed_in_by=UUID(int=61)), set()),
    (clusters.programme_coordinator_for_a_plan_of_others, Thing(**FREELY, handed_in_by=UUID(int=11)), set()),
    (clusters.who_asked_for_it, asked_for(), CARA),
    (clusters.who_asked_for_it, asked_for(by=51), NORA),
    (clusters.coordinator_with_whom_it_is_shared, asked_for(), ANNA | BEN),
    (clusters.coordinator_with_whom_it_is_shared, asked_for(is_shared=False), set()),
    (clusters.programme_coordinator_once_it_has_climbed, asked_for(), set()),
    (clusters.programme_coordinator_once_it_has_climbed, asked_for(climbed=True), PETRA),
    (clusters.coordinator_of_the_cluster, OF_HOME, MENTORS | BENS),
    (clusters.national_coordinator, OF_HOME, NORA),
    (clusters.national_coordinator, Thing(country=None), set()),
    (clusters.national_coordinator_in_a_top_down_cluster, OF_HOME, NORA),
    (clusters.national_coordinator_in_a_top_down_cluster, OF_ABROAD, set()),
    (clusters.holder_of_an_office, NOTHING, NORA | NADIM | PETRA),
    (
        clusters.leader_of_some_school_in_person,
        NOTHING,
        ANNA | BEN | HANA | LAYLA | {"adela, head there", "olga, head of a school alone"},
    ),
    (clusters.house_setting_up, NOTHING, {"the house for set_up"}),
    (clusters.neighbour_service, NOTHING, {"the house for notify"}),
    (clusters.client_for_signing_in, NOTHING, {"the house for sign_in"}),
]
EVENTS = [
    (events.organiser, event(), MENTORS),
    (events.coordinator_of_organising_school, event(school=TAUGHT), BENS | HANA),
    (events.coordinator_of_organising_school, event(school=None), set()),
    (events.oneself, event(person_id=UUID(int=22)), CARAS),
    (events.oneself, event(person_id=None), set()),
    (events.coordinator_of_their_school, event(school_id=TAUGHT), BENS | HANA),
    (events.coordinator_of_their_school, event(school_id=None), set()),
]
DIARIES = [
    (diaries.anyone_who_sees_it, NOTHING, {*EVERYBODY}),
    (diaries.author, entry(), CARAS_AT_HOME),
    (diaries.author_who_is_a_member, entry(), CARAS_AT_HOME),
    (diaries.author_who_is_a_member, Thing(**FREELY, entry=Thing(author_id=UUID(int=22))), set()),
    (diaries.coordinator_of_the_authors_school, entry(), BENS | HANA),
    (diaries.coordinator_of_the_authors_school, entry(school=None), set()),
    (diaries.writer, entry(), BENS),
    (diaries.whose_it_is, Thing(person_id=UUID(int=22)), CARAS & {*PEOPLE}),
    (diaries.whose_it_is, Thing(person_id=None), set()),
]


@pytest.mark.parametrize(("rule", "thing", "meant"), [*ROSTER, *CLUSTERS, *EVENTS, *DIARIES])
def test_a_rule_lets_in_those_whom_it_means(rule, thing, meant):
    assert who(rule, thing) == meant


def test_a_thing_of_nobody_is_not_a_guests():
    """Neither has an id, and they are not the same one for that."""
    nobodys = Thing(**AT_HOME, entry=Thing(author_id=None), comment=Thing(author_id=None))
    assert who(diaries.author, nobodys) == who(diaries.writer, nobodys) == set()
    assert who(events.organiser, Thing(event=Thing(organiser_id=None))) == set()
    assert who(clusters.who_invited, Thing(invitation=Thing(invited_by=None))) == set()
    unclaimed = Thing(person_id=None, confirmed_at=datetime(2026, 1, 1, tzinfo=UTC))
    assert who(clusters.whom_it_names, Thing(invitation=unclaimed)) == set()


@pytest.mark.parametrize("module", [roster, clusters, events, diaries], ids=lambda module: module.__name__)
def test_every_rule_is_asked(module):
    rules = {name for name, rule in vars(module).items() if getattr(rule, "__module__", "") == module.__name__}
    asked = {
        rule.__name__ for rule, _, _ in (*ROSTER, *CLUSTERS, *EVENTS, *DIARIES) if rule.__module__ == module.__name__
    }
    assert {name for name in rules if name.islower()} == asked


@pytest.mark.parametrize("module", [roster, clusters, events, diaries], ids=lambda module: module.__name__)
def test_a_rule_of_an_office_says_of_which(module):
    """What is done by it is told as an act of that office: such a rule is called after it."""
    rules = {name: rule for name, rule in vars(module).items() if getattr(rule, "__module__", "") == module.__name__}
    for name, rule in rules.items():
        named = next((office for office in (NATIONAL, PROGRAMME) if name.startswith(office)), None)
        assert getattr(rule, "office", None) == named, name
