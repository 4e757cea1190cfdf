from typing import Annotated

from pydantic import BaseModel, StringConstraints

Secret = Annotated[str, StringConstraints(min_length=10, max_length=200)]


class PasswordIn(BaseModel):
    """`old_password` where there is one; `session` is the secret of the session that goes on: every other ends.

    In a session that began with a mail link within the last hour, the old password may be left out.
    """

    password: Secret
    old_password: Annotated[str, StringConstraints(max_length=200)] | None = None
    session: Annotated[str, StringConstraints(max_length=200)] | None = None
