"""Entries and comments."""

from kit.marking import N_

FIELDS = {
    "file_too_large": N_("This picture is too large to be sent: choose one of at most 12 MB."),
    "not_a_picture": N_("This is no picture that can be read here: choose a JPEG, PNG, WebP, AVIF or GIF."),
    "too_many_pixels": N_("This picture has too many pixels: choose a smaller one."),
    "too_deep": N_("Quotes and lists stand too deep within each other here: at most %(most)s."),
}
PROBLEMS = {
    "nothing-to-read": N_("There is nothing to read yet: write a sentence, then publish."),
    "entry-full": N_("An entry holds at most twenty pictures."),
    "not-published": N_("This entry is not published."),
    "still-a-draft": N_("A draft has no readers yet: publish it, then discuss it."),
    "comment-taken-back": N_("Its writer took this comment back."),
    "not-a-question": N_("Only a question can be resolved."),
}
DONE = {
    "entry_started": N_("The draft is saved. Nobody else sees it until you publish it."),
    "entry_saved": N_("The entry is saved."),
    "published_for_cluster": N_("The cluster reads it now."),
    "published_for_everyone": N_("Everyone reads it now, with its comments."),
    "retracted": N_("It is taken back: only its author finds it now."),
    "entry_removed": N_("The entry is deleted."),
    "picture_added": N_("The picture is added."),
    "picture_removed": N_("The picture is taken out."),
    "comment_posted": N_("Your comment is posted."),
    "comment_changed": N_("Your words are changed; readers see that they were."),
    "comment_removed": N_("Your words are taken away."),
    "reply_posted": N_("Your answer is posted."),
    "question_resolved": N_("The question is marked as answered."),
}
WHO = {
    "coordinator_of_the_authors_school": N_("a coordinator of the author’s school"),
    "author": N_("the author"),
    "author_who_is_a_member": N_("the author"),
    "writer": N_("who wrote it"),
    "whose_it_is": N_("the person whose it is"),
}
KINDS = {
    "takeaway": N_("I take away"),
    "question": N_("A question"),
    "suggestion": N_("A suggestion"),
    "reply": N_("An answer"),
}
TABLES = {"kind": KINDS}
