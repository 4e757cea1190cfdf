"""Logs: one line of JSON each, with the request's id and the actor's, and no personal data."""

import contextvars
import logging
import sys
from collections.abc import MutableMapping
from typing import Any

import structlog

request_id: contextvars.ContextVar[str] = contextvars.ContextVar("request_id", default="")
traceparent: contextvars.ContextVar[str] = contextvars.ContextVar("traceparent", default="")


def _add_request(_logger: Any, _method: str, event: MutableMapping[str, Any]) -> MutableMapping[str, Any]:
    if rid := request_id.get():
        event["request_id"] = rid
    return event


def set_up(level: str, process: str) -> None:
    """Send our log and the libraries' to standard error, `process` named in each line."""
    structlog.configure(
        processors=[
            structlog.contextvars.merge_contextvars,
            _add_request,
            structlog.processors.add_log_level,
            structlog.processors.TimeStamper(fmt="iso", utc=True),
            structlog.processors.format_exc_info,
            structlog.processors.JSONRenderer(),
        ],
        wrapper_class=structlog.make_filtering_bound_logger(logging.getLevelName(level.upper())),
        logger_factory=structlog.PrintLoggerFactory(sys.stderr),
        cache_logger_on_first_use=True,
    )
    structlog.contextvars.bind_contextvars(process=process)
    logging.basicConfig(level=level.upper(), stream=sys.stderr, format=f"{process} %(name)s %(levelname)s %(message)s")
    for chatty in ("httpx", "httpcore", "pgqueuer", "aiohttp"):
        logging.getLogger(chatty).setLevel(logging.WARNING)


log = structlog.get_logger("staffroom")
