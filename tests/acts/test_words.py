"""Every fact that a service can tell is an act with words in every language, or is said to be none, with the reason."""

from importlib import import_module

import pytest

from services.roster.acts.schemas import About
from tests.house import MODULES
from web import languages
from web.pages.acts.places import OF_CLUSTER, programme_place
from web.words import acts as words
from web.words import word


def acts_of(service):
    return import_module(f"services.{service}.acts").ACTS


@pytest.mark.parametrize("service", MODULES)
def test_every_fact_is_an_act_or_is_said_to_be_none(service):
    known = acts_of(service)
    told = import_module(f"services.{service}.facts").FACTS
    assert known.shown.keys() | known.passed_over.keys() == told.keys()
    assert not known.shown.keys() & known.passed_over.keys()
    assert all(known.passed_over.values())


def test_every_act_has_words_and_no_word_is_of_none():
    shown = [kind for service in MODULES for kind in acts_of(service).shown]
    assert sorted(shown) == sorted(words.ACTS)
    assert len(set(words.ACTS.values())) == len(words.ACTS), "each says something of its own"


@pytest.mark.parametrize("language", languages.NAMES)
def test_the_words_are_of_the_readers_language(language):
    before = languages.language.set(language)
    try:
        for table in ("act", "act_about"):
            for code, english in words.TABLES[table].items():
                assert (word(table, code) == english) == (language == languages.FALLBACK), (language, code)
    finally:
        languages.language.reset(before)


def test_what_can_be_asked_for_is_what_acts_are_about():
    assert set(words.ABOUTS) == set(About) == set(programme_place().abouts)
    assert {about for service in MODULES for about in acts_of(service).shown.values()} == set(About)
    assert set(OF_CLUSTER) < set(About)
