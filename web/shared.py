"""What requests of a web process share: the way to the services, and what is kept of their answers."""

from kit.client import Client, ClientCredentials, Http
from web.clients.base import Kept
from web.kept.contents import Contents
from web.kept.guest_pages import GuestPages
from web.kept.hearing import Hearing
from web.kept.live import Live
from web.kept.tokens import Tokens
from web.settings import Settings

SERVICES = ("clusters", "events", "diaries")


class Shared:
    def __init__(self, settings: Settings, http: Http) -> None:
        self.settings, self.http = settings, http
        self.own = ClientCredentials(http, settings.clusters_url, "web", settings.secret.get_secret_value())
        self.answers = Kept()
        self.hearing = Hearing(lambda service: Client(http, self.url_of(service), self.own))
        self.tokens = Tokens(http, settings, self.hearing)
        self.guest_pages = GuestPages(self.hearing)
        self.contents = Contents()
        self.live = Live()
        self.hearing.keepers += [self.tokens, self.guest_pages, self.live]

    def url_of(self, service: str) -> str:
        url: str = getattr(self.settings, f"{service}_url")
        return url
