"""Mail servers as there are: one that takes all, one that knows nobody, one that has no time just now."""

from contextlib import contextmanager

from aiosmtpd.controller import Controller

from tests.ports import free_ports


class Inbox:
    """A mail server that keeps what it gets."""

    def __init__(self):
        self.mails = []

    async def handle_DATA(self, server, session, envelope):
        self.mails.append(envelope)
        return "250 OK"


class Answering(Inbox):
    """A mail server that answers each address that is named with what it is told to, the last for good."""

    def __init__(self, *answers):
        super().__init__()
        self.answers, self.asked = list(answers), []

    async def handle_RCPT(self, server, session, envelope, address, options):
        self.asked.append((envelope.mail_from, address))
        answer = self.answers.pop(0) if len(self.answers) > 1 else self.answers[0]
        if answer.startswith("250"):
            envelope.rcpt_tos.append(address)
        return answer


@contextmanager
def serving(inbox):
    """Its address, while it runs."""
    port = free_ports()[0]
    server = Controller(inbox, hostname="127.0.0.1", port=port)
    server.start()
    try:
        yield f"smtp://127.0.0.1:{port}"
    finally:
        server.stop()
