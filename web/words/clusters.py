"""People, schools, offices and clusters."""

from kit.marking import N_

FIELDS = {
    "found_too_many": N_("These are more than 30,000 schools: narrow them down, and they fit into a file."),
    "place_far": N_("This place is not where our map has the country."),
    "place_swapped": N_("This place is not where our map has the country; the other way round, it would be in it."),
    "place_half": N_("A place on the map has a latitude and a longitude."),
    "hashtag_wrong": N_("A hashtag is one word: letters, digits and lines, no spaces."),
    "has_branches": N_("This school has branches itself."),
    "finite_number": N_("Give a number."),
    "float_parsing": N_("Give a number."),
    "float_type": N_("Give a number."),
    "text_or_link": N_("Give the text, a link to it, or both."),
    "since_ahead": N_("This day is still to come."),
    "year_wrong": N_("A school year ends after it begins, within eighteen months."),
    "phase_outside": N_("Every phase begins within the school year."),
    "phase_twice": N_("Two phases have one name, or begin on one day."),
    "country_unknown": N_("We know no country with this name: %(names)s."),
}
PROBLEMS = {
    "import-begun": N_("This list is being brought in, or was: bring the file again for another try."),
    "not-tried-yet": N_("This list was not tried out yet: say what its columns are first."),
    "cluster-closed": N_("This cluster is closed: what it did can be read, and nothing is added."),
    "already-member": N_("This school belongs to the cluster already."),
    "other-country": N_("A cluster stays within one country."),
    "cluster-full": N_("A cluster has at most two hundred schools."),
    "school-asked-already": N_("This school is asked already, and has not answered yet."),
    "school-asked-too-often": N_("This school was asked three times within two weeks: give it some time."),
    "too-many-proposals": N_("This school has proposed three clusters that have not begun yet."),
    "too-few-schools": N_("A cluster begins with a mentor and another school that said yes."),
    "official-id-taken": N_("Another school has this number of the register: look for it."),
    "country-not-taking-part": N_("This country does not take part in the programme: its coordinator can add it."),
    "setup-link-unknown": N_("This set-up link is none of this house, or a newer one was printed since."),
    "setup-link-ended": N_("This set-up link was used, or is too old."),
    "coordinated": N_("Somebody coordinates this house already: they invite further people in it."),
    "already-staff": N_("This person works at the school already, in this role."),
    "last-programme-coordinator": N_("The programme keeps a coordinator: invite another one first."),
    "already-in-office": N_("This person holds the office already."),
    "last-coordinator": N_("A school keeps a coordinator: name another one first."),
    "too-many-tools": N_("A cluster names at most thirty tools: remove one first."),
    "last-mentor": N_("A cluster keeps a mentor: let another school mentor it first."),
}
DONE = {
    "cluster_formed": N_("The cluster is there. Now ask schools into it."),
    "cluster_begun": N_("The cluster has begun."),
    "cluster_closed": N_("The cluster is closed. Those who lead its schools are told."),
    "approach_changed": N_("It is led so from now on. Those who lead its schools are told."),
    "cluster_reopened": N_("The cluster is open again. Those who lead its schools are told."),
    "school_asked": N_("The school is asked."),
    "school_asked_no_more": N_("The school is asked no more."),
    "school_joined": N_("Your school belongs to the cluster now."),
    "school_declined": N_("You said no for your school; who asked is told."),
    "school_registered": N_("The school is known now."),
    "development_plan_written": N_("Saved. It stands on the page of the school."),
    "development_plan_removed": N_("It is taken out."),
    "school_saved": N_("The school is saved."),
    "profile_saved": N_("Saved."),
    "card_saved": N_("Saved. This is how people of your clusters see it."),
    "portrait_shown": N_("Your picture is shown now."),
    "portrait_removed": N_("Your picture is gone."),
    "logo_shown": N_("The logo is shown now."),
    "logo_removed": N_("The logo is gone."),
    "aims_saved": N_("The priorities and goals are saved."),
    "tool_added": N_("It stands among the tools now."),
    "tool_changed": N_("The tool is saved."),
    "tool_removed": N_("The cluster works with it no more."),
    "locked_out": N_("The cluster sees that your school cannot get in."),
    "let_in": N_("The cluster sees that your school can get in again."),
    "school_released": N_("The school has left the cluster. It can be asked again."),
    "school_left": N_("You have left the school."),
    "led_no_longer": N_("You go on there as a teacher."),
    "staff_ended": N_("They have left the school here."),
    "office_ended": N_("The office has ended."),
    "house_opened": N_("The house is open."),
    "programme_saved": N_("The programme is saved."),
}
WHO = {
    "coordinator_of_the_cluster": N_("a coordinator of the cluster"),
    "mentor_coordinator_in_person": N_("a coordinator of the mentor school"),
    "mentor_coordinator_in_a_bottom_up_cluster": N_("a coordinator of the mentor school"),
    "leader_of_some_school_in_person": N_("a coordinator or the head of a school"),
    "holder_of_an_office": N_("somebody who holds an office"),
    "mentor_coordinator_for_a_teacher": N_("a coordinator of the mentor school"),
    "leader_of_the_school": N_("a coordinator or the head of the school"),
    "leader_of_the_school_in_person": N_("a coordinator or the head of the school"),
    "leader_of_the_school_in_a_bottom_up_cluster": N_("a coordinator or the head of the school"),
}
SCHOOL_ROLES = {
    "mentor": N_("Mentor school"),
    "mentee": N_("Mentee school"),
    "lab": N_("Learning lab"),
}
SCHOOL_ANSWERS = {
    "waiting": N_("has not answered"),
    "accepted": N_("said yes"),
    "declined": N_("said no"),
    "withdrawn": N_("is asked no more"),
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
    "top_down": N_("led by its ministry"),
    "bottom_up": N_("led by its schools"),
}
APPROACH_MEANS = {
    "top_down": N_("Its ministry leads this cluster: it says which schools are in it."),
    "bottom_up": N_("Its schools lead this cluster: they decide themselves."),
}
APPROACH_CHANGES = {
    "top_down": N_("Its ministry leads it from now on"),
    "bottom_up": N_("Its schools lead it from now on"),
}
APPROACH_ELSEWHERE = {
    "top_down": N_("In a cluster that its ministry leads:"),
    "bottom_up": N_("In a cluster that its schools lead:"),
}
DECIDING = {
    "cluster.ask_school": N_("Ask a school into the cluster"),
    "cluster.begin": N_("Say that the cluster begins"),
    "membership.end": N_("Let a school leave"),
    "school_invitation.withdraw": N_("Ask a school no more"),
    "event.schedule": N_("Plan a meeting"),
}
# Where they are called otherwise than on a page that refuses something.
DECIDES = {
    "member_of_bottom_up_cluster": N_("any member of the cluster"),
    "member_of_a_bottom_up_cluster_in_person": N_("any member of the cluster"),
    "mentor_coordinator_in_a_top_down_cluster": N_("a coordinator of the mentor school"),
    "national_coordinator_in_a_top_down_cluster": N_("the national coordinator"),
}
CIRCLES = {
    "coordinators": N_("only my coordinators and I"),
    "school": N_("my school"),
    "clusters": N_("my clusters"),
    "everyone": N_("everybody who may see me here"),
}
SCHOOL_KINDS = {
    "kindergarten": N_("Kindergarten"),
    "primary": N_("Primary"),
    "primary_and_lower_secondary": N_("Primary and lower secondary"),
    "lower_secondary": N_("Lower secondary"),
    "upper_secondary": N_("Upper secondary"),
    "secondary": N_("Secondary"),
    "vocational": N_("Vocational"),
    "all_ages": N_("All ages"),
    "special": N_("Special needs"),
    "other": N_("Another kind"),
}
TOOL_KINDS = {
    "lms": N_("Learning platform"),
    "meeting": N_("Meeting tool"),
    "files": N_("Files"),
    "other": N_("Something else"),
}
CLUSTER_STATES = {
    "forming": N_("Forming"),
    "active": N_("Active"),
    "closed": N_("Closed"),
}
SHEETS = {
    "clusters": N_("Clusters"),
    "schools": N_("Schools"),
    "people": N_("People"),
    "acts": N_("What was done"),
    "overview": N_("How it goes"),
    "memberships": N_("Memberships"),
    "template": N_("An empty list with headings"),
    "left": N_("What stayed out"),
}
SHEET_COLUMNS = {
    "school": N_("School"),
    "role": N_("Role"),
    "here": N_("Here"),
    "together": N_("Together"),
    "title_before": N_("Title before the name"),
    "person": N_("Name"),
    "title_after": N_("Title after the name"),
    "subjects": N_("Subjects"),
    "languages": N_("Languages"),
    "kind": N_("Kind"),
    "country": N_("Country"),
    "cluster": N_("Cluster"),
    "approach": N_("Who decides"),
    "state": N_("State"),
    "formed": N_("Formed"),
    "schools": N_("Schools"),
    "people": N_("People"),
    "in_cluster": N_("In a cluster"),
    "yes": N_("yes"),
    "no": N_("not yet"),
}
LICENCES = {
    "CC-BY-4.0": N_("CC BY 4.0: with the name of the authors"),
    "CC-BY-SA-4.0": N_("CC BY-SA 4.0: with the name, and shared alike"),
    "CC-BY-NC-4.0": N_("CC BY-NC 4.0: with the name, not for sale"),
    "CC0-1.0": N_("CC0: freely"),
    "all-rights-reserved": N_("All rights reserved"),
}
PHASES = {
    "beginning": N_("Getting to know each other"),
    "middle": N_("Trying things out"),
    "end": N_("Looking back"),
}
TABLES = {
    "school_role": SCHOOL_ROLES,
    "staff_role": STAFF_ROLES,
    "office": OFFICES,
    "approach": APPROACHES,
    "approach_means": APPROACH_MEANS,
    "approach_elsewhere": APPROACH_ELSEWHERE,
    "approach_change": APPROACH_CHANGES,
    "deciding": DECIDING,
    "cluster_state": CLUSTER_STATES,
    "school_answer": SCHOOL_ANSWERS,
    "circle": CIRCLES,
    "school_kind": SCHOOL_KINDS,
    "tool_kind": TOOL_KINDS,
    "sheet": SHEETS,
    "sheet_column": SHEET_COLUMNS,
    "licence": LICENCES,
    "phase": PHASES,
}
