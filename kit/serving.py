"""How every process answers HTTP: uvicorn, with the patience that one who asks is given."""

import asyncio
import os
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any, cast

import uvicorn
from uvicorn.protocols.http.httptools_impl import HttpToolsProtocol

ENDED_WITHIN = 3
HEAD_WITHIN = 15.0
TAKEN_WITHIN = 60.0
HEAD, END_OF_HEAD = b"HTTP/1.1 ", b"\r\n\r\n"


class HeadWithBody:
    """A transport that sends the head of an answer with the beginning of its body, or alone when none follows at once.

    uvicorn sends each by itself, so that whoever reads them wakes up twice.
    """

    def __init__(self, transport: asyncio.Transport, loop: asyncio.AbstractEventLoop) -> None:
        self._transport, self._loop, self._head = transport, loop, b""

    def __getattr__(self, name: str) -> Any:
        return getattr(self._transport, name)

    def write(self, data: bytes) -> None:
        head, self._head = self._head, b""
        if head:
            self._transport.writelines((head, data))
        elif data.startswith(HEAD) and data.endswith(END_OF_HEAD):
            self._head = data
            self._loop.call_soon(self._send)
        else:
            self._transport.write(data)

    def close(self) -> None:
        self._send()
        self._transport.close()

    def _send(self) -> None:
        if self._head:
            self._transport.write(self._head)
            self._head = b""


class Protocol(HttpToolsProtocol):
    """Hangs up on who does not finish the head of a request, and on who does not take the answer.

    uvicorn itself waits for both for ever.
    """

    _hanging_up: asyncio.TimerHandle | None = None
    _giving_up: asyncio.TimerHandle | None = None
    _in_head = _in_message = False

    def connection_made(self, transport: Any) -> None:
        super().connection_made(cast(asyncio.Transport, HeadWithBody(transport, self.loop)))
        self._hang_up_after(HEAD_WITHIN)

    def data_received(self, data: bytes) -> None:
        super().data_received(data)
        if self._hanging_up is not None:
            return
        # uvicorn no longer waits for the next request once a byte has come, be it an empty line.
        is_answered = self.cycle is None or self.cycle.response_complete
        if self._in_head or (is_answered and not self._in_message):
            self._hang_up_after(HEAD_WITHIN)
        elif is_answered:
            # The rest of a body that was refused: it may come, so that the answer is read.
            self._hang_up_after(TAKEN_WITHIN)

    def on_message_begin(self) -> None:
        super().on_message_begin()
        self._in_head = self._in_message = True

    def on_headers_complete(self) -> None:
        self._in_head = False
        self._stay()
        super().on_headers_complete()

    def on_message_complete(self) -> None:
        self._in_message = False
        self._stay()
        super().on_message_complete()

    def pause_writing(self) -> None:
        super().pause_writing()
        self._giving_up = self.loop.call_later(TAKEN_WITHIN, self.transport.abort)

    def resume_writing(self) -> None:
        super().resume_writing()
        self._be_taken()

    def connection_lost(self, exc: Exception | None) -> None:
        self._stay()
        self._be_taken()
        super().connection_lost(exc)

    def _hang_up_after(self, seconds: float) -> None:
        self._stay()
        self._hanging_up = self.loop.call_later(seconds, self.transport.abort)

    def _stay(self) -> None:
        if self._hanging_up is not None:
            self._hanging_up.cancel()
            self._hanging_up = None

    def _be_taken(self) -> None:
        if self._giving_up is not None:
            self._giving_up.cancel()
            self._giving_up = None


class Server(uvicorn.Server):
    """Answers for an app, and tells it by `app.state.stopping` not to wait for news any longer."""

    def __init__(self, app: Any, *, listens_to_signals: bool = True) -> None:
        config = uvicorn.Config(
            app,
            loop="uvloop",
            http=Protocol,
            ws="none",
            access_log=False,
            log_config=None,
            proxy_headers=bool(os.environ.get("FORWARDED_ALLOW_IPS")),
            server_header=False,
            timeout_graceful_shutdown=ENDED_WITHIN,
        )
        super().__init__(config)
        self._app, self._listens_to_signals = app, listens_to_signals

    async def shutdown(self, sockets: Any = None) -> None:
        self._app.state.stopping = True
        await super().shutdown(sockets)

    @contextmanager
    def capture_signals(self) -> Iterator[None]:
        if not self._listens_to_signals:
            yield
            return
        with super().capture_signals():
            yield
