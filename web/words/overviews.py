"""How clusters do, and how closely their national coordinator looks."""

from kit.marking import N_

FIELDS = {
    "rest_out_of_bounds": N_("Choose a day within a year."),
    "school_not_in_cluster": N_("This school is not in the cluster."),
    "support_order": N_("This has to begin after the light touch, in the same school year."),
}
DONE = {
    "rested": N_("You are not asked about this for a while. Nobody else is told."),
    "support_chosen": N_("Chosen. It holds from now on, and in each school year."),
}
ACTIVITY = {
    "people": N_("Teachers reached"),
    "meetings": N_("Meetings"),
    "organised": N_("Meetings organised"),
    "hosted": N_("Meetings hosted"),
    "joined": N_("Meetings joined"),
    "came": N_("How often somebody came"),
    "reached": N_("Teachers reached this school year"),
    "entries": N_("Entries"),
    "comments": N_("Answers"),
    "takeaways": N_("Takeaways"),
    "planning": N_("Steps of planning and deciding"),
}
SAID = {
    "people": N_("Teachers who came at least once in the month."),
    "meetings": N_("Meetings that begin in the month and are not cancelled."),
    "entries": N_("Entries of the diary that were published in the month, and still are."),
    "comments": N_("Questions, suggestions and replies of the month under entries."),
    "takeaways": N_("What somebody said under an entry that they take from it."),
}
LEVELS = {
    "guided": N_("Guided"),
    "light_touch": N_("Light touch"),
    "on_request": N_("On request"),
}
OFFERS = {
    "looks_in": N_("Your national coordinator looks in by themselves at this time of the year; ask at any time."),
    "at_hand": N_("Your national coordinator is at hand: ask, and you get an answer."),
    "when_asked": N_("Your national coordinator comes when you ask, and not before."),
}
FIRST = {
    "nudges": N_("what a look might help with"),
    "months": N_("the months"),
    "help": N_("who asks for help"),
}
BEHAVIOURS = {
    "quiet_weeks": N_("You are nudged about a cluster in which nothing happens"),
    "quiet_schools": N_("and about a school of which nobody takes part"),
    "no_plan": N_("You are nudged where there is no plan of the year"),
    "late": N_("and where milestones of the plan are late"),
    "few_entries": N_("and where people meet and write little"),
    "first": N_("What comes first on your overview"),
    "offer": N_("What the page of a cluster says"),
}
COLUMNS = {
    "country": N_("Country"),
    "cluster": N_("Cluster"),
    "approach": N_("Led by"),
    "schools": N_("Schools"),
    "in_development_plans": N_("Schools with mentoring in their development plan"),
    "in_development_plan_since": N_("Mentoring in the development plan since"),
}
RESTS = {"month": N_("Let it rest for four weeks"), "year": N_("Not again this school year")}
TABLES = {
    "activity": ACTIVITY,
    "activity_said": SAID,
    "level": LEVELS,
    "offer": OFFERS,
    "first": FIRST,
    "behaviour": BEHAVIOURS,
    "overview_column": COLUMNS,
    "rest": RESTS,
}
