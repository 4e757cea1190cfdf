from typing import Annotated

from pydantic import BaseModel, StringConstraints

from kit.fields import Line, Zone
from services.clusters.clusters.clusters.models import Approach
from services.clusters.directory.schools.schemas import Country

Text = Annotated[str, StringConstraints(strip_whitespace=True, max_length=5_000)]
Title = Annotated[str, Line(120)]


class ClusterIn(BaseModel):
    name: Title
    country: Country
    approach: Approach
    zone: Zone
    priorities: Text = ""
    goals: Text = ""


class AimsIn(BaseModel):
    """What the cluster is for, in its own words."""

    priorities: Text
    goals: Text
