"""The outermost layer of every app: request id, trace headers, one log line, and metrics."""

import re
import time

import structlog
from fastapi.telemetry import TelemetryConfig
from prometheus_client import CollectorRegistry, Counter, Gauge, Histogram, generate_latest
from starlette.requests import Request
from starlette.responses import Response
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from kit.ids import new_id
from kit.logs import log, request_id, traceparent
from kit.version import VERSION

REGISTRY = CollectorRegistry()
REQUESTS = Counter(
    "staffroom_requests", "Answers, by route and status", ["method", "route", "status"], registry=REGISTRY
)
SECONDS = Histogram("staffroom_request_seconds", "Time until the answer began", ["method", "route"], registry=REGISTRY)
Gauge("staffroom_info", "Which Staffroom this is", ["version"], registry=REGISTRY).labels(VERSION).set(1)
# FastAPI looks at each request whether somebody set up OpenTelemetry; this layer is what observes here.
NOTHING_ELSE: TelemetryConfig = {"tracing": False, "metrics": False, "logs": False}
# What goes on to other services and into logs has one form; anything else is as if it were not there.
REQUEST_ID = re.compile(rb"[A-Za-z0-9-]{1,64}")
TRACEPARENT = re.compile(rb"[0-9a-f]{2}-[0-9a-f]{32}-[0-9a-f]{16}-[0-9a-f]{2}")


class Observe:
    """Plain ASGI, so that streams and context variables pass through untouched."""

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            return await self.app(scope, receive, send)
        headers = dict(scope["headers"])
        given = headers.get(b"x-request-id", b"")
        rid = given.decode() if REQUEST_ID.fullmatch(given) else new_id().hex
        request_id.set(rid)
        trace = headers.get(b"traceparent", b"")
        traceparent.set(trace.decode() if TRACEPARENT.fullmatch(trace) else "")
        began, status = time.perf_counter(), 500

        async def sending(message: Message) -> None:
            nonlocal status
            if message["type"] == "http.response.start":
                status = message["status"]
                message["headers"].append((b"x-request-id", rid.encode()))
            await send(message)

        try:
            await self.app(scope, receive, sending)
        except Exception:
            log.exception("request failed", method=scope["method"], route=_route(scope))
            raise
        finally:
            took, route = time.perf_counter() - began, _route(scope)
            REQUESTS.labels(scope["method"], route, status).inc()
            SECONDS.labels(scope["method"], route).observe(took)
            if status >= 500 or log.is_enabled_for(20):
                log.info("request", method=scope["method"], route=route, status=status, ms=round(took * 1000, 1))
            structlog.contextvars.unbind_contextvars("actor")


def _route(scope: Scope) -> str:
    route = scope.get("route")
    return getattr(route, "path", "unmatched")


async def metrics(request: Request) -> Response:
    return Response(generate_latest(REGISTRY), media_type="text/plain; version=0.0.4")
