"""What a fact says, as it is written down and as it is printed."""

from datetime import UTC, datetime
from uuid import UUID

from kit.telling import Fact, data_of, facts_in, kinds_of, shape_of


class Placed(Fact, told_as="chair.placed"):
    chair_id: UUID
    at: datetime
    name: str
    legs: int
    colours: list[str]
    by: UUID | None
    note: str | None = None


class Moved(Fact, told_as="chair.moved"):
    chair_id: UUID


class OfChairs(Fact):
    chair_id: UUID


CHAIR = UUID(int=1)
AT = datetime(2031, 1, 10, 14, tzinfo=UTC)
IN_WORDS = {"chair_id": str(CHAIR), "at": "2031-01-10T14:00:00+00:00", "name": "Blue", "legs": 4, "colours": ["a", "b"]}
PLACED = Placed(chair_id=CHAIR, at=AT, name="Blue", legs=4, colours=["a", "b"], by=None)


def test_a_module_announces_its_facts_in_its_order_and_nothing_else():
    namespace = {"Placed": Placed, "Base": OfChairs, "Text": str, "word": "chair", "Moved": Moved}
    assert list(facts_in(namespace).items()) == [("chair.placed", Placed), ("chair.moved", Moved)]


def test_a_follower_names_the_kinds_that_it_wants():
    assert kinds_of(Placed, Moved) == {"chair.placed", "chair.moved"}


def test_a_fact_is_written_in_plain_values_and_nothing_stays_nothing():
    assert data_of(PLACED) == IN_WORDS | {"by": None, "note": None}


def test_who_hears_a_fact_has_what_was_told_and_passes_over_what_it_does_not_know():
    assert Placed.heard(data_of(PLACED) | {"later": 1}) == PLACED


def test_the_shape_of_a_fact_is_said_in_words():
    assert shape_of(Placed) == {
        "chair_id": "id",
        "at": "moment",
        "name": "text",
        "legs": "number",
        "colours": "texts",
        "by": "id or null",
        "note": "text or null",
    }
