"""Outgoing Standard Webhooks: every placed fact goes, signed, to the endpoints that asked for it."""

import asyncio
import base64
import secrets
from datetime import datetime, timedelta
from typing import Annotated, Any
from uuid import UUID

import httpx
import orjson
import sqlalchemy as sa
from pydantic import BaseModel, StringConstraints
from sqlmodel import Field, col, delete, select
from sqlmodel.ext.asyncio.session import AsyncSession
from standardwebhooks import Webhook

from kit.clock import real_now
from kit.db import Db, KitBase, Timestamp
from kit.feed import FactOut
from kit.fields import WebAddress
from kit.idempotency import SecretTold, tells_secret
from kit.identity import Actor, CurrentActor
from kit.ids import new_id
from kit.jobs import Context, Jobs, enqueue
from kit.outside import TIMEOUT, leads_outside
from kit.policy import Rules, allowed
from kit.problems import Forbidden, NotFound, documented, field_invalid
from kit.routing import router

ATTEMPTS = 12
GONE = 410
TOKENS_END = timedelta(minutes=6)  # they last five

jobs = Jobs()


class Endpoint(KitBase, table=True):
    """An address that wants to hear facts, of one cluster or (for the house's own clients) of all.

    Only an `inside` one may be at an address that the internet does not route.
    """

    __tablename__ = "endpoint"

    id: UUID = Field(default_factory=new_id, primary_key=True)
    owner: str = Field(index=True)
    url: str
    kinds: list[str] = Field(sa_column=sa.Column(sa.ARRAY(sa.String), nullable=False))
    cluster_id: UUID | None = None
    inside: bool = Field(default=False, sa_column_kwargs={"server_default": sa.false()})
    secret: str
    registered_at: datetime = Field(default_factory=real_now, sa_type=Timestamp)
    gone_at: datetime | None = Field(default=None, sa_type=Timestamp)


class Delivery(KitBase, table=True):
    """One fact on its way to one endpoint."""

    __tablename__ = "delivery"
    __table_args__ = (sa.UniqueConstraint("endpoint_id", "place"),)

    id: UUID = Field(default_factory=new_id, primary_key=True)
    endpoint_id: UUID = Field(foreign_key="endpoint.id", ondelete="CASCADE")
    place: int = Field(sa_type=sa.BigInteger)
    body: str
    attempts: int = 0
    last_status: int | None = None
    delivered_at: datetime | None = Field(default=None, sa_type=Timestamp)


class EndpointIn(BaseModel):
    url: WebAddress
    kinds: Annotated[
        list[Annotated[str, StringConstraints(pattern=r"^[a-z_.]+$", max_length=60)]], Field(max_length=50)
    ]
    cluster_id: UUID | None = None


class EndpointOut(BaseModel):
    """`secret` (whsec_...) signs what is sent; it is shown to the owner only."""

    id: UUID
    url: str
    kinds: list[str]
    cluster_id: UUID | None
    secret: str
    registered_at: datetime
    gone_at: datetime | None


class DeliveryOut(BaseModel):
    id: UUID
    place: int
    attempts: int
    last_status: int | None
    delivered_at: datetime | None


async def own_endpoint(endpoint_id: UUID, session: Db, actor: CurrentActor) -> Endpoint:
    endpoint = await session.get(Endpoint, endpoint_id)
    if endpoint is None or endpoint.owner != actor.key:
        raise NotFound
    return endpoint


def webhook_router(rules: Rules) -> Any:
    """`/v1/endpoints`, for whoever the table's row `endpoint.register` lets in."""
    routes = router("/v1/endpoints", "webhooks")
    mine = allowed(rules, "endpoint.register", own_endpoint)
    refused = documented(Forbidden, NotFound)

    @routes.post("", status_code=201, responses=documented(Forbidden, SecretTold))
    @tells_secret
    async def register_endpoint(
        endpoint: EndpointIn,
        session: Db,
        actor: CurrentActor,
        _: Annotated[None, allowed(rules, "endpoint.register")],
    ) -> EndpointOut:
        """Have facts sent to an address. No `kinds` means all of them."""
        inside = "webhooks_inside" in actor.scopes
        if not inside and not await leads_outside(endpoint.url):
            raise field_invalid("url", "address_private")
        if actor.reach and endpoint.cluster_id != actor.reach:
            raise field_invalid("cluster_id", "out_of_reach")
        row = Endpoint(
            owner=actor.key,
            url=endpoint.url,
            kinds=endpoint.kinds,
            cluster_id=endpoint.cluster_id,
            inside=inside,
            secret="whsec_" + base64.b64encode(secrets.token_bytes(32)).decode(),
        )
        session.add(row)
        return EndpointOut.model_validate(row, from_attributes=True)

    @routes.get("", responses=documented(Forbidden), dependencies=[allowed(rules, "endpoint.register")])
    async def list_endpoints(session: Db, actor: CurrentActor) -> list[EndpointOut]:
        """My endpoints, oldest first."""
        rows = await session.exec(
            select(Endpoint).where(Endpoint.owner == actor.key).order_by("registered_at", "id").limit(100)
        )
        return [EndpointOut.model_validate(row, from_attributes=True) for row in rows]

    @routes.delete("/{endpoint_id}", status_code=204, responses=refused)
    async def remove_endpoint(endpoint: Annotated[Endpoint, mine], session: Db) -> None:
        """Send nothing there any more."""
        await session.delete(endpoint)

    @routes.get("/{endpoint_id}/deliveries", responses=refused)
    async def list_deliveries(endpoint: Annotated[Endpoint, mine], session: Db) -> list[DeliveryOut]:
        """The newest hundred."""
        newest = select(Delivery).where(Delivery.endpoint_id == endpoint.id).order_by(sa.desc("place")).limit(100)
        return [DeliveryOut.model_validate(row, from_attributes=True) for row in await session.exec(newest)]

    @routes.post("/{endpoint_id}/deliveries/{delivery_id}/replay", status_code=202, responses=refused)
    async def replay_delivery(endpoint: Annotated[Endpoint, mine], delivery_id: UUID, session: Db) -> DeliveryOut:
        """Send one fact once more."""
        delivery = await session.get(Delivery, delivery_id)
        if delivery is None or delivery.endpoint_id != endpoint.id:
            raise NotFound
        delivery.delivered_at = None
        await enqueue(session, "webhook.deliver", delivery_id=delivery.id)
        return DeliveryOut.model_validate(delivery, from_attributes=True)

    return routes


