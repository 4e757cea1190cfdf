from datetime import datetime
from typing import Annotated, Any, Literal
from uuid import UUID

from fastapi import Query
from pydantic import BaseModel, Field

from kit.db import Db
from kit.fields import Line
from kit.idempotency import SecretTold, tells_secret
from kit.policy import allowed
from kit.problems import Forbidden, NotFound, documented
from kit.routing import router
from services.clusters.clusters.clusters.models import Cluster
from services.clusters.clusters.clusters.queries import visible_cluster
from services.clusters.doors.clients import actions, queries
from services.clusters.doors.clients.models import Client
from services.clusters.policy import RULES
from services.roster.standing import CurrentMember

routes = router("/v1", "clients")
refused = documented(Forbidden, NotFound)
ManagedCluster = Annotated[Cluster, allowed(RULES, "cluster.manage_clients", visible_cluster)]
ManagedClient = Annotated[Client, allowed(RULES, "client.manage", queries.visible_client)]


class ClientIn(BaseModel):
    name: Annotated[str, Line(100)]
    scopes: Annotated[list[Literal["act_for_people", "webhooks"]], Field(min_length=1, max_length=2)]


class ClientOut(BaseModel):
    id: UUID
    name: str
    scopes: list[str]
    made_at: datetime


class ClientNameOut(BaseModel):
    """A program by its name; `service` is the one of the house that it is, null for a program of a cluster."""

    id: UUID
    name: str
    service: str | None


class SecretOut(BaseModel):
    """The secret is shown this once; only its digest is kept."""

    client_id: UUID
    secret: str


@routes.post(
    "/clusters/{cluster_id}/clients",
    status_code=201,
    responses=refused | documented(SecretTold, actions.TooManyClients),
)
@tells_secret
async def make_client(cluster: ManagedCluster, client: ClientIn, actor: CurrentMember, db: Db) -> SecretOut:
    """Let a program in, for this cluster."""
    made, secret = await actions.make_client(
        db, name=client.name, scopes=list(client.scopes), cluster_id=cluster.id, made_by=actor.id
    )
    return SecretOut(client_id=made.id, secret=secret)


@routes.get("/clusters/{cluster_id}/clients", response_model=list[ClientOut], responses=refused)
async def list_clients(cluster: ManagedCluster, db: Db) -> Any:
    """The programs that were let in, oldest first."""
    return await queries.clients_of(db, cluster.id)


@routes.get(
    "/clients",
    response_model=list[ClientNameOut],
    dependencies=[allowed(RULES, "clients.name")],
    responses=documented(Forbidden),
)
async def name_clients(
    db: Db, actor: CurrentMember, ids: Annotated[list[UUID], Query(alias="id", min_length=1, max_length=100)]
) -> Any:
    """What these programs are called, as far as I may know of them: acts name them by their ids."""
    return await queries.clients_in_sight(db, ids, actor)


@routes.post("/clients/{client_id}/secrets", status_code=201, responses=refused | documented(SecretTold))
@tells_secret
async def rotate_secret(client: ManagedClient, db: Db) -> SecretOut:
    """A new secret; the one before works for a day more."""
    return SecretOut(client_id=client.id, secret=await actions.rotate_secret(db, client))


@routes.delete("/clients/{client_id}", status_code=204, responses=refused)
async def revoke_client(client: ManagedClient, actor: CurrentMember, db: Db) -> None:
    """Shut a program out; what is on its way to its endpoints is not sent any more."""
    await actions.revoke_client(db, client, actor.id)
