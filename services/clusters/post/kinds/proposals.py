"""What is told of what a cluster decides together."""

from datetime import datetime
from typing import Annotated

from services.clusters.post.kinds.kind import Kind, Name, Said, Text, Title


class AboutProposal(Kind):
    """What a cluster is asked until when, in a round of which process; in a letter with what was said about it."""

    title: Title
    language: str | None = None
    cluster: Text
    by: Name = ""
    state: str = "open"
    process: str = ""
    ends_at: datetime | None = None
    text: Annotated[str, Said("text_language")] = ""
    text_language: str | None = None


class ProposalMade(AboutProposal, kind="proposal_made", family="proposals"):
    pass


class ProposalRound(AboutProposal, kind="proposal_round", family="proposals"):
    """A further round begins, or it is asked whether it still holds."""


class ProposalRaised(AboutProposal, kind="proposal_raised", family="proposals"):
    """To who proposed it: somebody has a question, or a concern."""


class ProposalAnswered(AboutProposal, kind="proposal_answered", family="proposals"):
    """To who had the question or the concern."""


class ProposalEnded(AboutProposal, kind="proposal_ended", family="proposals"):
    """It is decided, or not; was taken back; or what was decided has done its work."""
