"""What several areas say."""

from kit.marking import N_

FIELDS = {
    "missing": N_("Fill this in."),
    "string_too_short": N_("Fill this in."),
    "string_shorter": N_("This is too short: at least %(min_length)s characters."),
    "string_type": N_("Fill this in."),
    "string_too_long": N_("This is too long: at most %(max_length)s characters."),
    "too_large": N_("This is too long to be sent: make it shorter, it is kept here."),
    "string_pattern_mismatch": N_("This does not look right: check it for a slip of the pen."),
    "literal_error": N_("Choose one of these."),
    "enum": N_("Choose one of these."),
    "zone_unknown": N_("This is no time zone that we know."),
    "date_from_datetime_parsing": N_("Give a day."),
    "date_parsing": N_("Give a day."),
    "too_short": N_("Fill this in."),
    "datetime_parsing": N_("Give a day and a time."),
    "datetime_from_date_parsing": N_("Give a day and a time."),
    "int_type": N_("Give a whole number."),
    "int_parsing": N_("Give a whole number."),
    "greater_than_equal": N_("Give at least %(ge)s."),
    "less_than_equal": N_("Give at most %(le)s."),
    "uuid_parsing": N_("Choose one of these."),
    "uuid_type": N_("Choose one of these."),
    "unknown": N_("Choose one of these."),
    "too_long": N_("These are too many."),
    "cursor_invalid": N_("This page is gone: begin again at the first one."),
}
PROBLEMS = {
    "changed": N_("Somebody else changed this meanwhile."),
    "too-large": N_("This is too long to be sent: make it shorter, it is kept here."),
    "under-way": N_("This was sent a moment ago and is not done yet: see whether it is, before you send it again."),
    "idempotency-key-reused": N_("This form was sent before, with other words. Look at the page, then send it again."),
    "forbidden": N_("This is not yours to do."),
    "unavailable": N_(
        "A part of the house does not answer just now. What you typed is kept: send it again in a moment."
    ),
    "unreadable": N_("What was sent could not be read."),
}
DONE = {
    "language_changed": N_("The pages speak English now."),
    "news_seen": N_("Everything is marked as seen."),
    "letter_replayed": N_("It is tried again now."),
    "letter_dropped": N_("It is given up."),
}
WHO = {
    "coordinator": N_("a coordinator of the cluster"),
    "mentor_coordinator": N_("a coordinator of the mentor school"),
    "national_coordinator": N_("the national coordinator"),
    "national_coordinator_of_the_country": N_("the national coordinator"),
    "programme_coordinator": N_("the programme coordinator"),
    "member": N_("a member of the cluster"),
    "person_themselves": N_("the person whose it is"),
}
SERVICES = {"clusters": N_("Clusters"), "events": N_("Events"), "diaries": N_("Diaries")}
TABLES = {"service": SERVICES}
