"""The kinds of notices and letters, with what each says; their words are in `texts`, a file for each kind."""

from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Annotated, Any, Literal

from pydantic import BaseModel, Field

from services.clusters.post.kinds import meetings, plans, proposals
from services.clusters.post.kinds.kind import Kind, Name, Said, Text, Title


class CommentPosted(Kind, kind="comment_posted", family="diaries"):
    title: Title
    language: str | None = None
    by: Name
    of: str = Field(alias="as")
    text: Annotated[str, Said("text_language")] = ""
    text_language: str | None = None


class AboutHelp(Kind):
    """Of a request for help: by whom it was asked, answered or passed on, and until when an answer is promised."""

    title: Title
    language: str | None = None
    by: Name
    cluster: Text
    text: Annotated[str, Said("text_language")] = ""
    text_language: str | None = None
    due_at: datetime | None = None


class HelpAsked(AboutHelp, kind="help_asked", family="help", for_leaders=True):
    pass


class HelpAnswered(AboutHelp, kind="help_answered", family="help"):
    pass


class HelpClimbed(AboutHelp, kind="help_climbed", family="help"):
    pass


class InvitationProposed(Kind, kind="invitation_proposed", family="belonging", for_leaders=True):
    name_invited: Name
    school: Text
    by: Name
    by_code: bool = False
    by_account: Text = ""
    account_name: Name = ""
    differs: tuple[str, ...] = ()


class Invitation(Kind, kind="invitation", family="belonging", in_app=False, is_sent_by_hand=True):
    by: Name
    school: Text
    role: str
    days: int


class OfficeInvitation(Kind, kind="office_invitation", family="belonging", in_app=False, is_sent_by_hand=True):
    by: Name
    office: str
    country: str | None
    days: int


class InvitationUnreached(Kind, kind="invitation_unreached", family="belonging", for_leaders=True):
    name_invited: Name
    school: Text = ""
    reason: str


class SchoolAsked(Kind, kind="school_asked", family="belonging", for_leaders=True):
    by: Name
    school: Text
    cluster: Text
    role: str
    word: Text = ""


class SchoolAnswered(Kind, kind="school_answered", family="belonging", for_leaders=True):
    by: Name
    school: Text
    cluster: Text
    accepted: bool
    word: Text = ""


class ClusterClosed(Kind, kind="cluster_closed", family="belonging", for_leaders=True):
    by: Name
    cluster: Text
    word: Text = ""


class ApproachChanged(Kind, kind="approach_changed", family="belonging", for_leaders=True):
    by: Name
    cluster: Text
    approach: str
    word: Text = ""


class ClusterReopened(Kind, kind="cluster_reopened", family="belonging", for_leaders=True):
    by: Name
    cluster: Text


class SchoolReleased(Kind, kind="school_released", family="belonging", for_leaders=True):
    by: Name
    school: Text
    cluster: Text


class SchoolLeft(Kind, kind="school_left", family="belonging", for_leaders=True):
    by: Name
    school: Text
    cluster: Text


class ColleagueLeft(Kind, kind="colleague_left", family="belonging", for_leaders=True):
    by: Name
    school: Text
    leads_no_longer: bool = False


class StaffEnded(Kind, kind="staff_ended", family="belonging"):
    by: Name
    school: Text
    leads_no_longer: bool = False


class ArchiveMade(Kind, kind="archive_made", family="belonging", is_awaited=True):
    days: int


class AboutIdentity(Kind):
    """Of an account at a provider; who has it hears of it, whatever they chose."""

    provider: Text


class IdentityConnected(AboutIdentity, kind="identity_connected", family="signing in", chosen=False):
    pass


class IdentityDisconnected(AboutIdentity, kind="identity_disconnected", family="signing in", chosen=False):
    pass


class News(Kind, kind="news", family="the post itself", in_app=False, chosen=False):
    """In place of any other letter, for who wants mails without content."""


class DigestLine(BaseModel):
    text: str
    path: str


class Digest(Kind, kind="digest", family="the post itself", in_app=False, chosen=False):
    lines: list[DigestLine]
    news: int


class SignInLink(
    Kind, kind="sign_in_link", family="signing in", in_app=False, is_awaited=True, tried_for=timedelta(minutes=30)
):
    minutes: int


class AddressConfirmation(
    Kind,
    kind="address_confirmation",
    family="signing in",
    in_app=False,
    is_awaited=True,
    tried_for=timedelta(hours=1),
    is_nameless=True,
):
    """To an address that somebody wants to have, and that is nobody's."""

    minutes: int


class AddressWanted(
    Kind,
    kind="address_wanted",
    family="signing in",
    in_app=False,
    is_awaited=True,
    tried_for=timedelta(hours=1),
    is_nameless=True,
):
    """The same to one that is somebody's already."""


class WayInChanged(Kind, kind="way_in_changed", family="signing in", in_app=False, chosen=False):
    """Somebody's password, passkeys, second step or addresses changed, or are guessed at: they hear of it."""

    what: Literal[
        "password_set",
        "passkey_added",
        "passkey_removed",
        "factor_set_up",
        "factor_removed",
        "factor_lifted",
        "recovery_code_used",
        "wrong_codes",
        "address_added",
        "address_chosen",
        "address_removed",
    ]
    passkey: Text = ""
    address: Text = ""


def _kinds_in(namespace: Mapping[str, Any]) -> dict[str, type[Kind]]:
    classes = [named for named in namespace.values() if isinstance(named, type) and issubclass(named, Kind)]
    return {kind.name: kind for kind in classes if kind is not Kind and kind.name}


KINDS = _kinds_in(vars(meetings)) | _kinds_in(vars(plans)) | _kinds_in(vars(proposals)) | _kinds_in(globals())
NAMES = sorted({name for kind in KINDS.values() for name in kind.named()})
"""The parameters of all kinds that are names of people."""
