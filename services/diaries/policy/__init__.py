"""Who may do what in diaries, and while what. A row is an action; any of its rules lets an actor in."""

from kit.policy import Rules
from services.diaries.policy.rules import (
    OfComment,
    OfEntry,
    OfOne,
    anyone_who_sees_it,
    author,
    author_who_is_a_member,
    coordinator_of_the_authors_school,
    whose_it_is,
    writer,
)
from services.diaries.policy.states import (
    Discussed,
    OfReaders,
    Said,
    it_begins_its_thread,
    it_is_a_question,
    it_is_not_taken_back,
    it_is_published,
    it_is_unresolved,
)
from services.roster.rules import (
    IN_EVERY_SERVICE,
    OfCluster,
    Row,
    client_of_a_cluster,
    member,
    mentor_coordinator,
    national_coordinator,
    person_signed_in,
    person_themselves,
    programme_coordinator,
)
from services.roster.states import OfClosable, its_cluster_is_open

RULES: Rules = {
    "archive.ask": Row[object, object](person_themselves),
    "archive.fetch": Row[OfOne, object](whose_it_is),
    "entries.list": Row[object, object](person_signed_in, client_of_a_cluster),
    "diary.write": Row[OfCluster, OfClosable](member, while_=[its_cluster_is_open]),
    "entry.read": Row[object, object](anyone_who_sees_it),
    "entry.edit": Row[OfEntry, OfClosable](author, while_=[its_cluster_is_open]),
    "entry.publish": Row[OfEntry, OfClosable](
        author_who_is_a_member, coordinator_of_the_authors_school, mentor_coordinator, while_=[its_cluster_is_open]
    ),
    "entry.retract": Row[OfEntry, object](author, coordinator_of_the_authors_school, mentor_coordinator),
    "entry.remove_picture": Row[OfEntry, object](author),
    "entry.remove": Row[OfEntry, object](author),
    "entry.comment": Row[OfCluster, OfReaders](
        member, national_coordinator, programme_coordinator, while_=[its_cluster_is_open, it_is_published]
    ),
    "comment.reply": Row[OfCluster, Discussed](
        member,
        national_coordinator,
        programme_coordinator,
        while_=[its_cluster_is_open, it_is_published, it_begins_its_thread],
    ),
    "comment.resolve": Row[OfComment, Said](
        writer, author, while_=[its_cluster_is_open, it_is_a_question, it_is_not_taken_back, it_is_unresolved]
    ),
    "comment.change": Row[OfComment, Said](writer, while_=[its_cluster_is_open, it_is_not_taken_back]),
    "comment.remove": Row[OfComment, Said](writer, while_=[it_is_not_taken_back]),
    **IN_EVERY_SERVICE,
}
