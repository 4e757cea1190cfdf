"""Help that a cluster asks for."""

from kit.marking import N_
from web.words.clusters import OFFICES

PROBLEMS = {
    "too-many-help-requests": N_("Thirty requests of this cluster wait for an answer: give them some time first."),
    "help-thread-full": N_("Two hundred answers stand here: ask anew."),
}
DONE = {
    "help_asked": N_("It is asked. You are told when somebody answers."),
    "help_answered": N_("It stands there. Those who read this are told."),
    "help_settled": N_("It is settled. Whoever asked can write on all the same."),
    "help_climbed": N_("The programme is asked now, and reads all of this."),
    "help_promised": N_("It is promised, for what is asked from now on."),
}
WHO = {
    "member_in_person": N_("a member of the cluster"),
    "who_asked_for_it": N_("whoever asked"),
    "coordinator_with_whom_it_is_shared": N_("a coordinator of the cluster"),
    "programme_coordinator_once_it_has_climbed": N_("the programme coordinator"),
}
READERS = {
    "coordinators": N_("The coordinators of our cluster, and who answers"),
    "nobody": N_("Only who answers"),
}
READS_AS = {
    "asker": N_("asked this"),
    "coordinator": N_("coordinates a school of the cluster"),
} | OFFICES
TABLES = {"help_readers": READERS, "reads_as": READS_AS}
