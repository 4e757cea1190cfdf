"""Who may do what in diaries, and while what. A row is an action; any of its rules lets an actor in."""

from kit.policy import Rules
from services.diaries.policy.rules import (
    OfComment,
    OfEntry,
    anyone_who_sees_it,
    author,
    coordinator_of_the_authors_school,
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
    programme_coordinator,
)

RULES: Rules = {
    "entries.list": Row[object, object](person_signed_in, client_of_a_cluster),
    "diary.write": Row[OfCluster, object](member),
    "entry.read": Row[object, object](anyone_who_sees_it),
    "entry.edit": Row[OfEntry, object](author),
    "entry.publish": Row[OfEntry, object](author, coordinator_of_the_authors_school, mentor_coordinator),
    "entry.remove": Row[OfEntry, object](author),
    "entry.comment": Row[OfCluster, OfReaders](
        member, national_coordinator, programme_coordinator, while_=[it_is_published]
    ),
    "comment.reply": Row[OfCluster, Discussed](
        member, national_coordinator, programme_coordinator, while_=[it_is_published, it_begins_its_thread]
    ),
    "comment.resolve": Row[OfComment, Said](
        writer, author, while_=[it_is_a_question, it_is_not_taken_back, it_is_unresolved]
    ),
    "comment.change": Row[OfComment, Said](writer, while_=[it_is_not_taken_back]),
    "comment.remove": Row[OfComment, Said](writer, while_=[it_is_not_taken_back]),
    **IN_EVERY_SERVICE,
}
