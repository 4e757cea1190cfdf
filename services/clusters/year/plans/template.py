"""What a plan begins with where nobody has written one before: a usual year, in the language of who begins it."""

import gettext
from datetime import date, timedelta
from pathlib import Path
from typing import Any

from kit.dates import FIRST_MONTH
from kit.languages import FALLBACK, spoken
from kit.marking import N_
from services.clusters.year.plans.models import PartKind
from services.roster.sections import Section

HERE = Path(__file__).parent
FIRST_MONTH_OF_PLANNING = 7


ACTIVITIES = [
    (Section.preparation, N_("Kick-off: we meet face to face"), (9, 1), (9, 30)),
    (Section.networking, N_("What each school needs, and what it can show"), (9, 15), (10, 31)),
    (Section.professional_development, N_("Workshops and webinars for all schools"), (11, 1), (3, 31)),
    (Section.community_of_practice, N_("Visits to lessons"), (11, 1), (4, 30)),
    (Section.monitoring, N_("Half of the way: what helps, and what does not"), (1, 15), (2, 15)),
    (Section.outcomes, N_("What we learned, in a report"), (5, 1), (6, 30)),
]
"""Their section of the year report, and from which to which day (month, day) of the school year."""
MILESTONES = [
    (N_("Every school has said what it needs"), (10, 31)),
    (N_("Half of the way"), (2, 15)),
    (N_("The year report is handed in"), (6, 30)),
]


def parts_of(year: int, language: str) -> list[dict[str, Any]]:
    """The parts of a usual year, in the words of this language, or in English."""
    language = spoken(language) or FALLBACK
    words = gettext.translation("messages", HERE / "locale", [language], fallback=True)
    activities = [
        {
            "kind": PartKind.activity,
            "language": language,
            "title": words.gettext(title),
            "section": section,
            "begins": day_in(year, *begins),
            "ends": day_in(year, *ends),
        }
        for section, title, begins, ends in ACTIVITIES
    ]
    milestones = [
        {"kind": PartKind.milestone, "language": language, "title": words.gettext(title), "ends": day_in(year, *ends)}
        for title, ends in MILESTONES
    ]
    return [*activities, *milestones]


def year_to_begin(day: date) -> int | None:
    """The school year that is begun on this day: from July to December."""
    return day.year if day.month >= FIRST_MONTH_OF_PLANNING else None


def day_in(year: int, month: int, day: int) -> date:
    """This day of the school year that begins in `year`."""
    return date(year if month >= FIRST_MONTH else year + 1, month, day)


def years_later(day: date | None, years: int) -> date | None:
    """The same day so many years later; of the 29th of February the day before."""
    if day is None:
        return None
    try:
        return day.replace(year=day.year + years)
    except ValueError:
        return (day - timedelta(days=1)).replace(year=day.year + years)
