"""What the token endpoint refuses with, in the words of RFC 6749."""

from typing import Any, ClassVar

from pydantic import BaseModel

from kit.problems import Problem
from services.clusters.doors.tokens.schemas import TokenErrorOut
from services.clusters.doors.tries.actions import WINDOW

NOT_KEPT = {"Cache-Control": "no-store", "Pragma": "no-cache"}


class TokenRefused(Problem):
    """`error` is OAuth's word for it."""

    error: ClassVar[str]
    headers: ClassVar[dict[str, str]] = NOT_KEPT
    media_type: ClassVar[str] = "application/json"
    shape: ClassVar[type[BaseModel]] = TokenErrorOut

    def out(self) -> BaseModel:
        return TokenErrorOut(error=self.error, error_description=self.detail or self.title)

    @classmethod
    def example(cls) -> dict[str, Any]:
        return {"error": cls.error, "error_description": cls.title}


class InvalidRequest(TokenRefused):
    status, title, error = 400, "This is no request for a token", "invalid_request"


class FormWanted(TokenRefused):
    status, title, error = 415, "A request for a token is a form (application/x-www-form-urlencoded)", "invalid_request"


class InvalidClient(TokenRefused):
    status, title, error = 401, "No such client, or not its secret", "invalid_client"
    headers: ClassVar[dict[str, str]] = NOT_KEPT | {"WWW-Authenticate": 'Basic realm="staffroom", charset="UTF-8"'}


class TooManySecrets(TokenRefused):
    status, title, error = 429, "Too many wrong secrets from here: wait a quarter of an hour", "invalid_client"
    headers: ClassVar[dict[str, str]] = NOT_KEPT | {"Retry-After": str(int(WINDOW.total_seconds()))}


class InvalidGrant(TokenRefused):
    status, title, error = 400, "This grant is not valid, or ended", "invalid_grant"


class SecondStepWanted(TokenRefused):
    status, title, error = 400, "This session waits for the code of its second step", "second_step_wanted"


class SecondFactorWanted(TokenRefused):
    status, title, error = 400, "This session waits for its person to set up a second step", "second_factor_wanted"


class UnauthorizedClient(TokenRefused):
    status, title, error = 400, "This client may not ask for such a token", "unauthorized_client"


class UnsupportedGrantType(TokenRefused):
    status, title, error = 400, "There is no such grant here", "unsupported_grant_type"


class InvalidScope(TokenRefused):
    status, title, error = 400, "This client does not have these scopes", "invalid_scope"
