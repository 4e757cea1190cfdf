"""The processes that Staffroom consists of, and how each of them runs."""

import asyncio
import importlib
import os
import signal
import socket
from collections.abc import Awaitable, Callable
from typing import Any

import uvicorn

from kit import logs
from kit.settings import Settings

SERVICES = ("clusters", "events", "diaries")
WORKERS = tuple(f"worker-{service}" for service in SERVICES)
CLIENTS = ("events", "diaries", "web", "demo")
SERVERS = (*SERVICES, "web")
PATIENCE = 3
BEHIND_PEOPLE = 10  # what is done later gives way to what somebody waits for


def module_of(process: str) -> str:
    """The module that `process` is made from."""
    if process in WORKERS:
        return f"services.{process.removeprefix('worker-')}.worker"
    return "web.app" if process == "web" else f"services.{process}.app"


def run(process: str, listener: socket.socket | None) -> None:
    """Be `process` until SIGTERM; servers answer on `listener`."""
    logs.set_up(Settings().log_level, process)
    module: Any = importlib.import_module(module_of(process))
    if process in WORKERS:
        os.nice(BEHIND_PEOPLE)
        work(module.run)
    elif listener is not None:
        serve(module.create_app(), listener)


class Server(uvicorn.Server):
    """A server that tells its app, by `app.state.stopping`, not to wait for news any longer."""

    def __init__(self, config: uvicorn.Config, app: Any) -> None:
        super().__init__(config)
        self._app = app

    async def shutdown(self, sockets: list[socket.socket] | None = None) -> None:
        if (state := getattr(self._app, "state", None)) is not None:
            state.stopping = True
        await super().shutdown(sockets)


def serve(app: Any, listener: socket.socket) -> None:
    behind_proxy = bool(os.environ.get("FORWARDED_ALLOW_IPS"))
    config = uvicorn.Config(
        app,
        loop="uvloop",
        http="httptools",
        ws="none",
        access_log=False,
        log_config=None,
        proxy_headers=behind_proxy,
        server_header=False,
        timeout_graceful_shutdown=PATIENCE,
    )
    Server(config, app).run(sockets=[listener])


def work(job: Callable[[], Awaitable[None]]) -> None:
    import uvloop

    async def until_told() -> None:
        task = asyncio.ensure_future(job())
        asyncio.get_running_loop().add_signal_handler(signal.SIGTERM, task.cancel)
        try:
            await task
        except asyncio.CancelledError:
            return

    with asyncio.Runner(loop_factory=uvloop.new_event_loop) as runner:
        runner.run(until_told())


def listen(host: str, port: int) -> socket.socket:
    """A socket that waits for connections from now on, whoever answers them later."""
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    return socket.create_server((host, port), family=family, backlog=1024)
