"""How a round ends, for any people of any schools, whatever they say."""

from collections import Counter
from dataclasses import replace
from fractions import Fraction
from itertools import combinations, product
from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st

from services.clusters.deciding.counting.outcomes import Why, outcome_of
from services.clusters.deciding.decision_rules.models import Counted, Process, Says
from services.clusters.deciding.decision_rules.processes import DOTS, PROCESSES, Said

OPTIONS = 3
PEOPLE, SCHOOLS = [UUID(int=each) for each in range(1, 10)], [UUID(int=each) for each in range(101, 105)]
WORDS = {process: words.says for process, words in PROCESSES.items()}
DOTTED = st.sampled_from([dots for dots in product(range(DOTS + 1), repeat=OPTIONS) if 1 <= sum(dots) <= DOTS])
AT = st.sampled_from([frozenset(some) for many in (1, 2) for some in combinations(SCHOOLS, many)])
MEMBERS = st.fixed_dictionaries({}, optional=dict.fromkeys(PEOPLE, AT))
NEEDS = st.booleans()
PROCESS, COUNTED = st.sampled_from(Process), st.sampled_from(Counted)


def said_in(process):
    """Whatever can be said in a round of it."""
    plain = st.sampled_from([Said(says) for says in WORDS[process] if says != Says.dots])
    return plain | DOTTED.map(lambda dots: Said(Says.dots, dots)) if process == Process.dots else plain


def voices_in(process):
    """Of people who may belong to the cluster, and may not, or have left."""
    return st.fixed_dictionaries({}, optional=dict.fromkeys(PEOPLE, said_in(process)))


ROUNDS = PROCESS.flatmap(lambda process: st.tuples(st.just(process), MEMBERS, voices_in(process)))
DOTS_ROUNDS = st.tuples(MEMBERS, voices_in(Process.dots))


def ended(process, members, voices, counted=Counted.person, needs_each_school=False):
    return outcome_of(process, counted, needs_each_school, OPTIONS, members, voices)


def heard(members, voices):
    return {person: said for person, said in voices.items() if person in members}


def how_many(members, voices):
    return Counter(said.says for said in heard(members, voices).values())


def yes_over_no(counts):
    return counts[Says.yes] - counts[Says.no] - counts[Says.concern]


def done_over_others(counts):
    return counts[Says.done] - counts[Says.holds] - counts[Says.change]


def at_school(school, members):
    return {person: schools for person, schools in members.items() if school in schools}


def silent(members, voices):
    """The schools of which nobody has spoken."""
    return {each for each in SCHOOLS if at_school(each, members) and not heard(at_school(each, members), voices)}


@given(ROUNDS, COUNTED, NEEDS)
def test_the_voice_of_who_does_not_belong_counts_for_nothing(round_, counted, needs):
    process, members, voices = round_
    assert ended(process, members, voices, counted, needs) == ended(
        process, members, heard(members, voices), counted, needs
    )


@given(ROUNDS, COUNTED, NEEDS, st.randoms())
def test_the_order_in_which_people_speak_does_not_matter(round_, counted, needs, random):
    process, members, voices = round_
    mixed = [random.sample(list(each.items()), len(each)) for each in (members, voices)]
    assert ended(process, members, voices, counted, needs) == ended(process, *map(dict, mixed), counted, needs)


@given(ROUNDS, COUNTED, NEEDS)
def test_what_was_said_is_told_as_people_said_it(round_, counted, needs):
    process, members, voices = round_
    outcome = ended(process, members, voices, counted, needs)
    assert outcome.counts == how_many(members, voices)
    assert (outcome.people, outcome.spoke) == (len(members), len(heard(members, voices)))
    assert outcome.schools_missing == len(silent(members, voices))
    assert outcome.decided == (outcome.why is None)


@given(ROUNDS, COUNTED)
def test_each_school_is_waited_for_where_the_rule_says_so_and_nowhere_else(round_, counted):
    process, members, voices = round_
    waiting, not_waiting = [ended(process, members, voices, counted, needs) for needs in (True, False)]
    if PROCESSES[process].decides and heard(members, voices) and silent(members, voices):
        assert waiting.why == Why.schools_missing
        assert waiting.chosen is None
    elif process == Process.still_holds and silent(members, voices):
        assert waiting == replace(not_waiting, decided=True, why=None)
    else:
        assert waiting == not_waiting
    assert not_waiting.why != Why.schools_missing


@given(PROCESS, MEMBERS, COUNTED, NEEDS)
def test_where_nobody_speaks_nothing_is_decided_and_what_was_decided_still_holds(process, members, counted, needs):
    outcome = ended(process, members, {}, counted, needs)
    assert outcome.why == (Why.nobody if PROCESSES[process].decides else None)


@given(MEMBERS, voices_in(Process.consent), COUNTED, NEEDS)
def test_consent_is_a_yes_and_no_open_concern(members, voices, counted, needs):
    outcome, counts = ended(Process.consent, members, voices, counted, needs), how_many(members, voices)
    if counts[Says.concern]:
        assert outcome.why in (Why.concerns, Why.schools_missing)
    elif not (needs and silent(members, voices)):
        assert outcome.decided == (counts[Says.yes] > 0)


