"""The processes that Staffroom consists of, and how each of them runs."""

import asyncio
import importlib
import os
import socket
from collections.abc import Coroutine
from functools import cache
from typing import Any

from kit import logs
from kit.serving import Server
from kit.settings import Settings

SERVICES = ("clusters", "events", "diaries")
WORKERS = tuple(f"worker-{service}" for service in SERVICES)
CLIENTS = ("events", "diaries", "web", "demo")
SERVERS = (*SERVICES, "web")
BEHIND_PEOPLE = 10  # what is done later gives way to what somebody waits for


def module_of(process: str) -> str:
    """The module that `process` is made from."""
    if process in WORKERS:
        return f"services.{process.removeprefix('worker-')}.worker"
    return "web.app" if process == "web" else f"services.{process}.app"


@cache
def app_of(process: str) -> Any:
    """The app of a server; made before the fork, its routes and schemas are shared by all that are forked."""
    return importlib.import_module(module_of(process)).create_app()


def run(process: str, listener: socket.socket) -> None:
    """Be `process` until SIGTERM; it answers on `listener`, a worker only whether it is ready."""
    logs.set_up(Settings().log_level, process)
    if process in WORKERS:
        module: Any = importlib.import_module(module_of(process))
        os.nice(BEHIND_PEOPLE)
        work(module.run(listener=listener))
    else:
        Server(app_of(process)).run(sockets=[listener])


def work(job: Coroutine[Any, Any, None]) -> None:
    import uvloop

    with asyncio.Runner(loop_factory=uvloop.new_event_loop) as runner:
        runner.run(job)


def listen(host: str, port: int) -> socket.socket:
    """A socket that waits for connections from now on, whoever answers them later."""
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    return socket.create_server((host, port), family=family, backlog=1024)


def free_ports(first: int) -> int:
    """The first of seven ports in a row that nobody has, from this one on."""
    for port in range(first, 65000, 10):
        try:
            for each in range(port, port + 1 + len(SERVICES) + len(WORKERS)):
                listen("127.0.0.1", each).close()
        except OSError:
            continue
        return port
    return first
