"""Whatever a service can answer in codes, pages say in words."""

import ast
import re
from collections import Counter

import pytest

from kit.refusals import refusals
from tests.house import MODULES
from tests.rules.source import calls, files
from web import words
from web.words import clusters, diaries, doors, events, shared

AREAS = (shared, doors, clusters, events, diaries)
# What web asks for in a way that is never refused so, or says by a page of its own.
FOR_PROGRAMS = {
    "already-member",
    "cluster-full",
    "form-wanted",
    "invalid-client",
    "invalid-grant",
    "invalid-request",
    "invalid-scope",
    "other-country",
    "second-factor-wanted",
    "second-step-wanted",
    "taken-back",
    "too-many-secrets",
    "unauthorized-client",
    "unsupported-grant-type",
}
# Rules that let programs in, and people by what they did: nobody can be asked for them.
NOBODY_TO_ASK = {
    "anyone_signed_in",
    "anyone_who_sees_it",
    "client_for_signing_in",
    "client_of_a_cluster",
    "client_of_a_cluster_with_webhooks",
    "client_of_the_cluster",
    "client_with_webhooks",
    "follower",
    "house_setting_up",
    "mentor_coordinator_of_the_client",
    "mentor_coordinator_who_invited",
    "national_coordinator_for_a_teacher_or_the_first_leader",
    "national_coordinator_in_a_top_down_cluster",
    "national_coordinator_who_invited",
    "who_works_there_in_person",
    "neighbour_service",
    "oneself",
    "operator",
    "person_signed_in",
    "programme_coordinator_for_a_teacher_or_the_first_leader",
    "who_invited",
    "whom_it_names",
}


def test_every_refusal_has_words():
    named = {kind.type().removeprefix("/problems/") for kind in refusals() if kind.__module__.startswith("services.")}
    missing = named - words.PROBLEMS.keys() - FOR_PROGRAMS
    assert not missing, "give it words in PROBLEMS of its area in web/words, or say that no page meets it"


@pytest.mark.parametrize("service", MODULES)
def test_who_could_do_it_has_a_name(service):
    rules = {rule.__name__ for row in MODULES[service][0].RULES.values() for rule in row.who}
    missing = rules - words.WHO.keys() - NOBODY_TO_ASK
    assert not missing, "give the rule its name in WHO of its area in web/words, or say that nobody can be asked"


def test_what_was_done_has_words():
    said = {
        node.value
        for file in files("web/pages")
        for call in calls(file, "done", "Flash", "acted", "answered", "conversation", "after_registration", "told")
        for node in ast.walk(call)
        if isinstance(node, ast.Constant)
        and isinstance(node.value, str)
        and re.fullmatch(r"[a-z]+(_[a-z]+)+", node.value)
    }
    names = {"event_id", "entry_id", "place_id", "cluster_id"}
    assert said - names - words.DONE.keys() == set(), "give it words in DONE of its area in web/words"


@pytest.mark.parametrize("table", ["FIELDS", "PROBLEMS", "DONE", "WHO", "TABLES"])
def test_no_code_has_words_in_two_areas(table):
    codes = Counter(code for area in AREAS for code in getattr(area, table, {}))
    assert [code for code, times in codes.items() if times > 1] == []
