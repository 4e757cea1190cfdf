from datetime import datetime

from pydantic import BaseModel, ConfigDict

from services.clusters.post.unreached.models import Reason


class UnreachedOut(BaseModel):
    """Why mails do not reach somebody, and since when."""

    model_config = ConfigDict(from_attributes=True)

    reason: Reason
    since: datetime
