from kit.db import Db
from kit.idempotency import SecretTold, tells_secret
from kit.policy import anyone
from kit.problems import documented
from kit.routing import router
from services.clusters.directory.programme.models import Programme
from services.clusters.directory.programme.queries import described
from services.clusters.doors.invitations.actions import SentAlready
from services.clusters.doors.setting_up import actions
from services.clusters.doors.setting_up.schemas import CoordinatorAskedOut, HouseByLinkIn, SetupLinkIn, SetupLinkOut

routes = router("/v1/house", "house")
by_link = anyone("whoever runs the house has its set-up link, and nobody coordinates it yet")
refused = documented(actions.SetupLinkUnknown, actions.SetupLinkEnded, actions.Coordinated)


@routes.post("/setup-link", dependencies=[by_link], responses=refused)
async def show_setup_link(link: SetupLinkIn, db: Db) -> SetupLinkOut:
    """What a set-up link is good for; looking does not use it."""
    found = await actions.open_link(db, link.key)
    programme = await db.get(Programme, 1)
    return SetupLinkOut(ends_at=found.ends_at, programme=await described(db, programme) if programme else None)


@routes.post(
    "/beginning",
    status_code=201,
    dependencies=[by_link],
    responses=refused | documented(SentAlready, SecretTold),
)
@tells_secret
async def begin_house(house: HouseByLinkIn, db: Db) -> CoordinatorAskedOut:
    """Name the programme and ask its first coordinator: with this the house is open."""
    return await actions.begin_by_link(db, house.key, house)
