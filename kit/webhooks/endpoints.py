"""`/v1/endpoints`: where facts are sent, and how that went."""

import base64
import secrets
from collections.abc import Collection
from datetime import datetime, timedelta
from typing import Annotated, Any
from uuid import UUID

from pydantic import BaseModel, StringConstraints
from pydantic import Field as Described
from sqlmodel import col, delete
from sqlmodel.ext.asyncio.session import AsyncSession

from kit.db import Db
from kit.fields import WebAddress
from kit.idempotency import SecretTold, UnderWay, tells_secret, waits
from kit.identity import Actor, CurrentActor
from kit.jobs import Context, Jobs, enqueue
from kit.outside import why_not_called, why_not_inside
from kit.pages import After, Limit, Page, keys_of, page_of
from kit.policy import Rules, allowed
from kit.problems import FieldError, Forbidden, Invalid, NotFound, Problem, documented, field_invalid
from kit.routing import located, router
from kit.webhooks import queries
from kit.webhooks.models import Delivery, Endpoint

MOST_OF_CLIENT, MOST_OF_CLUSTER = 20, 50
ASKED_BEFORE = timedelta(minutes=1)

jobs = Jobs()


class TooManyEndpoints(Problem):
    status, title = 409, "A program has at most twenty endpoints at a service, and a cluster fifty: remove one first"


class EndpointIn(BaseModel):
    url: WebAddress
    kinds: Annotated[list[Annotated[str, StringConstraints(max_length=60)]], Described(max_length=50)]
    cluster_id: UUID | None = None


class EndpointOut(BaseModel):
    """`secret` (whsec_...) signs what is sent; it is shown to the owner only.

    After some failures in a row nothing is sent before `paused_until`.
    """

    id: UUID
    url: str
    kinds: list[str]
    cluster_id: UUID | None
    secret: str
    registered_at: datetime
    gone_at: datetime | None
    failures: int
    paused_until: datetime | None


class DeliveryOut(BaseModel):
    id: UUID
    place: int
    kind: str
    attempts: int
    last_status: int | None
    error: str | None = Described(
        description="address, refused, dns, tls, timeout, unreachable, broken or status; null: none"
    )
    tried_at: datetime | None
    delivered_at: datetime | None


class PlaceKeys(BaseModel):
    place: int


async def own_endpoint(endpoint_id: UUID, db: Db, actor: CurrentActor) -> Endpoint:
    endpoint = await db.get(Endpoint, endpoint_id)
    if endpoint is None or endpoint.owner != actor.key:
        raise NotFound
    return endpoint


def endpoint_router(rules: Rules, facts: Collection[str]) -> Any:
    """For whoever the table's row `endpoint.register` lets in; `facts` are the kinds that this service tells."""
    routes = router("/v1/endpoints", "webhooks")
    mine = allowed(rules, "endpoint.register", own_endpoint)
    registering = allowed(rules, "endpoint.register")
    refused = documented(Forbidden, NotFound)

    @routes.post("", status_code=201, responses=documented(Forbidden, UnderWay, SecretTold, TooManyEndpoints))
    @tells_secret
    @located("/v1/endpoints/{id}")
    @waits
    async def register_endpoint(
        endpoint: EndpointIn, db: Db, actor: CurrentActor, _: Annotated[None, registering]
    ) -> EndpointOut:
        """Have facts sent to an address. No `kinds` means all of them."""
        refuse_unknown(endpoint.kinds, facts)
        inside = "webhooks_inside" in actor.scopes
        if why := why_not_inside(endpoint.url) if inside else await why_not_called(endpoint.url):
            raise field_invalid("url", why)
        if actor.bound_to and endpoint.cluster_id != actor.bound_to:
            raise field_invalid("cluster_id", "out_of_reach")
        of_client, of_cluster = await queries.count_endpoints(db, actor.key, endpoint.cluster_id)
        if of_client >= MOST_OF_CLIENT or of_cluster >= MOST_OF_CLUSTER:
            raise TooManyEndpoints
        row = Endpoint(
            owner=actor.key,
            url=endpoint.url,
            kinds=endpoint.kinds,
            cluster_id=endpoint.cluster_id,
            inside=inside,
            secret="whsec_" + base64.b64encode(secrets.token_bytes(32)).decode(),
        )
        db.add(row)
        return EndpointOut.model_validate(row, from_attributes=True)

    @routes.get("", responses=documented(Forbidden), dependencies=[registering])
    async def list_endpoints(db: Db, actor: CurrentActor) -> list[EndpointOut]:
        """My endpoints, oldest first; there are at most twenty."""
        rows = await queries.endpoints_of(db, actor.key)
        return [EndpointOut.model_validate(row, from_attributes=True) for row in rows]

    @routes.get("/{endpoint_id}", responses=refused)
    async def show_endpoint(endpoint: Annotated[Endpoint, mine]) -> EndpointOut:
        """One of my endpoints, with its secret."""
        return EndpointOut.model_validate(endpoint, from_attributes=True)

    @routes.delete("/{endpoint_id}", status_code=204, responses=refused)
    async def remove_endpoint(endpoint: Annotated[Endpoint, mine], db: Db) -> None:
        """Send nothing there any more."""
        await db.delete(endpoint)

    @routes.get("/{endpoint_id}/deliveries", responses=refused)
    async def list_deliveries(
        endpoint: Annotated[Endpoint, mine], db: Db, after: After = None, limit: Limit = 100
    ) -> Page[DeliveryOut]:
        """What was sent there, or waits to be, newest first."""
        keys = keys_of(after, PlaceKeys)
        rows = await queries.deliveries_to(db, endpoint.id, keys.place if keys else None, limit)
        items = [DeliveryOut.model_validate(row, from_attributes=True).model_dump() for row in rows]
        return Page[DeliveryOut].model_validate(page_of(items, limit, "place"))

    @routes.post("/{endpoint_id}/deliveries/{delivery_id}/replay", status_code=202, responses=refused)
    async def replay_delivery(endpoint: Annotated[Endpoint, mine], delivery_id: UUID, db: Db) -> DeliveryOut:
        """Send one fact once more, at once; not to an endpoint that is gone."""
        delivery = await db.get(Delivery, delivery_id)
        if delivery is None or delivery.endpoint_id != endpoint.id or endpoint.gone_at:
            raise NotFound
        delivery.delivered_at, endpoint.paused_until = None, None
        await enqueue(db, "webhook.deliver", delivery_id=delivery.id)
        return DeliveryOut.model_validate(delivery, from_attributes=True)

    return routes


def refuse_unknown(kinds: list[str], facts: Collection[str]) -> None:
    """Raise Invalid for the kinds that nobody here ever tells."""
    unknown = [number for number, kind in enumerate(kinds) if kind not in facts]
    if unknown:
        raise Invalid(errors=[FieldError(pointer=f"/kinds/{number}", code="kind_unknown") for number in unknown])


async def shut_out(db: AsyncSession, client_id: UUID) -> None:
    """Send a client that was revoked nothing more, nor what is on its way to it."""
    await _remove_endpoints(db, client_id)
    # What it asked just before may still be on its way through the door.
    await enqueue(db, "webhook.shut_out", after=ASKED_BEFORE, client_id=client_id)


@jobs.job("webhook.shut_out")
async def shut_out_again(context: Context, client_id: str) -> None:
    async with context.database.transaction() as db:
        await _remove_endpoints(db, UUID(client_id))


async def _remove_endpoints(db: AsyncSession, client_id: UUID) -> None:
    await db.exec(delete(Endpoint).where(col(Endpoint.owner) == Actor(client=client_id).key))
