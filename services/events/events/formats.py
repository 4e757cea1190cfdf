"""The formats of professional development, each with what it usually is: minutes, and where."""

from dataclasses import dataclass
from enum import StrEnum


class Format(StrEnum):
    workshop = "workshop"
    course = "course"
    learning_snack = "learning_snack"
    webinar = "webinar"
    expert_talk = "expert_talk"
    panel = "panel"
    teachmeet = "teachmeet"
    study_group = "study_group"
    online_mentoring = "online_mentoring"
    recorded_lesson = "recorded_lesson"
    school_visit = "school_visit"
    classroom_observation = "classroom_observation"
    job_shadowing = "job_shadowing"
    learning_walk = "learning_walk"
    instructional_round = "instructional_round"
    meeting = "meeting"


@dataclass(frozen=True)
class Usual:
    minutes: int
    on_site: bool
    online: bool


USUAL: dict[Format, Usual] = {
    Format.workshop: Usual(180, True, False),
    Format.course: Usual(120, False, True),
    Format.learning_snack: Usual(30, False, True),
    Format.webinar: Usual(60, False, True),
    Format.expert_talk: Usual(60, False, True),
    Format.panel: Usual(90, True, True),
    Format.teachmeet: Usual(90, True, True),
    Format.study_group: Usual(60, True, True),
    Format.online_mentoring: Usual(45, False, True),
    Format.recorded_lesson: Usual(45, False, True),
    Format.school_visit: Usual(180, True, False),
    Format.classroom_observation: Usual(90, True, False),
    Format.job_shadowing: Usual(300, True, False),
    Format.learning_walk: Usual(90, True, False),
    Format.instructional_round: Usual(240, True, False),
    Format.meeting: Usual(90, True, True),
}
