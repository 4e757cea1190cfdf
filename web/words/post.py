"""What people hear of, and how."""

from kit.marking import N_

PROBLEMS = {"key-unknown": N_("This link stands in no mail of ours. Sign in, and choose what you hear of.")}
FIELDS = {"way_unknown": N_("Choose one of these.")}
DONE = {
    "mail_tried_again": N_("Mails go to you again; one with a link is on its way."),
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
    "help_asked": N_("A cluster asks for help"),
    "help_answered": N_("A question about help that I read is answered"),
    "help_climbed": N_("A question about help goes to the programme"),
    "plan_handed_in": N_("A cluster hands its plan in"),
    "plan_approved": N_("The plan of my cluster is approved"),
    "plan_change_asked": N_("A change of my cluster's plan is asked for"),
    "proposal_made": N_("Something is proposed in my cluster"),
    "proposal_round": N_("We are asked again about a proposal"),
    "proposal_raised": N_("Somebody has a question or a concern about my proposal"),
    "proposal_answered": N_("My question or concern is answered"),
    "proposal_ended": N_("A proposal in my cluster has ended"),
    "todo_set": N_("My cluster is asked to do something"),
    "todo_changed": N_("What my cluster is asked to do changes"),
    "todo_reminded": N_("My cluster is late with what it is asked to do"),
    "invitation": N_("Somebody asks me into a school"),
    "office_invitation": N_("Somebody asks me to hold an office"),
    "invitation_proposed": N_("Somebody wants to belong to my school"),
    "invitation_unreached": N_("An invitation of mine was not delivered"),
    "school_asked": N_("My school is asked into a cluster"),
    "school_answered": N_("A school that I asked has answered"),
    "approach_changed": N_("My cluster is led otherwise"),
    "cluster_closed": N_("My cluster is closed"),
    "cluster_reopened": N_("My cluster is open again"),
    "school_released": N_("My school leaves a cluster"),
    "school_left": N_("A school takes itself out of a cluster of mine"),
    "colleague_left": N_("Somebody leaves my school, or leads it no longer"),
    "staff_ended": N_("Somebody entered that I left one of my schools, or lead it no longer"),
    "digest": N_("The digest"),
}
FAMILIES = {
    "meetings": N_("Meetings"),
    "diaries": N_("Diaries"),
    "plans": N_("The plan of the year"),
    "proposals": N_("What we decide together"),
    "help": N_("Help"),
    "belonging": N_("Schools and clusters"),
}
WAYS = {"at_once": N_("by mail at once"), "digest": N_("in the digest"), "app": N_("no mail")}
UNREACHED = {
    "no_such_address": N_("there is no such address."),
    "mailbox_full": N_("their mailbox is full."),
    "refused": N_("their mail server refuses our mails."),
    "no_answer": N_("their mail server did not answer for days."),
}
UNREACHED_DO = {
    "no_such_address": N_("Correct the address, or give them the code of the school: then they type it themselves."),
    "mailbox_full": N_("Tell them, then send it again."),
    "refused": N_("Tell them, or use another address of theirs."),
    "no_answer": N_("Look whether the address is right; if it is, send it again later."),
}
MY_UNREACHED = {
    "no_such_address": N_("your mail server says that there is no such address. Nothing is sent there any more."),
    "mailbox_full": N_("your mailbox is full."),
    "refused": N_("your mail server refuses our mails."),
    "no_answer": N_("your mail server did not answer for days."),
    "junk": N_("your mail program reported one of our mails as junk. Only links that you ask for are sent there now."),
}
BOUNCES = {
    "no_such_address": N_("There is no such address"),
    "mailbox_full": N_("The mailbox is full"),
    "refused": N_("Refused"),
    "no_answer": N_("No answer for days"),
    "junk": N_("Reported as junk"),
    "ours": N_("The fault of this house: look at your mail server"),
}
TABLES = {
    "unreached": UNREACHED,
    "unreached_do": UNREACHED_DO,
    "my_unreached": MY_UNREACHED,
    "bounce": BOUNCES,
    "news": NEWS,
    "news_family": FAMILIES,
    "way": WAYS,
}
