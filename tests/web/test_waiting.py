"""What waits on Today, over all services: most urgent first."""

from datetime import UTC, datetime, timedelta
from types import SimpleNamespace

from web.pages.today.waiting import waiting_for

NOW = datetime(2026, 11, 27, 9, tzinfo=UTC)


def at(**ahead):
    return NOW + timedelta(**ahead)


def me(**more):
    empty = {kind: [] for kind in ("invitations", "school_invitations", "proposals", "todos", "years_to_begin")}
    return SimpleNamespace(**empty | {"zone": "Europe/Prague"} | more)


def page(*items):
    return SimpleNamespace(items=list(items), next=None)


def kinds(*asked):
    return [each.kind for each in waiting_for(*asked, NOW)]


def test_what_is_late_stands_first_and_what_has_no_day_last():
    mine = me(
        invitations=["asked"],
        proposals=[SimpleNamespace(ends_at=at(hours=3))],
        todos=[SimpleNamespace(due=at(days=5).date()), SimpleNamespace(due=at(days=-2).date())],
    )
    held = SimpleNamespace(to_mark=[SimpleNamespace(ends_at=at(days=-1))])
    written = SimpleNamespace(drafts=["a draft"])
    late, plan = page(SimpleNamespace(due_at=at(days=-3))), page(SimpleNamespace(handed_in_at=at(days=-6)))
    assert kinds(mine, held, written, late, plan) == [
        *("help", "todo", "proposal", "plan", "invitation", "todo", "event", "entry")
    ]


def test_services_that_are_away_leave_the_rest_in_its_order():
    mine = me(
        proposals=[SimpleNamespace(ends_at=at(days=9)), SimpleNamespace(ends_at=at(days=10))], school_invitations=[1]
    )
    assert kinds(mine, None, None, None, None) == ["school_invitation", "proposal", "proposal"]


def test_of_each_kind_no_more_than_five_are_shown_and_none_that_has_ended():
    mine = me(proposals=[SimpleNamespace(ends_at=at(days=n)) for n in range(7)])
    assert kinds(mine, None, None, None, None) == ["proposal"] * 5


def test_a_year_is_to_be_begun_by_its_first_day_and_within_a_week_after_it():
    proposals = [SimpleNamespace(ends_at=at(days=n)) for n in (6, 8)]
    for year, order in (
        (2026, ["proposal", "new_year", "proposal"]),
        (2027, ["proposal", "proposal", "new_year"]),
    ):
        mine = me(proposals=proposals, years_to_begin=[SimpleNamespace(year=year)])
        assert kinds(mine, None, None, None, None) == order
