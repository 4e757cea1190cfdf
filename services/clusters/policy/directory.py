from kit.policy import Rules
from services.clusters.policy.rules import (
    anyone_signed_in,
    house_setting_up,
    leader_of_the_school_in_person,
    mentor_coordinator_for_a_teacher,
    national_coordinator,
    national_coordinator_for_a_teacher_or_the_first_leader,
    oneself,
    programme_coordinator_for_a_teacher_or_the_first_leader,
    who_works_there_in_person,
)
from services.clusters.policy.states import Held, somebody_else_coordinates_the_programme
from services.clusters.policy.things import Asking, InCountry, OfSchool, OfStaff
from services.roster.rules import Row, person_signed_in, programme_coordinator

DIRECTORY: Rules = {
    "profile.see": Row[object, object](person_signed_in),
    "profile.change": Row[object, object](oneself),
    "card.see": Row[object, object](oneself),
    "card.change": Row[object, object](oneself),
    "person.see": Row[object, object](anyone_signed_in),
    "record.see": Row[object, object](oneself),
    "person.erase": Row[object, object](oneself),
    "programme.see": Row[object, object](anyone_signed_in),
    "programme.change": Row[object, object](programme_coordinator, house_setting_up),
    "school.register": Row[InCountry, object](national_coordinator, programme_coordinator, house_setting_up),
    "schools.find": Row[object, object](oneself, house_setting_up),
    "school.see": Row[object, object](anyone_signed_in),
    "school.see_people": Row[object, object](anyone_signed_in),
    "school.see_acts": Row[OfSchool, object](
        leader_of_the_school_in_person, national_coordinator, programme_coordinator
    ),
    "school.change": Row[OfSchool, object](
        leader_of_the_school_in_person, national_coordinator, programme_coordinator, house_setting_up
    ),
    "development_plan.see": Row[object, object](anyone_signed_in),
    "development_plan.write": Row[OfSchool, object](leader_of_the_school_in_person),
    "school.invite": Row[Asking, object](
        leader_of_the_school_in_person,
        mentor_coordinator_for_a_teacher,
        national_coordinator_for_a_teacher_or_the_first_leader,
        programme_coordinator_for_a_teacher_or_the_first_leader,
        house_setting_up,
    ),
    "school.propose_cluster": Row[OfSchool, object](leader_of_the_school_in_person),
    "staff.change_role": Row[OfSchool, object](leader_of_the_school_in_person, house_setting_up),
    "staff.end": Row[OfStaff, object](
        who_works_there_in_person, leader_of_the_school_in_person, programme_coordinator, house_setting_up
    ),
    "office.see": Row[object, object](programme_coordinator, house_setting_up),
    "office.give": Row[object, object](programme_coordinator, house_setting_up),
    "office.end": Row[object, Held](
        programme_coordinator, house_setting_up, while_=[somebody_else_coordinates_the_programme]
    ),
}
