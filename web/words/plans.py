"""The plan of a cluster's year."""

from web.words.marking import N_

FIELDS = {
    "ends_before_it_begins": N_("This is before it begins."),
    "outside_year": N_("This is not in the year of the plan: from July before it to the December after."),
    "year_far_away": N_("A plan is for this school year, or the one before or after it."),
    "school_elsewhere": N_("This school is not in the cluster."),
    "kind_stays": N_("Write a new part for this, and take the old one out."),
}
PROBLEMS = {
    "too-many-plan-parts": N_("A plan has at most 200 parts: take something out first."),
    "nothing-to-hand-in": N_("This plan says nothing yet: write a goal or an activity first."),
    "plan-not-handed-in": N_("This plan is not handed in: its cluster is still writing it."),
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
    "plan_approved": N_("You have approved it. The coordinators of its schools are told."),
    "plan_change_asked": N_("The plan goes back with your words. The coordinators of its schools are told."),
}
WHO = {
    "coordinator_of_the_cluster_in_person": N_("a coordinator of the cluster"),
    "member_of_a_bottom_up_cluster_in_person": N_("a member of a bottom-up cluster"),
    "mentor_coordinator_in_a_top_down_cluster": N_("the mentor coordinator of a top-down cluster"),
    "programme_coordinator_in_a_top_down_cluster": N_("the programme coordinator"),
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
}
TABLES = {
    "plan_state": STATES,
    "part_kind": KINDS,
    "section": SECTIONS,
    "plan_change": CHANGES,
    "plan_beginning": BEGINNINGS,
}
