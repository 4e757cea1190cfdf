"""What people hear of, and how."""

from web.words.marking import N_

PROBLEMS = {"key-unknown": N_("This link stands in no mail of ours. Sign in, and choose what you hear of.")}
FIELDS = {"way_unknown": N_("Choose one of these.")}
DONE = {
    "hearing_saved": N_("It is kept: from now on you hear of things this way."),
    "unsubscribed": N_("You get no more of these mails."),
}
NEWS = {
    "event_announced": N_("A new meeting in my cluster"),
    "event_changed": N_("A meeting of mine moves or changes"),
    "event_described": N_("A meeting of mine is described anew"),
    "event_cancelled": N_("A meeting of mine is cancelled"),
    "registration_placed": N_("I have a place"),
    "registration_waiting": N_("I wait for a place"),
    "registration_moved": N_("My place has changed"),
    "registration_withdrawn": N_("My registration has ended"),
    "comment_posted": N_("Somebody answers an entry of mine, or a conversation that I am in"),
    "invitation_proposed": N_("Somebody wants to belong to my school"),
    "school_asked": N_("My school is asked into a cluster"),
    "school_answered": N_("A school that I asked has answered"),
    "cluster_closed": N_("My cluster is closed"),
    "cluster_reopened": N_("My cluster is open again"),
    "digest": N_("The digest"),
}
FAMILIES = {"meetings": N_("Meetings"), "diaries": N_("Diaries"), "belonging": N_("Schools and clusters")}
WAYS = {"at_once": N_("by mail at once"), "digest": N_("in the digest"), "app": N_("no mail")}
TABLES = {"news": NEWS, "news_family": FAMILIES, "way": WAYS}
