"""Which facts of diaries are acts that the audit shows, and which it does not."""

from services.roster.acts.schemas import About, Acts

IN_THE_ENTRY, DRAFTS = "it stands in the entry", "a draft is its author's"

ACTS = Acts(
    shown={
        "entry.published": About.diary,
        "entry.retracted": About.diary,
        "entry.removed": About.diary,
        "comment.posted": About.diary,
        "comment.removed": About.diary,
        "question.resolved": About.diary,
    },
    passed_over={
        "entry.started": DRAFTS,
        "entry.changed": IN_THE_ENTRY,
        "picture.added": IN_THE_ENTRY,
        "picture.removed": IN_THE_ENTRY,
        "comment.changed": IN_THE_ENTRY,
        "writer.erased": "who leaves for good does so for themselves",
    },
    thing_id="(act.data ->> 'entry_id')::uuid",
    thing_name="""(select entry.title from entry
      join publication on publication.entry_id = entry.id and publication.retracted_at is null
      where entry.id = act.thing_id and not exists (select from entry_removal where entry_id = entry.id))""",
    all_in_clusters=True,
)
