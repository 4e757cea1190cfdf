"""What each state closes, how it is asked, and who could do it, were it open."""

from uuid import UUID

A_RULE = {"process": "majority"}
AN_AGREEMENT = {"matter": "agreement", "title": "T"}
YES = {"round": 1, "says": "yes"}
A_GOAL = {"kind": "goal", "title": "T"}
NEW_TERMS = {"zone": "Europe/Prague", "starts_at": "2031-01-10T14:00:00Z", "sites": [{"name": "Library"}]}
DESCRIBED = {"title": "T", "description": "", "format": "workshop"}

WORDS = {"title": "T", "text": "", "language": "en"}
NOBODY = str(UUID(int=0))
ABOVE = {"programme coordinator", "house"}
PEOPLE_THERE = {"mentor there", "teacher there", "coordinator there"}
ALL_THERE = PEOPLE_THERE | {"programme coordinator"}

OF_CLUSTER = {"event.schedule", "diary.write"}

# (service, action, condition): what is asked, and of which thing of the scene.
CLOSED = {
    ("events", "event.change", "it_is_not_cancelled"): ("PUT", "/v1/events/{cancelled}/description", DESCRIBED),
    ("events", "event.change", "it_is_not_over"): ("POST", "/v1/events/{over}/changes/preview", NEW_TERMS),
    ("events", "event.register", "it_is_not_cancelled"): (
        "DELETE", "/v1/events/{cancelled}/registrations/{cara}", None,
    ),
    ("events", "event.register", "it_is_not_over"): ("DELETE", "/v1/events/{over}/registrations/{cara}/wait", None),
    ("events", "event.mark_attendance", "it_is_not_cancelled"): (
        "PUT", "/v1/events/{cancelled}/attendance", {"came": []},
    ),
    ("events", "event.mark_attendance", "it_has_begun"): ("PUT", "/v1/events/{ahead}/attendance", {"came": []}),
    ("diaries", "entry.comment", "it_is_published"): (
        "POST", "/v1/entries/{draft}/comments", {"kind": "question", "text": "?"},
    ),
    ("diaries", "comment.reply", "it_is_published"): (
        "POST", "/v1/entries/{draft}/comments/{asked_in_draft}/replies", {"text": "!"},
    ),
    ("diaries", "comment.resolve", "it_is_a_question"): (
        "PUT", "/v1/entries/{entry}/comments/{takeaway}/resolution", None,
    ),
    ("diaries", "comment.resolve", "it_is_not_taken_back"): (
        "PUT", "/v1/entries/{entry}/comments/{taken_back}/resolution", None,
    ),
    ("diaries", "comment.change", "it_is_not_taken_back"): (
        "PUT", "/v1/entries/{entry}/comments/{taken_back}", {"text": "!"},
    ),
    ("diaries", "comment.remove", "it_is_not_taken_back"): (
        "DELETE", "/v1/entries/{entry}/comments/{taken_back}", None,
    ),
    ("events", "event.schedule", "its_cluster_is_open"): ("POST", "/v1/events", DESCRIBED | NEW_TERMS),
    ("events", "event.change", "its_cluster_is_open"): ("PUT", "/v1/events/{shut_event}/description", DESCRIBED),
    ("events", "event.register", "its_cluster_is_open"): (
        "DELETE", "/v1/events/{shut_event}/registrations/{shut_cara}", None,
    ),
    ("events", "event.mark_attendance", "its_cluster_is_open"): (
        "PUT", "/v1/events/{shut_event}/attendance", {"came": []},
    ),
    ("diaries", "diary.write", "its_cluster_is_open"): ("POST", "/v1/entries", WORDS),
    ("diaries", "entry.edit", "its_cluster_is_open"): ("PUT", "/v1/entries/{shut_entry}", WORDS),
    ("diaries", "entry.publish", "its_cluster_is_open"): (
        "PUT", "/v1/entries/{shut_entry}/publication", {"reach": "everyone"},
    ),
    ("diaries", "entry.comment", "its_cluster_is_open"): (
        "POST", "/v1/entries/{shut_entry}/comments", {"kind": "question", "text": "?"},
    ),
    ("diaries", "comment.reply", "its_cluster_is_open"): (
        "POST", "/v1/entries/{shut_entry}/comments/{shut_comment}/replies", {"text": "!"},
    ),
    ("diaries", "comment.resolve", "its_cluster_is_open"): (
        "PUT", "/v1/entries/{shut_entry}/comments/{shut_comment}/resolution", None,
    ),
    ("diaries", "comment.change", "its_cluster_is_open"): (
        "PUT", "/v1/entries/{shut_entry}/comments/{shut_comment}", {"text": "!"},
    ),
    ("clusters", "cluster.change_aims", "its_cluster_is_open"): (
        "PUT", "/v1/clusters/{shut}/aims", {"priorities": "", "goals": ""},
    ),
    ("clusters", "cluster.ask_school", "its_cluster_is_open"): (
        "POST", "/v1/clusters/{shut}/school-invitations", {"school_id": NOBODY, "role": "mentee"},
    ),
    ("clusters", "cluster.begin", "its_cluster_is_open"): ("POST", "/v1/clusters/{shut}/beginning", None),
    ("clusters", "cluster.admit", "its_cluster_is_open"): (
        "POST", "/v1/clusters/{shut}/memberships", {"school_id": NOBODY, "role": "mentee"},
    ),
    ("clusters", "cluster.close", "its_cluster_is_open"): ("PUT", "/v1/clusters/{shut}/closure", {}),
    ("clusters", "cluster.change_approach", "its_cluster_is_open"): (
        "PUT", "/v1/clusters/{shut}/approach", {"approach": "bottom_up"},
    ),
    ("clusters", "cluster.add_tool", "its_cluster_is_open"): (
        "POST", "/v1/clusters/{shut}/tools", {"kind": "lms", "name": "Moodle"},
    ),
    ("clusters", "tool.change", "its_cluster_is_open"): ("DELETE", "/v1/tools/{shut_tool}", None),
    ("clusters", "lockout.say", "its_cluster_is_open"): (
        "PUT", "/v1/tools/{shut_tool}/lockouts/{shut_school}", {"word": ""},
    ),
    ("clusters", "cluster.ask_help", "its_cluster_is_open"): (
        "POST", "/v1/clusters/{shut}/help-requests", {"about": "?"},
    ),
    ("clusters", "help.answer", "its_cluster_is_open"): (
        "POST", "/v1/help-requests/{shut_help}/answers", {"text": "!"},
    ),
    ("clusters", "help.settle", "its_cluster_is_open"): ("PUT", "/v1/help-requests/{shut_help}/settlement", None),
    ("clusters", "help.climb", "its_cluster_is_open"): ("PUT", "/v1/help-requests/{shut_help}/climb", None),
    ("clusters", "cluster.change_aims", "it_has_no_plan"): (
        "PUT", "/v1/clusters/{planned}/aims", {"priorities": "", "goals": ""},
    ),
    ("clusters", "cluster.begin_plan", "its_cluster_is_open"): ("PUT", "/v1/clusters/{shut}/plans/{year}", {}),
    ("clusters", "plan.write", "its_cluster_is_open"): ("POST", "/v1/plans/{shut_plan}/parts", A_GOAL),
    ("clusters", "plan.hand_in", "its_cluster_is_open"): ("PUT", "/v1/plans/{shut_plan}/handing-in", None),
    ("clusters", "plan.hand_in", "it_is_not_approved"): ("PUT", "/v1/plans/{approved}/handing-in", None),
    ("clusters", "plan.answer", "its_cluster_is_open"): ("POST", "/v1/plans/{shut_plan}/answers", {"approved": True}),
    ("clusters", "plan.answer", "it_is_handed_in"): ("POST", "/v1/plans/{plan}/answers", {"approved": True}),
    ("clusters", "cluster_todo.tick", "its_cluster_is_open"): (
        "PUT", "/v1/todos/{todo}/clusters/{shut}/tick", None,
    ),
    ("clusters", "part.tick", "its_cluster_is_open"): ("PUT", "/v1/plan-parts/{shut_part}/tick", None),
    ("clusters", "part.tick", "it_can_be_ticked"): ("DELETE", "/v1/plan-parts/{activity}/tick", None),
    ("clusters", "cluster.change_decision_rule", "its_cluster_is_open"): (
        "PUT", "/v1/clusters/{shut}/decision-rule", A_RULE,
    ),
    ("clusters", "cluster.propose", "its_cluster_is_open"): ("POST", "/v1/clusters/{shut}/proposals", AN_AGREEMENT),
    ("clusters", "proposal.speak", "its_cluster_is_open"): ("PUT", "/v1/proposals/{shut_proposal}/voice", YES),
    ("clusters", "proposal.speak", "it_is_asked_now"): ("PUT", "/v1/proposals/{asked_no_more}/voice", YES),
    ("clusters", "proposal.answer", "its_cluster_is_open"): (
        "POST", "/v1/proposals/{shut_proposal}/voices/{shut_voice}/answers", {"text": "!"},
    ),
    ("clusters", "proposal.answer", "it_is_asked_now"): (
        "POST", "/v1/proposals/{asked_no_more}/voices/{raised}/answers", {"text": "!"},
    ),
    ("clusters", "proposal.take_back", "its_cluster_is_open"): ("DELETE", "/v1/proposals/{shut_proposal}", None),
    ("clusters", "proposal.take_back", "it_is_asked_now"): ("DELETE", "/v1/proposals/{asked_no_more}", None),
    ("clusters", "proposal.take_back", "it_is_undecided"): ("DELETE", "/v1/proposals/{decided}", None),
    ("clusters", "membership.end", "its_cluster_is_open"): ("DELETE", "/v1/memberships/{shut_membership}", None),
    ("clusters", "school_invitation.accept", "its_cluster_is_open"): (
        "POST", "/v1/school-invitations/{shut_asked}/acceptance", {},
    ),
    ("clusters", "office.end", "somebody_else_coordinates_the_programme"): ("DELETE", "/v1/offices/{last}", None),
    ("clusters", "invitation.accept", "it_is_sent"): ("POST", "/v1/invitations/{proposed}/acceptance", None),
    ("clusters", "invitation.accept", "it_has_not_run_out"): ("POST", "/v1/invitations/{expired}/acceptance", None),
}  # fmt: skip
# Who may do it, were it open; everybody else is refused (403), or does not know of it (404). What is another thing in
# one of its states has a line for that.
COULD: dict[str | tuple[str, str], set[str]] = {
    "event.change": {"organiser", "programme coordinator"},
    "event.register": {"teacher", "coordinator", "organiser"},
    "event.mark_attendance": {"organiser", "coordinator", "programme coordinator"},
    "entry.comment": {"teacher"},  # of a draft only its author knows
    "comment.reply": {"teacher"},
    "comment.resolve": {"teacher", "coordinator"},  # the author of the entry, and who wrote the comment
    "comment.change": {"coordinator"},
    "comment.remove": {"coordinator"},
    "office.end": {"programme coordinator", "house"},
    "invitation.accept": {"house"},
    ("invitation.accept", "it_has_not_run_out"): {"house", "invited"},
    ("event.schedule", "its_cluster_is_open"): {"mentor there", "programme coordinator"},
    ("event.change", "its_cluster_is_open"): {"mentor there", "programme coordinator"},
    ("event.register", "its_cluster_is_open"): PEOPLE_THERE,
    ("event.mark_attendance", "its_cluster_is_open"): {"mentor there", "coordinator there", "programme coordinator"},
    ("diary.write", "its_cluster_is_open"): PEOPLE_THERE,
    ("entry.edit", "its_cluster_is_open"): {"teacher there"},
    ("entry.publish", "its_cluster_is_open"): PEOPLE_THERE,
    ("entry.comment", "its_cluster_is_open"): ALL_THERE,
    ("comment.reply", "its_cluster_is_open"): ALL_THERE,
    ("comment.resolve", "its_cluster_is_open"): {"teacher there", "coordinator there"},
    ("comment.change", "its_cluster_is_open"): {"coordinator there"},
    ("cluster.change_aims", "its_cluster_is_open"): {"mentor there", "coordinator there", *ABOVE},
    ("cluster.ask_school", "its_cluster_is_open"): ABOVE,
    ("cluster.begin", "its_cluster_is_open"): ABOVE,
    ("cluster.admit", "its_cluster_is_open"): {"house"},
    ("cluster.close", "its_cluster_is_open"): ABOVE,
    ("cluster.change_approach", "its_cluster_is_open"): {"programme coordinator"},
    ("cluster.add_tool", "its_cluster_is_open"): {"mentor there"},
    ("tool.change", "its_cluster_is_open"): {"mentor there"},
    ("lockout.say", "its_cluster_is_open"): {"coordinator there"},
    ("cluster.ask_help", "its_cluster_is_open"): PEOPLE_THERE,
    ("help.answer", "its_cluster_is_open"): PEOPLE_THERE,
    ("help.settle", "its_cluster_is_open"): {"teacher there"},
    ("help.climb", "its_cluster_is_open"): {"teacher there"},
    ("cluster.change_aims", "it_has_no_plan"): {"organiser", "coordinator", *ABOVE},
    ("cluster.begin_plan", "its_cluster_is_open"): {"mentor there", "coordinator there"},
    ("cluster_todo.tick", "its_cluster_is_open"): {"mentor there", "coordinator there"},
    ("plan.write", "its_cluster_is_open"): {"mentor there", "coordinator there"},
    ("plan.hand_in", "its_cluster_is_open"): {"mentor there"},
    ("plan.hand_in", "it_is_not_approved"): {"organiser"},
    ("plan.answer", "its_cluster_is_open"): {"programme coordinator"},
    ("plan.answer", "it_is_handed_in"): {"programme coordinator"},
    ("part.tick", "its_cluster_is_open"): {"mentor there", "coordinator there"},
    ("part.tick", "it_can_be_ticked"): {"organiser", "coordinator"},
    ("cluster.change_decision_rule", "its_cluster_is_open"): {"mentor there"},
    ("cluster.propose", "its_cluster_is_open"): PEOPLE_THERE,
    ("proposal.speak", "its_cluster_is_open"): PEOPLE_THERE,
    ("proposal.answer", "its_cluster_is_open"): PEOPLE_THERE,
    ("proposal.take_back", "its_cluster_is_open"): {"mentor there", "teacher there"},
    "proposal.speak": {"organiser", "teacher", "coordinator"},
    "proposal.answer": {"organiser", "teacher", "coordinator"},
    "proposal.take_back": {"organiser", "teacher"},
    ("membership.end", "its_cluster_is_open"): ABOVE,
    ("school_invitation.accept", "its_cluster_is_open"): {"house"},
}
