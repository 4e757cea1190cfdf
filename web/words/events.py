"""Events."""

from kit.marking import N_

FIELDS = {
    "end_before_start": N_("The end is not after the start."),
    "place_missing": N_("Give it at least one place: a site, or an online room."),
    "site_twice": N_("This site stands here twice."),
    "place_unknown": N_("Choose one of the places of this event."),
    "link_invalid": N_("This is not a link: it begins with https://"),
    "past_unconfirmed": N_("This day is past."),
    "time_skipped": N_("The clocks jump over this time on that day: choose another."),
    "year_unlikely": N_("Check the year."),
    "person_unknown": N_("Somebody in this list is not in your cluster any more."),
}
PROBLEMS = {
    "event-cancelled": N_("This event is cancelled."),
    "event-over": N_("This event is over."),
    "somebody-waits": N_("Somebody waits for your place by now: see what you would give away, then say it again."),
    "not-registered": N_("There is no registration to give up."),
    "not-waiting": N_("There is no line to leave: you wait for nothing here."),
    "not-begun": N_("Nobody can have come yet: mark it once the event has begun."),
}
DONE = {
    "event_announced": N_("The event is announced."),
    "event_described": N_("The description is saved."),
    "event_changed": N_("The event is changed."),
    "event_changed_for_people": N_("The event is changed; those whom it concerns get a mail."),
    "event_cancelled": N_("The event is cancelled; everybody who was registered gets a mail."),
    "registered": N_("You have a place."),
    "waiting": N_("You wait for a place, and get a mail as soon as one is free."),
    "withdrawn": N_("You are not registered any more."),
    "line_left": N_("You wait no longer, and keep your place."),
    "attendance_saved": N_("Who came is saved."),
}
WHO = {
    "coordinator_of_organising_school": N_("a coordinator of the school that organises it"),
    "coordinator_of_their_school": N_("a coordinator of their school"),
    "organiser": N_("whoever organises it"),
    "member_of_bottom_up_cluster": N_("a member of a bottom-up cluster"),
}
FORMATS = {
    "workshop": N_("Workshop"),
    "course": N_("Course"),
    "learning_snack": N_("Learning snack"),
    "webinar": N_("Webinar"),
    "expert_talk": N_("Expert talk"),
    "panel": N_("Panel discussion"),
    "teachmeet": N_("Teachmeet"),
    "study_group": N_("Study group"),
    "online_mentoring": N_("Online mentoring"),
    "recorded_lesson": N_("Recorded lesson"),
    "school_visit": N_("School visit"),
    "classroom_observation": N_("Classroom observation"),
    "job_shadowing": N_("Job shadowing"),
    "learning_walk": N_("Learning walk"),
    "instructional_round": N_("Instructional round"),
    "meeting": N_("Meeting"),
}
MODES = {
    "on_site": N_("On site"),
    "online": N_("Online"),
    "hybrid": N_("Hybrid"),
}
TABLES = {"format": FORMATS, "mode": MODES}
