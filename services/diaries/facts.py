"""What diaries tells: each fact with the names of its data. A fact of a draft names no cluster: no program hears it."""

FACTS: dict[str, tuple[str, ...]] = {
    "entry.started": ("entry_id",),
    "entry.changed": ("entry_id",),
    "entry.published": ("entry_id", "title", "reach"),
    "entry.retracted": ("entry_id",),
    "entry.removed": ("entry_id",),
    "picture.added": ("picture_id", "entry_id"),
    "picture.removed": ("picture_id", "entry_id"),
    "comment.posted": ("comment_id", "entry_id", "kind"),
    "comment.changed": ("comment_id", "entry_id"),
    "comment.removed": ("comment_id", "entry_id"),
    "question.resolved": ("comment_id", "entry_id"),
}
