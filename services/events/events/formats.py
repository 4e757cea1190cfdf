"""The formats of professional development."""

from enum import StrEnum

from services.roster.sections import Section


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


USUAL_MINUTES = {
    Format.workshop: 180,
    Format.course: 120,
    Format.learning_snack: 30,
    Format.webinar: 60,
    Format.expert_talk: 60,
    Format.panel: 90,
    Format.teachmeet: 120,
    Format.study_group: 60,
    Format.online_mentoring: 45,
    Format.recorded_lesson: 45,
    Format.school_visit: 240,
    Format.classroom_observation: 60,
    Format.job_shadowing: 360,
    Format.learning_walk: 120,
    Format.instructional_round: 240,
    Format.meeting: 60,
}
"""How long one sitting of a format usually takes, in minutes: an end that nobody gives follows from it."""

SECTIONS: dict[Format, tuple[Section, ...]] = {
    Format.workshop: (Section.professional_development,),
    Format.course: (Section.professional_development,),
    Format.learning_snack: (Section.professional_development,),
    Format.webinar: (Section.professional_development, Section.networking),
    Format.expert_talk: (Section.professional_development,),
    Format.panel: (Section.professional_development, Section.networking),
    Format.teachmeet: (Section.community_of_practice, Section.professional_development),
    Format.study_group: (Section.professional_development, Section.community_of_practice),
    Format.online_mentoring: (Section.community_of_practice,),
    Format.recorded_lesson: (Section.community_of_practice, Section.outcomes),
    Format.school_visit: (Section.community_of_practice, Section.preparation, Section.monitoring),
    Format.classroom_observation: (Section.community_of_practice, Section.monitoring),
    Format.job_shadowing: (Section.community_of_practice,),
    Format.learning_walk: (Section.community_of_practice, Section.monitoring),
    Format.instructional_round: (Section.monitoring, Section.community_of_practice),
    Format.meeting: (Section.networking, Section.preparation, Section.monitoring),
}
"""In which sections of the year report meetings of a format are told, the usual one first."""


def usual_minutes(kind: Format | None) -> int | None:
    return USUAL_MINUTES[kind] if kind else None
