"""What a cluster decides together."""

from kit.marking import N_

FIELDS = {
    "one_option": N_("One is no choice: write another, or none."),
    "option_twice": N_("One of them stands there twice."),
    "says_elsewhere": N_("This cannot be said in this round."),
    "dots_wrong": N_("You have %(most)s dots: give at least one of them, and not more."),
    "round_too_short": N_("This is too soon: the rule gives everybody %(days)s days."),
    "round_too_long": N_("This is more than ninety days away."),
    "day_before_end": N_("This day is not after the end of the decision."),
    "again_outside": N_("Choose a day after the end of the decision, within two years."),
}
PROBLEMS = {
    "proposal-not-asked": N_("This round has ended: no voice counts any more."),
    "too-many-open-proposals": N_("Twenty proposals are open in this cluster: decide some of them first."),
    "proposed-too-often": N_("You have proposed ten things here within two weeks: let the others speak first."),
    "day-is-over": N_("The day was over before it was decided."),
    "proposed-already": N_("Another open proposal is about the same: give your voice there."),
    "too-many-voices": N_("You have changed your voice ten times in this round: talk to each other first."),
    "too-many-voice-answers": N_("Fifty answers stand here: talk to each other first."),
}
DONE = {
    "proposal_made": N_("It is proposed. Everybody in the cluster is told."),
    "voice_given": N_("Your voice is there. You can change it until the end."),
    "voice_answered": N_("Your answer is there; who asked is told."),
    "proposal_taken_back": N_("It is withdrawn. Everybody in the cluster is told."),
    "decision_rule_changed": N_("What is proposed from now on is decided so."),
}
WHO = {
    "group_of_a_bottom_up_cluster": N_("the cluster itself, by a proposal"),
    "who_proposed_it": N_("who proposed it"),
}
MATTERS = {
    "agreement": N_("Something that we agree on"),
    "date": N_("A day"),
    "school": N_("A school joins us"),
    "plan": N_("Our plan of the year"),
    "decision_rule": N_("How we decide"),
}
MATTER_HINTS = {
    "agreement": N_("A topic, a habit, a choice between several: what we decide stands here for everybody."),
    "date": N_("One day, or several of which we choose one. Where we write our plan ourselves, it stands there then."),
    "school": N_("If we say yes, the school is asked in the name of the cluster."),
    "decision_rule": N_("By which rule proposals are decided from then on."),
}
PROCESSES = {
    "questions": N_("Round of questions"),
    "mood": N_("Check of the mood"),
    "consent": N_("Consent"),
    "majority": N_("Majority"),
    "dots": N_("Dots"),
    "still_holds": N_("Does it still hold?"),
}
PROCESS_MEANS = {
    "questions": N_("Everybody asks what they need to know; nothing is decided yet."),
    "mood": N_("Everybody says how it sounds; nothing is decided yet."),
    "consent": N_("It is decided if somebody says yes, and no concern is open at the end."),
    "majority": N_("It is decided if more say yes than no at the end; who has a concern counts as a no."),
    "dots": N_("Everybody has three dots; each school has as much weight as every other. The most dots win."),
    "still_holds": N_("Unless more say that it has done its work, it holds, and we are not asked again."),
}
SAYS = {
    "question": N_("I have a question"),
    "clear": N_("It is clear to me"),
    "good": N_("It sounds good"),
    "so_so": N_("I am not sure"),
    "bad": N_("It does not sound good"),
    "yes": N_("Yes"),
    "no": N_("No"),
    "concern": N_("I have a concern"),
    "aside": N_("I leave it to the others"),
    "dots": N_("My dots"),
    "holds": N_("It holds"),
    "change": N_("I would change it"),
    "done": N_("It has done its work"),
}
SAID = {
    "question": N_("Question"),
    "clear": N_("Clear"),
    "good": N_("Sounds good"),
    "so_so": N_("Not sure"),
    "bad": N_("Does not sound good"),
    "yes": N_("Yes"),
    "no": N_("No"),
    "concern": N_("Concern"),
    "aside": N_("Leaves it"),
    "dots": N_("Gave dots"),
    "holds": N_("Holds"),
    "change": N_("Would change it"),
    "done": N_("Has done its work"),
}
SAYS_MEANS = {
    "question": N_("Whoever proposed it is told, and everybody can answer."),
    "yes": N_("I can live with it, and help to make it work."),
    "concern": N_("Say what would go wrong; others can answer, and you can take it back."),
    "aside": N_("Counts as being there."),
    "holds": N_("Leave it as it is."),
    "change": N_("Say how; propose the new wording beside it."),
    "done": N_("It stands among what we decided; what it did stays."),
}
STATES = {
    "open": N_("Under way"),
    "decided": N_("Decided"),
    "not_decided": N_("Not decided"),
    "taken_back": N_("Withdrawn"),
    "ended": N_("Has done its work"),
}
WHYS = {
    "nobody": N_("Nobody has spoken."),
    "schools_missing": N_("Not somebody of each school has spoken."),
    "concerns": N_("A concern was open at the end."),
    "no_majority": N_("Not more said yes than no."),
    "no_majority_of_schools": N_("Not more schools said yes than no."),
    "tie": N_("Two have as many dots, or nobody gave any."),
}
COUNTED = {
    "person": N_("One voice a person"),
    "school": N_("One voice a school, as most of its people say"),
}
DEEDS = {
    "agreement": N_("It stands among what we decided."),
    "date": N_("It stands among what we decided, and in the plan of the year where we write that ourselves."),
    "school": N_("The school is asked in the name of the cluster. Nobody has to do it again."),
    "plan": N_("It is written into the plan of the year, by the cluster."),
    "decision_rule": N_("What is proposed from then on is decided so."),
}
DEEDS_DONE = {
    "date": N_("It stands in the plan of the year, on this day."),
    "school": N_("The school is asked in the name of the cluster."),
    "plan": N_("It is written into the plan of the year."),
    "decision_rule": N_("What is proposed since then is decided so."),
}
DEED_PROBLEMS = {
    "/problems/already-member": N_("The school is in the cluster already."),
    "/problems/school-asked-already": N_("The school is asked already."),
    "/problems/school-asked-too-often": N_("The school was asked three times within two weeks."),
    "/problems/cluster-full": N_("A cluster has at most two hundred schools."),
    "/problems/other-country": N_("The school is of another country now."),
    "/problems/too-many-plan-parts": N_("The plan has 200 parts already."),
    "/problems/not-found": N_("What it was about is gone."),
    "/problems/day-is-over": N_("The day was over before it was decided."),
    "/problems/changed": N_("Somebody changed it in the plan meanwhile."),
    "/problems/invalid": N_("It does not fit into the plan, or to the cluster, any more."),
    "/problems/forbidden": N_("The ministry leads this cluster now, and decides that."),
}
DECIDING = {
    "cluster.change_decision_rule": N_("Change how proposals are decided"),
}
TABLES = {
    "matter": MATTERS,
    "matter_hint": MATTER_HINTS,
    "process": PROCESSES,
    "process_means": PROCESS_MEANS,
    "says": SAYS,
    "said": SAID,
    "says_means": SAYS_MEANS,
    "proposal_state": STATES,
    "why_not": WHYS,
    "counted": COUNTED,
    "deed": DEEDS,
    "deed_done": DEEDS_DONE,
    "deed_problem": DEED_PROBLEMS,
}
