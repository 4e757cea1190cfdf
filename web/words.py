"""Words for codes: what the services answer in codes, the pages say in the reader's language."""

from typing import Any

from web.languages import gettext


def N_(message: str) -> str:
    """Marks a message for the catalogues; it is looked up when it is shown."""
    return message


FIELDS = {
    "missing": N_("Fill this in."),
    "string_too_short": N_("Fill this in."),
    "string_type": N_("Fill this in."),
    "string_too_long": N_("This is too long: at most %(max_length)s characters."),
    "too_large": N_("This is too long to be sent: make it shorter, it is kept here."),
    "file_too_large": N_("This picture is too large to be sent: choose one of at most 12 MB."),
    "not_a_picture": N_("This is no picture that can be read here: choose a JPEG, PNG, WebP, AVIF or GIF."),
    "too_many_pixels": N_("This picture has too many pixels: choose a smaller one."),
    "mail_not_ascii": N_("Before the @ there may be only letters without accents: many mail servers take no others."),
    "too_deep": N_("Quotes and lists stand too deep within each other here: at most %(most)s."),
    "string_pattern_mismatch": N_("This does not look right: check it for a slip of the pen."),
    "literal_error": N_("Choose one of these."),
    "enum": N_("Choose one of these."),
    "end_before_start": N_("The end is not after the start."),
    "place_missing": N_("Give it at least one place: a site, or an online room."),
    "site_twice": N_("This site stands here twice."),
    "place_unknown": N_("Choose one of the places of this event."),
    "link_invalid": N_("This is not a link: it begins with https://"),
    "zone_unknown": N_("This is no time zone that we know."),
    "past_unconfirmed": N_("This day is past."),
    "time_skipped": N_("The clocks jump over this time on that day: choose another."),
    "datetime_parsing": N_("Give a day and a time."),
    "datetime_from_date_parsing": N_("Give a day and a time."),
    "year_unlikely": N_("Check the year."),
    "int_type": N_("Give a whole number."),
    "int_parsing": N_("Give a whole number."),
    "greater_than_equal": N_("Give at least %(ge)s."),
    "less_than_equal": N_("Give at most %(le)s."),
    "uuid_parsing": N_("Choose one of these."),
    "uuid_type": N_("Choose one of these."),
    "unknown": N_("Choose one of these."),
    "too_long": N_("These are too many."),
    "person_unknown": N_("Somebody in this list is not in your cluster any more."),
    "cursor_invalid": N_("This page is gone: begin again at the first one."),
    "country_mismatch": N_("A national coordinator has a country."),
    "password_wrong": N_("This is not your password."),
    "role_not_yours": N_("This role is given inside the school, by its coordinators or its head."),
    "way_in_missing": N_("Give your address and your password."),
}
PROBLEMS = {
    "already-staff": N_("This person works at the school already, in this role."),
    "already-invited": N_("This person is invited already: send the invitation again, or withdraw it."),
    "nobody-to-confirm": N_("This school has no coordinator yet: the national coordinator names the first."),
    "sent-already": N_("It was sent a moment ago, or ten times already: give it some time."),
    "not-sent-yet": N_("The school has not said yes to this invitation."),
    "invitation-expired": N_("This invitation has run out. Ask who invited you to send it again."),
    "led-meanwhile": N_("The school has a coordinator meanwhile, who gives its roles now."),
    "too-many-clients": N_("This cluster has let in as many programs as it can: shut one out first."),
    "already-in-office": N_("This person holds the office already."),
    "last-coordinator": N_("A school keeps a coordinator: name another one first."),
    "last-mentor": N_("A cluster keeps a mentor: let another school mentor it first."),
    "link-unknown": N_("This link is not one of ours. Ask for a new one; it takes a minute."),
    "link-used": N_("This link was used already. Ask for a new one; it takes a minute."),
    "link-expired": N_("This link is too old. Ask for a new one; it takes a minute."),
    "password-wrong": N_("This address and this password do not belong together. A link by mail always works."),
    "too-many-tries": N_("Too many tries for this address. Use a link by mail, or wait a quarter of an hour."),
    "event-cancelled": N_("This event is cancelled."),
    "event-over": N_("This event is over."),
    "somebody-waits": N_("Somebody waits for your place by now: see what you would give away, then say it again."),
    "not-registered": N_("There is no registration to give up."),
    "not-waiting": N_("There is no line to leave: you wait for nothing here."),
    "not-begun": N_("Nobody can have come yet: mark it once the event has begun."),
    "nothing-to-read": N_("There is nothing to read yet: write a sentence, then publish."),
    "entry-full": N_("An entry holds at most twenty pictures."),
    "not-published": N_("This entry is not published."),
    "still-a-draft": N_("A draft has no readers yet: publish it, then discuss it."),
    "comment-taken-back": N_("Its writer took this comment back."),
    "not-a-question": N_("Only a question can be resolved."),
    "changed": N_("Somebody else changed this meanwhile."),
    "too-large": N_("This is too long to be sent: make it shorter, it is kept here."),
    "secret-told": N_("This was done already, and the secret was shown once. Make a new secret for the program."),
    "under-way": N_("This was sent a moment ago and is not done yet: see whether it is, before you send it again."),
    "idempotency-key-reused": N_("This form was sent before, with other words. Look at the page, then send it again."),
    "forbidden": N_("This is not yours to do."),
    "unavailable": N_(
        "A part of the house does not answer just now. What you typed is kept: send it again in a moment."
    ),
    "unreadable": N_("What was sent could not be read."),
}
DONE = {
    "signed_in": N_("You are signed in."),
    "signed_out": N_("You are signed out. Nothing of yours is kept on this device."),
    "language_changed": N_("The pages speak English now."),
    "profile_saved": N_("Saved."),
    "password_set": N_("The password is set."),
    "news_seen": N_("Everything is marked as seen."),
    "letter_replayed": N_("It is tried again now."),
    "letter_dropped": N_("It is given up."),
    "aims_saved": N_("The priorities and goals are saved."),
    "invited": N_("The invitation is on its way."),
    "invitation_proposed": N_("The school is asked first; the invitation goes out once it says yes."),
    "invitation_withdrawn": N_("The invitation is withdrawn."),
    "invitation_accepted": N_("You belong here now."),
    "invitation_declined": N_("You said no; nobody asks again with this invitation."),
    "invitation_confirmed": N_("The invitation is on its way to them; they belong to your school once they say yes."),
    "staff_ended": N_("They have left the school here."),
    "program_let_in": N_("The program is let in. Its secret is shown this once."),
    "secret_made": N_("The program has a new secret, shown this once. The one before works for a day more."),
    "program_shut_out": N_("The program is shut out."),
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
    "entry_started": N_("The draft is saved. Nobody else sees it until you publish it."),
    "entry_saved": N_("The entry is saved."),
    "published_for_cluster": N_("The cluster reads it now."),
    "published_for_everyone": N_("Everyone reads it now, with its comments."),
    "retracted": N_("It is taken back: only its author finds it now."),
    "entry_removed": N_("The entry is deleted."),
    "picture_added": N_("The picture is added."),
    "picture_removed": N_("The picture is taken out."),
    "comment_posted": N_("Your comment is posted."),
    "comment_changed": N_("Your words are changed; readers see that they were."),
    "comment_removed": N_("Your words are taken away."),
    "reply_posted": N_("Your answer is posted."),
    "question_resolved": N_("The question is marked as answered."),
}
WHO = {
    "coordinator": N_("a coordinator of the cluster"),
    "coordinator_of_the_cluster": N_("a coordinator of the cluster"),
    "coordinator_of_organising_school": N_("a coordinator of the school that organises it"),
    "coordinator_of_their_school": N_("a coordinator of their school"),
    "coordinator_of_the_authors_school": N_("a coordinator of the author’s school"),
    "mentor_coordinator": N_("a coordinator of the mentor school"),
    "mentor_coordinator_in_person": N_("a coordinator of the mentor school"),
    "mentor_coordinator_for_a_teacher": N_("a coordinator of the mentor school"),
    "leader_of_the_school_in_person": N_("a coordinator or the head of the school"),
    "national_coordinator": N_("the national coordinator"),
    "programme_coordinator": N_("the programme coordinator"),
    "organiser": N_("whoever organises it"),
    "author": N_("the author"),
    "writer": N_("who wrote it"),
    "member": N_("a member of the cluster"),
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
MODES = {"on_site": N_("On site"), "online": N_("Online"), "hybrid": N_("Hybrid")}
SCHOOL_ROLES = {"mentor": N_("Mentor school"), "mentee": N_("Mentee school"), "lab": N_("Learning lab")}
STAFF_ROLES = {"teacher": N_("Teacher"), "coordinator": N_("Coordinator"), "head": N_("Head")}
OFFICES = {
    "national_coordinator": N_("National coordinator"),
    "programme_coordinator": N_("Programme coordinator"),
}
INVITATIONS = {
    "proposed": N_("waiting for the school’s yes"),
    "sent": N_("invited, not answered"),
    "expired": N_("not answered, run out"),
    "accepted": N_("joined"),
    "declined": N_("said no"),
    "withdrawn": N_("withdrawn"),
}
SCOPES = {
    "act_for_people": N_("act for people of the cluster, as far as they may"),
    "webhooks": N_("hear what happens in the cluster"),
}
APPROACHES = {"top_down": N_("set up by the ministry"), "bottom_up": N_("set up by its schools")}
KINDS = {
    "takeaway": N_("I take away"),
    "question": N_("A question"),
    "suggestion": N_("A suggestion"),
    "reply": N_("An answer"),
}
TABLES: dict[str, dict[str, str]] = {
    "format": FORMATS,
    "mode": MODES,
    "school_role": SCHOOL_ROLES,
    "staff_role": STAFF_ROLES,
    "office": OFFICES,
    "approach": APPROACHES,
    "scope": SCOPES,
    "invitation": INVITATIONS,
    "kind": KINDS,
    "who": WHO,
}


def word(table: str, code: str) -> str:
    """The word for a code of one of the tables; the code itself, if we have none."""
    message = TABLES[table].get(code)
    return gettext(message) if message else code


def field_words(error: dict[str, Any]) -> str:
    """What is wrong with a field."""
    message = FIELDS.get(error["code"], FIELDS["string_pattern_mismatch"])
    params: dict[str, Any] = error.get("params", {})
    return gettext(message) % params


def done_words(code: str) -> str:
    """What was done, by its code."""
    return gettext(DONE[code])


def problem_words(kind: str) -> str:
    """What a refusal says, by its type (/problems/event-over)."""
    return gettext(PROBLEMS.get(kind.rpartition("/")[2], PROBLEMS["unreadable"]))
