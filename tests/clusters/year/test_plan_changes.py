"""What became of a plan since an edition is all that became of it, and nothing else."""

from hypothesis import given
from hypothesis import strategies as st

from services.clusters.year.plans.comparing import changes, edition_of
from services.clusters.year.plans.models import PartKind, Section

IDS = [f"01a21d20-b1b5-77ec-9101-{number:012}" for number in range(6)]
DAYS = st.none() | st.dates().map(str)
WORDS = st.sampled_from(["", "Read", "Číst", "نقرأ"])


def part_of(part_id):
    return st.fixed_dictionaries(
        {
            "id": st.just(part_id),
            "kind": st.sampled_from(PartKind),
            "title": st.sampled_from(["Read", "Write"]),
            "text": WORDS,
            "section": st.none() | st.sampled_from(Section),
            "begins": DAYS,
            "ends": DAYS,
            "who": WORDS,
            "school_id": st.none() | st.sampled_from(IDS),
            "school": st.sampled_from(["", "Peruc", "Louny"]),
            "language": st.sampled_from(["cs", "en"]),
        }
    )


EDITIONS = (
    st.lists(st.sampled_from(IDS), unique=True)
    .flatmap(lambda ids: st.tuples(*(part_of(part_id) for part_id in ids)))
    .map(edition_of)
)


def said(edition):
    return {part["id"]: {name: value for name, value in part.items() if name != "school"} for part in edition}


@given(EDITIONS, EDITIONS)
def test_the_changes_lead_from_one_to_the_other(before, after):
    found, now = changes(before, after), {part["id"]: part for part in after}
    assert len({change.part_id for change in found}) == len(found), "each part once"
    made = said(before)
    for change in found:
        key = str(change.part_id)
        assert (change.what == "added") == (key not in said(before))
        assert (change.what == "removed") == (key not in now)
        known = now.get(key) or next(part for part in before if part["id"] == key)
        assert (change.title, change.kind, change.language) == (known["title"], known["kind"], known["language"])
        assert made.pop(key, None) != said(after).get(key), "what is the same is no change"
        if key in now:
            made[key] = said(after)[key]
    assert made == said(after)


@given(EDITIONS, st.randoms(), st.sampled_from(["", "Elsewhere"]))
def test_in_another_order_and_with_schools_called_otherwise_it_is_the_same_plan(edition, random, name):
    shuffled = [part | {"school": name} for part in random.sample(edition, len(edition))]
    assert changes(edition, shuffled) == changes(edition, edition) == []


@given(EDITIONS, EDITIONS)
def test_what_is_added_one_way_is_removed_the_other_way(before, after):
    there, back = [
        {(str(one.part_id), one.what) for one in changes(*both)} for both in ((before, after), (after, before))
    ]
    other = {"added": "removed", "removed": "added", "changed": "changed"}
    assert {(part_id, other[what]) for part_id, what in there} == back