@given(MEMBERS, voices_in(Process.majority))
def test_a_majority_of_people_is_more_yes_than_no_and_concern(members, voices):
    outcome = ended(Process.majority, members, voices)
    assert outcome.decided == (yes_over_no(how_many(members, voices)) > 0)


@given(MEMBERS, voices_in(Process.majority))
def test_a_majority_of_schools_has_each_of_them_once_as_most_of_its_people_say(members, voices):
    outcome = ended(Process.majority, members, voices, Counted.school)
    each = [yes_over_no(how_many(at_school(school, members), voices)) for school in SCHOOLS]
    assert outcome.decided == (len([one for one in each if one > 0]) > len([one for one in each if one < 0]))


@given(st.integers(1, 7))
def test_a_school_of_many_is_one_of_three(many):
    large, small = PEOPLE[:many], PEOPLE[many : many + 2]
    members = {person: {SCHOOLS[0]} for person in large} | dict(
        zip(small, [{one} for one in SCHOOLS[1:3]], strict=True)
    )
    voices = dict.fromkeys(large, Said(Says.no)) | dict.fromkeys(small, Said(Says.yes))
    assert ended(Process.majority, members, voices, Counted.school).decided
    assert ended(Process.majority, members, voices, Counted.person).decided == (many < 2)


def exact_shares(members, voices):
    """What part of the dots each option has, in the mean of the schools that gave any."""
    given_by = []
    for school in SCHOOLS:
        dots = [said.dots for said in heard(at_school(school, members), voices).values() if said.dots]
        if dots:
            given_by.append([Fraction(sum(place), sum(map(sum, dots))) for place in zip(*dots, strict=True)])
    return [sum(place) / len(given_by) for place in zip(*given_by, strict=True)]


@given(DOTS_ROUNDS, NEEDS)
def test_shares_are_all_of_the_dots_and_each_school_that_gave_any_weighs_the_same(round_, needs):
    outcome, exactly = ended(Process.dots, *round_, needs_each_school=needs), exact_shares(*round_)
    if not exactly:
        assert outcome.shares == (0,) * OPTIONS
        return
    assert abs(sum(outcome.shares) - 1000) <= OPTIONS // 2
    for share, exact in zip(outcome.shares, exactly, strict=True):
        assert abs(share - 1000 * exact) <= Fraction(1, 2)


@given(DOTS_ROUNDS)
def test_dots_choose_the_one_that_has_most_and_a_tie_chooses_none(round_):
    outcome, exactly = ended(Process.dots, *round_), exact_shares(*round_)
    best = [place for place, share in enumerate(exactly) if share == max(exactly)]
    if len(best) == 1:
        assert (outcome.decided, outcome.chosen) == (True, best[0])
    else:
        assert outcome.chosen is None
        assert outcome.why == (Why.tie if heard(*round_) else Why.nobody)


@given(st.integers(1, 7), st.permutations(range(OPTIONS)))
def test_two_schools_with_other_wishes_are_a_tie_however_many_work_there(many, places):
    members = {person: {SCHOOLS[0]} for person in PEOPLE[:many]} | {PEOPLE[8]: {SCHOOLS[1]}}
    one, other = [Said(Says.dots, tuple(DOTS * (place == which) for place in range(OPTIONS))) for which in places[:2]]
    voices = dict.fromkeys(PEOPLE[:many], one)
    assert ended(Process.dots, members, voices).chosen == places[0]
    tied = ended(Process.dots, members, voices | {PEOPLE[8]: other})
    assert (tied.why, tied.chosen, sorted(tied.shares)) == (Why.tie, None, [0, 500, 500])


@given(MEMBERS, voices_in(Process.still_holds), NEEDS)
def test_what_was_decided_ends_only_when_more_people_say_so_than_all_others(members, voices, needs):
    outcome = ended(Process.still_holds, members, voices, needs_each_school=needs)
    ends = done_over_others(how_many(members, voices)) > 0 and not (needs and silent(members, voices))
    assert (outcome.decided, outcome.why) == ((False, Why.no_majority) if ends else (True, None))


@given(MEMBERS, voices_in(Process.still_holds), NEEDS)
def test_where_schools_are_counted_it_ends_when_more_of_them_say_so(members, voices, needs):
    outcome = ended(Process.still_holds, members, voices, Counted.school, needs)
    each = [done_over_others(how_many(at_school(school, members), voices)) for school in SCHOOLS]
    more = len([one for one in each if one > 0]) > len([one for one in each if one < 0])
    assert outcome.decided != (more and not (needs and silent(members, voices)))


@pytest.mark.parametrize("process", [Process.questions, Process.mood])
@given(st.data(), MEMBERS, NEEDS)
def test_questions_and_moods_stop_nothing(process, data, members, needs):
    assert ended(process, members, data.draw(voices_in(process)), needs_each_school=needs).decided
