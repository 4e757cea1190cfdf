"""People, schools, offices and clusters."""

from web.words.marking import N_

PROBLEMS = {
    "already-staff": N_("This person works at the school already, in this role."),
    "last-programme-coordinator": N_("The programme keeps a coordinator: invite another one first."),
    "already-in-office": N_("This person holds the office already."),
    "last-coordinator": N_("A school keeps a coordinator: name another one first."),
    "last-mentor": N_("A cluster keeps a mentor: let another school mentor it first."),
}
DONE = {
    "profile_saved": N_("Saved."),
    "aims_saved": N_("The priorities and goals are saved."),
    "staff_ended": N_("They have left the school here."),
    "office_ended": N_("The office has ended."),
}
WHO = {
    "coordinator_of_the_cluster": N_("a coordinator of the cluster"),
    "mentor_coordinator_in_person": N_("a coordinator of the mentor school"),
    "mentor_coordinator_for_a_teacher": N_("a coordinator of the mentor school"),
    "leader_of_the_school_in_person": N_("a coordinator or the head of the school"),
}
SCHOOL_ROLES = {
    "mentor": N_("Mentor school"),
    "mentee": N_("Mentee school"),
    "lab": N_("Learning lab"),
}
STAFF_ROLES = {
    "teacher": N_("Teacher"),
    "coordinator": N_("Coordinator"),
    "head": N_("Head"),
}
OFFICES = {
    "national_coordinator": N_("National coordinator"),
    "programme_coordinator": N_("Programme coordinator"),
}
APPROACHES = {
    "top_down": N_("set up by the ministry"),
    "bottom_up": N_("set up by its schools"),
}
TABLES = {"school_role": SCHOOL_ROLES, "staff_role": STAFF_ROLES, "office": OFFICES, "approach": APPROACHES}