async def shut_out(session: AsyncSession, client_id: UUID) -> None:
    """Send a client that was revoked nothing more, nor what is on its way to it."""
    await _remove_endpoints(session, client_id)
    # Its last token may still register another.
    await enqueue(session, "webhook.shut_out", after=TOKENS_END, client_id=client_id)


@jobs.job("webhook.shut_out")
async def shut_out_again(context: Context, client_id: str) -> None:
    async with context.database.transaction() as session:
        await _remove_endpoints(session, UUID(client_id))


async def _remove_endpoints(session: AsyncSession, client_id: UUID) -> None:
    await session.exec(delete(Endpoint).where(col(Endpoint.owner) == Actor(client=client_id).key))


async def dispatch(session: AsyncSession, fact: FactOut) -> None:
    """Put one placed fact on its way to every endpoint that wants it."""
    wanting = await session.exec(
        select(Endpoint).where(
            sa.or_(Endpoint.cluster_id == None, Endpoint.cluster_id == fact.cluster_id),  # type: ignore[arg-type]  # noqa: E711
            Endpoint.gone_at == None,  # noqa: E711
        )
    )
    said = fact.model_dump(mode="json")
    about = {"cluster_id": said["cluster_id"], "actor_id": said["actor_id"]} | said["data"]
    body = orjson.dumps({"type": said["kind"], "timestamp": said["at"], "data": about}).decode()
    for endpoint in wanting:
        if endpoint.kinds and fact.kind not in endpoint.kinds:
            continue
        delivery = Delivery(endpoint_id=endpoint.id, place=fact.place, body=body)
        session.add(delivery)
        await session.flush()
        await enqueue(session, "webhook.deliver", delivery_id=delivery.id)


class NotDelivered(Exception):
    """The endpoint did not answer with success; the job tries again later."""


@jobs.job("webhook.deliver", attempts=ATTEMPTS)
async def deliver(context: Context, delivery_id: str) -> None:
    async with context.database.transaction() as session:
        delivery = await session.get(Delivery, UUID(delivery_id))
        endpoint = await session.get(Endpoint, delivery.endpoint_id) if delivery else None
    if delivery is None or endpoint is None or delivery.delivered_at or endpoint.gone_at:
        return
    status = await _post(context.resources["http" if endpoint.inside else "outside"], endpoint, delivery)
    async with context.database.transaction() as session:
        delivery = await session.get_one(Delivery, delivery.id)
        delivery.attempts, delivery.last_status = delivery.attempts + 1, status
        if status == GONE:
            (await session.get_one(Endpoint, endpoint.id)).gone_at = real_now()
        elif 200 <= status < 300:
            delivery.delivered_at = real_now()
    if not 200 <= status < 300 and status != GONE:
        raise NotDelivered(status)


async def _post(http: httpx.AsyncClient, endpoint: Endpoint, delivery: Delivery) -> int:
    at, message = real_now(), f"msg_{delivery.id.hex}"
    headers = {
        "content-type": "application/json",
        "webhook-id": message,
        "webhook-timestamp": str(int(at.timestamp())),
        "webhook-signature": Webhook(endpoint.secret).sign(message, at, delivery.body),
    }
    body = delivery.body.encode()
    try:
        # The time-out of a client is for one read: who answers a byte at a time would hold this job for ever.
        async with asyncio.timeout(TIMEOUT), http.stream("POST", endpoint.url, content=body, headers=headers) as answer:
            return answer.status_code
    except (httpx.HTTPError, TimeoutError):
        return 0
