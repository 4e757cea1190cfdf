"""States of a cluster that open and close verbs in every service."""

from datetime import datetime
from typing import Protocol

from kit.policy import refused_with
from kit.problems import Problem


class ClusterClosed(Problem):
    status, title = 409, "This cluster is closed: what it did can be read, and nothing is added"


class OfClosable(Protocol):
    """A cluster, or a thing of one, by since when it is closed."""

    @property
    def cluster_closed_at(self) -> datetime | None: ...


@refused_with(ClusterClosed)
def its_cluster_is_open(thing: OfClosable) -> bool:
    return thing.cluster_closed_at is None


@refused_with(None)
def its_cluster_is_closed(thing: OfClosable) -> bool:
    return thing.cluster_closed_at is not None
