from uuid import UUID

from kit.jobs import Context, Jobs, Kept
from services.clusters.doors.factors.models import UNCONFIRMED_KEPT
from services.clusters.doors.identities.models import REQUEST_KEPT
from services.clusters.doors.links.actions import send_mail_link
from services.clusters.doors.passkeys.models import CHALLENGE_KEPT
from services.clusters.doors.sessions.models import SESSION_LASTS
from services.clusters.doors.signing_in.actions import KEPT_AFTER, REQUESTS_KEPT, forget_old_ways_in
from services.clusters.doors.tries.models import DEVICE_LASTS

jobs = Jobs()


@jobs.job("sign_in.send_link")
async def send_link(context: Context, request_id: str) -> None:
    async with context.database.transaction() as db:
        await send_mail_link(db, UUID(request_id))


@jobs.hourly(
    Kept("links to sign in with", KEPT_AFTER, "their end"),
    Kept(
        "wrong passwords and codes, and letters to new addresses: a digest of whose or where to, and of the network",
        KEPT_AFTER,
        "the try",
    ),
    Kept("sessions that ended, with the browser", KEPT_AFTER, "their end"),
    Kept("sessions that nobody ended", SESSION_LASTS + KEPT_AFTER, "signing in"),
    Kept("addresses that were typed to get a link", REQUESTS_KEPT, "typing"),
    Kept("browsers that were sent to a provider, and have not come back", REQUEST_KEPT, "their ten minutes"),
    Kept("what passkeys were asked to sign, and did not", CHALLENGE_KEPT, "their five minutes"),
    Kept("keys of a second step that no code confirmed", UNCONFIRMED_KEPT, "making"),
    Kept("browsers in which somebody signed in, by a digest", DEVICE_LASTS, "signing in"),
)
async def sweep(context: Context) -> None:
    async with context.database.transaction() as db:
        await forget_old_ways_in(db)
