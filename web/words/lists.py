"""Lists of schools, people and memberships that somebody brings from a spreadsheet."""

from kit.marking import N_

FIELDS = {
    "sheet_picture": N_("This is a picture, and no list: save it as CSV or XLSX."),
    "sheet_packed": N_("This file unpacks to far more than a list has."),
    "sheet_protected": N_("This file has a password: save it without one."),
    "sheet_broken": N_("This file cannot be read as a list: save it again as CSV or XLSX."),
    "sheet_empty": N_("There is nothing in this file."),
    "sheet_rows": N_("These are more than 20,000 rows: bring them in parts."),
    "sheet_school": N_("These are more than 500 rows, and a school has no more people: bring them in parts."),
    "lists_running": N_("Ten lists of yours are being brought in: wait until one of them is in."),
    "columns_missing_schools": N_("Say which columns are the name and the town."),
    "columns_twice": N_("Two columns are said to be the same."),
    "columns_wrong": N_("These are not the columns of the file."),
    "scheme_missing": N_("Say of which register the numbers are."),
    "all_doubtful": N_("There is nothing else to bring in: say that these rows are right, or bring another file."),
    "columns_missing_people": N_(
        "Say which columns are the name, the mail address and the school with its town, or its number."
    ),
    "columns_missing_memberships": N_(
        "Say which columns are the cluster, the role and the school with its town, or its number."
    ),
}
DONE = {
    "list_read": N_("The list is read. See whether the columns are right."),
    "list_tried": N_("It is tried out now."),
    "list_begun": N_("It is brought in now."),
    "list_stopped": N_("It stops here."),
}
SCHOOL_COLUMNS = {
    "name": N_("Name of the school"),
    "official_name": N_("Official name"),
    "number": N_("Number in the register"),
    "town": N_("Town"),
    "country": N_("Country"),
    "street": N_("Postal address"),
    "postcode": N_("Postcode"),
    "website": N_("Website"),
    "year": N_("School year"),
    "students": N_("Students"),
    "teachers": N_("Teachers"),
    "latitude": N_("Latitude"),
    "longitude": N_("Longitude"),
}
OF_A_SCHOOL = {
    "number": N_("Number in the register"),
    "school": N_("Name of the school"),
    "town": N_("Town"),
}
PEOPLE_COLUMNS = {
    "name": N_("Name"),
    "surname": N_("Surname"),
    "mail": N_("Mail address"),
    **OF_A_SCHOOL,
    "role": N_("Role"),
    "language": N_("Language"),
}
MEMBERSHIP_COLUMNS = {
    "cluster": N_("Name of the cluster"),
    "approach": N_("Set up by"),
    **OF_A_SCHOOL,
    "role": N_("Role"),
}
COLUMNS = {"schools": SCHOOL_COLUMNS, "people": PEOPLE_COLUMNS, "memberships": MEMBERSHIP_COLUMNS}
TITLES = {
    "schools": N_("Bring in a list of schools"),
    "people": N_("Bring in a list of people"),
    "memberships": N_("Bring in a list of memberships"),
}
LEADS = {
    "schools": N_(
        "As a ministry’s register gives it, or made by hand. First you see what would happen; "
        "nothing is changed before."
    ),
    "people": N_(
        "Each gets an invitation by mail, and belongs to their school once they say yes. "
        "First you see what would happen; "
        "nobody is told before."
    ),
    "memberships": N_(
        "Which school is in which cluster. Each school is asked, and belongs once it says yes. "
        "First you see what would happen; nobody is told before."
    ),
}
# The first row of a template: what begins with # is left out.
EXAMPLES = {
    "schools": N_("School in Louny (an example: this row is left out)"),
    "people": N_("Jana Nová (an example: this row is left out)"),
    "memberships": N_("Cluster of Louny (an example: this row is left out)"),
}
TRIED = N_("Nothing has changed yet; this is what would happen")
STATES = {
    "read": N_("It is read: see whether the columns are right"),
    "trying": N_("It is being tried out"),
    "tried": TRIED,
}
SCHOOLS_STATES = STATES | {
    "running": N_("The schools are coming in"),
    "stopped": N_("It was stopped; what is in stays in"),
    "done": N_("The schools are in"),
}
PEOPLE_STATES = STATES | {
    "running": N_("The people are being invited"),
    "stopped": N_("It was stopped; who is invited stays invited"),
    "done": N_("The people are invited"),
}
MEMBERSHIPS_STATES = STATES | {
    "running": N_("The schools are being asked"),
    "stopped": N_("It was stopped; who is asked stays asked"),
    "done": N_("The schools are asked"),
}
SCHOOLS_OUTCOMES = {
    "new": N_("new schools"),
    "numbers": N_("get new numbers of the year"),
    "same": N_("are here already, just the same"),
    "alike": N_("look like one that is here"),
    "doubtful": N_("are not where our map has the country: brought in only if you say so"),
    "wrong": N_("cannot be read: they stay out"),
}
PEOPLE_OUTCOMES = {
    "new": N_("get an invitation by mail"),
    "proposed": N_("are proposed to their school, which is asked first"),
    "waiting": N_("are invited already, and have not answered"),
    "same": N_("work there already"),
    "doubtful": N_("have an address of another school: invited only if you say so"),
    "wrong": N_("stay out"),
}
MEMBERSHIPS_OUTCOMES = {
    "new": N_("are asked into the cluster"),
    "waiting": N_("are asked already, and have not answered"),
    "same": N_("belong to the cluster already"),
    "wrong": N_("stay out"),
}
# The same once it is over.
LEFT = N_("were not brought in any more, as it was stopped")
SCHOOLS_BECAME = {
    "new": N_("new schools were brought in"),
    "numbers": N_("got new numbers of the year"),
    "same": N_("were here already, just the same"),
    "alike": N_("looked like one that was here"),
    "doubtful": N_("were not where our map has the country, and stayed out"),
    "left": LEFT,
    "wrong": N_("could not be read: they stayed out"),
}
PEOPLE_BECAME = {
    "new": N_("got an invitation by mail"),
    "proposed": N_("were proposed to their school, which was asked first"),
    "waiting": N_("were invited already, and had not answered"),
    "same": N_("worked there already"),
    "doubtful": N_("had an address of another school, and stayed out"),
    "left": LEFT,
    "wrong": N_("stayed out"),
}
MEMBERSHIPS_BECAME = {
    "new": N_("were asked into the cluster"),
    "waiting": N_("were asked already, and had not answered"),
    "same": N_("belonged to the cluster already"),
    "left": LEFT,
    "wrong": N_("stayed out"),
}
WRONG = {
    "missing": N_("is missing"),
    "too_long": N_("is too long"),
    "website": N_("is no address of a website"),
    "number": N_("is no number"),
    "place_half": N_("is only half of a place on the map"),
    "place": N_("is no place on the map"),
    "place_far": N_("is not where our map has the country"),
    "place_swapped": N_("is not where our map has the country; the other way round, it would be in it"),
    "year": N_("is no school year"),
    "twice": N_("stood above already: only the first is taken"),
    "unusable": N_("cannot be used"),
    "mail": N_("is no mail address"),
    "mail_of_school": N_("is an address of another school"),
    "role": N_("is no role"),
    "language": N_("is no language that is known here"),
    "school_unknown": N_("no school here is called or numbered so"),
    "school_elsewhere": N_("is a school of another country"),
    "school_several": N_("several schools are called so: give its number"),
    "school_another": N_("is not the school that this list is of"),
    "declined": N_("said no lately: ask them yourself before you try again"),
    "left": N_("left this school lately: ask them yourself before you try again"),
    "withdrawn": N_("was asked lately, and that was taken back: ask them yourself before you try again"),
    "asked_too_often": N_("was asked ten times within two weeks: give it some time"),
    "is_led": N_("the school has a coordinator, who gives this role"),
    "approach": N_("is neither the ministry nor the schools"),
    "approach_missing": N_("no such cluster is here: say that the ministry sets it up, and it is formed"),
    "approach_of_schools": N_("a cluster of schools is proposed by its mentor school"),
    "approach_another": N_("the cluster was set up by others"),
    "cluster_unknown": N_("no cluster has this id"),
    "cluster_several": N_("several clusters are called so: give its id"),
    "cluster_closed": N_("this cluster is closed"),
    "cluster_full": N_("a cluster has at most two hundred schools"),
    "cluster_of_schools": N_("its schools lead this cluster: its mentor school asks others into it"),
    "country_takes_no_part": N_("this country takes no part in the programme"),
    "role_another": N_("the school is in the cluster in another role"),
    "school_declined": N_("said no lately: ask them yourself before you try again"),
    "school_asked_too_often": N_("was asked three times within two weeks: give it some time"),
    "no_mentor": N_("a new cluster needs a mentor school in the list"),
}
# Of rows that come in only if somebody says that they are right.
DOUBTFUL = {
    "schools": N_("Is this place right?"),
    "people": N_("Do they work at both?"),
}
DOUBTFUL_PICKS = {
    "schools": N_("These places are right: bring in these schools, too"),
    "people": N_("They work at both schools: invite them, too"),
}
DOUBTFUL_SAID = {
    "schools": N_(
        "Schools that are not where our map has the country are brought in, too: "
        "it was said that their places are right."
    ),
    "people": N_("Who has an address of another school is invited, too: it was said that they work at both."),
}
TABLES = {
    "schools_column": SCHOOL_COLUMNS,
    "people_column": PEOPLE_COLUMNS,
    "memberships_column": MEMBERSHIP_COLUMNS,
    "list": TITLES,
    "list_lead": LEADS,
    "list_example": EXAMPLES,
    "schools_state": SCHOOLS_STATES,
    "people_state": PEOPLE_STATES,
    "memberships_state": MEMBERSHIPS_STATES,
    "schools_outcome": SCHOOLS_OUTCOMES,
    "people_outcome": PEOPLE_OUTCOMES,
    "memberships_outcome": MEMBERSHIPS_OUTCOMES,
    "schools_became": SCHOOLS_BECAME,
    "people_became": PEOPLE_BECAME,
    "memberships_became": MEMBERSHIPS_BECAME,
    "doubtful": DOUBTFUL,
    "doubtful_pick": DOUBTFUL_PICKS,
    "doubtful_said": DOUBTFUL_SAID,
    "import_wrong": WRONG | {"heading": N_("What is wrong")},
}
