from kit.policy import Rules
from services.clusters.policy.rules import (
    anyone_signed_in,
    client_for_signing_in,
    holder_of_an_office,
    house_setting_up,
    leader_of_some_school_in_person,
    leader_of_the_school_in_person,
    mentor_coordinator_in_a_bottom_up_cluster,
    mentor_coordinator_of_the_client,
    mentor_coordinator_who_invited,
    national_coordinator,
    national_coordinator_in_a_top_down_cluster,
    national_coordinator_who_invited,
    oneself,
    who_invited,
    whom_it_names,
)
from services.clusters.policy.states import (
    Answered,
    AskedIntoCluster,
    Sent,
    it_has_not_run_out,
    it_is_sent,
    it_is_unanswered,
    it_waits_for_the_school,
)
from services.clusters.policy.things import ACluster, OfClient, OfInvitation, OfSchool
from services.roster.rules import Row, programme_coordinator
from services.roster.states import its_cluster_is_open

DOORS: Rules = {
    "import.begin": Row[object, object](holder_of_an_office, leader_of_some_school_in_person, house_setting_up),
    "import.manage": Row[OfSchool, object](
        leader_of_the_school_in_person, national_coordinator, programme_coordinator, house_setting_up
    ),
    "school.manage_code": Row[OfSchool, object](leader_of_the_school_in_person),
    "school.welcome": Row[OfSchool, object](leader_of_the_school_in_person),
    "newcomer.come": Row[object, object](client_for_signing_in),
    "session.begin": Row[object, object](client_for_signing_in),
    "session.see_own": Row[object, object](oneself),
    "session.pass_on": Row[object, object](oneself),
    "session.end_own": Row[object, object](oneself),
    "identity.see_own": Row[object, object](oneself),
    "identity.connect": Row[object, object](oneself),
    "identity.disconnect": Row[object, object](oneself),
    "address.see_own": Row[object, object](oneself),
    "address.add": Row[object, object](oneself),
    "address.choose": Row[object, object](oneself),
    "address.remove": Row[object, object](oneself),
    "clients.name": Row[object, object](anyone_signed_in),
    "passkey.see_own": Row[object, object](oneself),
    "passkey.add": Row[object, object](oneself),
    "passkey.remove": Row[object, object](oneself),
    "second_factor.see_own": Row[object, object](oneself),
    "second_factor.remove": Row[object, object](oneself),
    "client.manage": Row[OfClient, object](mentor_coordinator_of_the_client),
    "invitation.see": Row[OfInvitation, object](
        whom_it_names,
        who_invited,
        leader_of_the_school_in_person,
        national_coordinator,
        programme_coordinator,
        house_setting_up,
    ),
    "invitation.manage": Row[OfInvitation, Sent](
        mentor_coordinator_who_invited,
        leader_of_the_school_in_person,
        national_coordinator_who_invited,
        programme_coordinator,
        house_setting_up,
        while_=[it_is_unanswered],
    ),
    "invitation.confirm": Row[OfSchool, Sent](
        leader_of_the_school_in_person, while_=[it_is_unanswered, it_waits_for_the_school]
    ),
    "invitation.decline": Row[OfInvitation, Sent](whom_it_names, while_=[it_is_unanswered]),
    "invitation.accept": Row[OfInvitation, Sent](
        whom_it_names, house_setting_up, while_=[it_is_unanswered, it_is_sent, it_has_not_run_out]
    ),
    "school_invitation.see": Row[object, object](anyone_signed_in),
    "school_invitation.accept": Row[OfSchool, AskedIntoCluster](
        leader_of_the_school_in_person, house_setting_up, while_=[its_cluster_is_open, it_is_unanswered]
    ),
    "school_invitation.decline": Row[OfSchool, Answered](leader_of_the_school_in_person, while_=[it_is_unanswered]),
    "school_invitation.withdraw": Row[ACluster, Answered](
        mentor_coordinator_in_a_bottom_up_cluster,
        national_coordinator_in_a_top_down_cluster,
        programme_coordinator,
        house_setting_up,
        while_=[it_is_unanswered],
    ),
    "house.set_up": Row[object, object](house_setting_up),
    "house.open": Row[object, object](house_setting_up),
}
