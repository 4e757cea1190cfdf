"""The formats of professional development."""

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
