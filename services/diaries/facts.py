"""What diaries tells: each fact with the names of its data."""

FACTS: dict[str, tuple[str, ...]] = {
    "entry.started": ("entry_id", "title"),
    "entry.changed": ("entry_id", "title"),
    "entry.published": ("entry_id", "title", "reach"),
    "entry.retracted": ("entry_id", "title"),
    "picture.added": ("picture_id", "entry_id"),
    "picture.removed": ("picture_id", "entry_id"),
    "comment.posted": ("comment_id", "entry_id", "kind"),
    "question.resolved": ("comment_id", "entry_id"),
}
