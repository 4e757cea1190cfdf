"""The plan of a cluster's year, and what its national coordinator asks it to do."""

from kit.marking import N_

FIELDS = {
    "ends_before_it_begins": N_("This is before it begins."),
    "outside_year": N_("This is not in the year of the plan: from July before it to the December after."),
    "year_far_away": N_("A plan is for this school year, or the one before or after it."),
    "school_elsewhere": N_("This school is not in the cluster."),
    "due_past": N_("This day is over."),
    "due_far_away": N_("This is more than eighteen months away."),
    "cluster_elsewhere": N_("One of these clusters is not in this country, or closed."),
    "kind_stays": N_("Write a new part for this, and take the old one out."),
}
PROBLEMS = {
    "too-many-plan-parts": N_("A plan has at most 200 parts: take something out first."),
    "nothing-to-hand-in": N_("This plan says nothing yet: write a goal or an activity first."),
    "plan-not-handed-in": N_("This plan waits for no answer."),
    "todo-twice": N_("This stands there already, for the same day."),
    "plan-is-approved": N_("This plan is approved as it stands: there is nothing to hand in."),
    "part-without-tick": N_("Only goals and milestones are ticked."),
    "aims-in-plan": N_("The plan of the year says what this cluster is for: write it there."),
}
DONE = {
    "plan_begun": N_("The plan is begun. Change what does not fit."),
    "plan_written": N_("It stands in the plan."),
    "plan_part_removed": N_("It is out of the plan."),
    "plan_part_done": N_("It is reached."),
    "plan_part_open": N_("It is open again."),
    "plan_handed_in": N_("It is handed in. Whoever approves it is told."),
    "plan_approved": N_("You have approved it. The mentor coordinator is told."),
    "todo_set": N_("It stands in the plans of these clusters. They are told."),
    "todo_changed": N_("It is changed everywhere. Those who have not done it are told."),
    "todo_removed": N_("It is taken back."),
    "todo_reminded": N_("They are reminded."),
    "todo_nobody_reminded": N_("Nobody is reminded: all were within the last seven days."),
    "feed_made": N_("This is the address. Subscribe to it in your calendar."),
    "feed_ended": N_("The address is ended."),
    "todo_ticked": N_("It is done, and your national coordinator sees it."),
    "todo_open": N_("It is open again."),
    "plan_change_asked": N_("The plan goes back with your words. The mentor coordinator is told."),
}
WHO = {
    "coordinator_of_the_cluster_in_person": N_("a coordinator of the cluster"),
    "member_of_a_bottom_up_cluster_in_person": N_("a member of a bottom-up cluster"),
    "mentor_coordinator_in_a_top_down_cluster": N_("the mentor coordinator of a top-down cluster"),
    "national_coordinator_for_a_plan_of_others": N_("the national coordinator, of what somebody else handed in"),
    "programme_coordinator_for_a_plan_of_others": N_("the programme coordinator, of what somebody else handed in"),
}
KINDS = {
    "priority": N_("Priority"),
    "goal": N_("Goal"),
    "activity": N_("Activity"),
    "milestone": N_("Milestone"),
}
STATES = {
    "draft": N_("Draft"),
    "handed_in": N_("Handed in"),
    "change_asked": N_("One change asked for"),
    "approved": N_("Approved"),
}
SECTIONS = {
    "preparation": N_("Preparation"),
    "networking": N_("Framework for networking"),
    "community_of_practice": N_("Community of practice"),
    "professional_development": N_("Professional development"),
    "monitoring": N_("Monitoring and evaluation"),
    "outcomes": N_("Documenting outcomes"),
}
CHANGES = {
    "added": N_("new"),
    "changed": N_("changed"),
    "removed": N_("taken out"),
}
BEGINNINGS = {
    "template": N_("A usual year: activities and milestones that you change"),
    "year_before": N_("Our plan of the year before, without what is reached"),
    "nothing": N_("An empty page"),
}
DECIDING = {
    "cluster.begin_plan": N_("Begin the plan of a year"),
    "plan.write": N_("Write in the plan of a year"),
    "plan.hand_in": N_("Hand the plan in"),
    "plan.answer": N_("Approve the plan"),
    "part.tick": N_("Tick goals and milestones"),
    "cluster_todo.tick": N_("Tick what the national coordinator asks for"),
}
TABLES = {
    "plan_state": STATES,
    "part_kind": KINDS,
    "section": SECTIONS,
    "plan_change": CHANGES,
    "plan_beginning": BEGINNINGS,
}
