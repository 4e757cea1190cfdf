"""Logs: one line of JSON each, with the request's id and the actor's, and no personal data.

The words of an exception quote rows and what people sent ("Key (mail)=(...) already exists"), so no line has them: it
says of which kind an exception is, with the code of the database or the system, and where it came from.
"""

import contextvars
import logging
import sys
from collections.abc import Iterator, MutableMapping
from traceback import extract_tb
from typing import Any

import structlog

DEEPEST = 10
OURS = ("uvicorn",)  # libraries whose lines have no values of people

request_id: contextvars.ContextVar[str] = contextvars.ContextVar("request_id", default="")
traceparent: contextvars.ContextVar[str] = contextvars.ContextVar("traceparent", default="")


def told(error: BaseException) -> str:
    """An exception without its words: kinds and codes, causes last, and the places that it passed."""
    return "\n".join(_lines(error))


def _lines(error: BaseException) -> Iterator[str]:
    seen: set[int] = set()
    waiting: list[BaseException] = [error]
    while waiting and len(seen) < DEEPEST:
        found = waiting.pop(0)
        if id(found) in seen:
            continue
        seen.add(id(found))
        code = getattr(found, "sqlstate", None) or getattr(found, "errno", None) or getattr(found, "status", None)
        yield f"{type(found).__module__}.{type(found).__qualname__}" + (f" [{code}]" if code else "")
        for frame in extract_tb(found.__traceback__):
            yield f"  {frame.filename}:{frame.lineno} in {frame.name}"
        more = [*getattr(found, "exceptions", ()), found.__cause__, found.__context__]
        waiting += [other for other in more if isinstance(other, BaseException)]


def _add_request(_logger: Any, _method: str, event: MutableMapping[str, Any]) -> MutableMapping[str, Any]:
    if rid := request_id.get():
        event["request_id"] = rid
    return event


def _tell_exception(_logger: Any, _method: str, event: MutableMapping[str, Any]) -> MutableMapping[str, Any]:
    given = event.pop("exc_info", None)
    error = given if isinstance(given, BaseException) else sys.exc_info()[1] if given else None
    if error:
        event["exception"] = told(error)
    return event


class WithoutValues(logging.Formatter):
    """A library's line: its pattern, not what was filled in, and exceptions as we tell them."""

    def format(self, record: logging.LogRecord) -> str:
        if not record.name.startswith(OURS):
            record = logging.makeLogRecord(record.__dict__ | {"msg": str(record.msg).partition("\n")[0], "args": ()})
        record.exc_text = None
        return super().format(record)

    def formatException(self, ei: Any) -> str:  # noqa: N802
        return told(ei[1]) if ei[1] else ""


def set_up(level: str, process: str) -> None:
    """Send our log and the libraries' to standard error, `process` named in each line."""
    structlog.configure(
        processors=[
            structlog.contextvars.merge_contextvars,
            _add_request,
            structlog.processors.add_log_level,
            structlog.processors.TimeStamper(fmt="iso", utc=True),
            _tell_exception,
            structlog.processors.JSONRenderer(),
        ],
        wrapper_class=structlog.make_filtering_bound_logger(logging.getLevelName(level.upper())),
        logger_factory=structlog.PrintLoggerFactory(sys.stderr),
        cache_logger_on_first_use=True,
    )
    structlog.contextvars.bind_contextvars(process=process)
    handler = logging.StreamHandler(sys.stderr)
    handler.setFormatter(WithoutValues(f"{process} %(name)s %(levelname)s %(message)s"))
    logging.basicConfig(level=level.upper(), handlers=[handler])
    for chatty in ("httpx", "httpcore", "pgqueuer", "aiohttp"):
        logging.getLogger(chatty).setLevel(logging.WARNING)


log = structlog.get_logger("staffroom")
