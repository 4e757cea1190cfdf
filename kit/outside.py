"""Asking addresses that somebody else gave us: never one of our own network, whatever its name resolves to."""

import asyncio
import socket
from concurrent.futures import ThreadPoolExecutor
from functools import partial
from ipaddress import IPv4Address, IPv6Address, ip_address, ip_network
from typing import Any
from urllib.parse import SplitResult, urlsplit

import aiohttp
import httpx
from aiohttp.abc import AbstractResolver, ResolveResult
from fastapi import Request
from httpx_aiohttp import AiohttpTransport

TIMEOUT = 20.0
NAMED_WITHIN = 5.0
NAME_SERVERS = ThreadPoolExecutor(16, thread_name_prefix="names")
NAT64 = ip_network("64:ff9b::/96")
GLOBAL = ip_network("2000::/3")
SPECIAL = [
    ip_network(block)
    for block in (
        # IANA's registry of special-purpose addresses of IPv4, and multicast
        "0.0.0.0/8", "10.0.0.0/8", "100.64.0.0/10", "127.0.0.0/8", "169.254.0.0/16", "172.16.0.0/12", "192.0.0.0/24",
        "192.0.2.0/24", "192.31.196.0/24", "192.52.193.0/24", "192.88.99.0/24", "192.168.0.0/16", "192.175.48.0/24",
        "198.18.0.0/15", "198.51.100.0/24", "203.0.113.0/24", "224.0.0.0/4", "240.0.0.0/4",
        # of IPv6, as far as they lie in what is given out at all
        "2001::/23", "2001:db8::/32", "2002::/16", "2620:4f:8000::/48", "3fff::/20",
    )
]  # fmt: skip
# Of the ports that browsers refuse too (the Fetch standard), those that a program could listen at.
BAD_PORTS = {
    1719, 1720, 1723, 2049, 3659, 4045, 4190, 5060, 5061, 6000, 6566, 6665, 6666, 6667, 6668, 6669, 6679, 6697, 10080,
}  # fmt: skip
WEB_PORTS, FIRST_FREE_PORT = {80, 443}, 1024


class NotOutside(OSError):
    """An address that is not called for others."""


def is_routed(address: IPv4Address | IPv6Address) -> bool:
    """Whether the internet routes it, for everybody's use; a NAT64 address stands for the one that it carries."""
    if isinstance(address, IPv6Address):
        if address in NAT64:
            return is_routed(IPv4Address(int(address) & 0xFFFF_FFFF))
        if address not in GLOBAL:
            return False
    return not any(address in block for block in SPECIAL if block.version == address.version)


def _is_routed(address: str) -> bool:
    return is_routed(ip_address(address.partition("%")[0]))


def why_not_inside(url: str) -> str | None:
    """Why nothing is sent to this address, wherever it leads, as a code: credentials, or an odd port."""
    try:
        parts = urlsplit(url)
        port = port_of(parts)
    except ValueError:
        return "address_port"
    if parts.username is not None or parts.password is not None:
        return "address_credentials"
    if port not in WEB_PORTS and (port < FIRST_FREE_PORT or port in BAD_PORTS):
        return "address_port"
    return None


async def why_not_called(url: str) -> str | None:
    """Why this address is not called for others, as a code; None when it is, as far as one can tell beforehand."""
    return why_not_inside(url) or (None if await leads_outside(url) else "address_private")


def port_of(parts: SplitResult) -> int:
    if parts.port is not None:
        return parts.port
    return 443 if parts.scheme == "https" else 80


def network(address: IPv4Address | IPv6Address | None) -> str:
    """The network that an address belongs to, as far as one household or school has it: tries are counted by it."""
    if address is None:
        return ""
    if isinstance(address, IPv6Address) and address.ipv4_mapped:
        address = address.ipv4_mapped
    return str(ip_network((address, 32 if address.version == 4 else 64), strict=False))


def is_address(host: str) -> bool:
    """Whether this is the number of a host, not its name."""
    try:
        ip_address(host)
    except ValueError:
        return False
    return True


def source_of(request: Request) -> str:
    """The network that a request comes from; empty where that is not known."""
    host = request.client.host if request.client else ""
    return network(ip_address(host)) if is_address(host) else ""


async def leads_outside(url: str) -> bool:
    """Whether every address of the host is one that the internet routes; not when its name servers say nothing."""
    try:
        parts = urlsplit(url)
        found = await look_up(parts.hostname or "", port_of(parts))
        return bool(found) and all(_is_routed(str(address[0])) for *_, address in found)
    except (OSError, UnicodeError, ValueError):
        return False


async def look_up(host: str, port: int, family: int = socket.AF_UNSPEC) -> list[Any]:
    """What `getaddrinfo` says of a name of others. Raises OSError, TimeoutError.

    In threads of its own: in those that all share, name servers that hang would delay everything else.
    """
    asking = partial(socket.getaddrinfo, host, port, family, socket.SOCK_STREAM)
    async with asyncio.timeout(NAMED_WITHIN):
        return await asyncio.get_running_loop().run_in_executor(NAME_SERVERS, asking)


class OutsideResolver(AbstractResolver):
    """Finds a host's addresses when it is connected to: a name may have moved inside since it was looked at."""

    async def resolve(
        self, host: str, port: int = 0, family: socket.AddressFamily = socket.AF_UNSPEC
    ) -> list[ResolveResult]:
        found = [(family, str(address[0])) for family, *_, address in await look_up(host, port, family)]
        outside = [
            ResolveResult(hostname=host, host=address, port=port, family=family, proto=0, flags=socket.AI_NUMERICHOST)
            for family, address in found
            if _is_routed(address)
        ]
        if not outside:
            raise NotOutside(f"{host} is not outside")
        return outside

    async def close(self) -> None:
        return None


class OutsideTransport(AiohttpTransport):
    """Refuses addresses written as numbers too, which no resolver sees."""

    def __init__(self) -> None:
        super().__init__(client=self._session)

    def _session(self) -> aiohttp.ClientSession:
        # No limit of connections: those that hang would keep all others waiting.
        connector = aiohttp.TCPConnector(resolver=OutsideResolver(), ssl=self.ssl_context, limit=0)
        return aiohttp.ClientSession(connector=connector, cookie_jar=aiohttp.DummyCookieJar())

    async def handle_async_request(self, request: httpx.Request) -> httpx.Response:
        try:
            is_inside = not _is_routed(request.url.host)
        except ValueError:
            is_inside = False
        if is_inside or why_not_inside(str(request.url)):
            raise httpx.ConnectError("this address is not called for others", request=request) from NotOutside()
        return await super().handle_async_request(request)


def open_outside_http() -> httpx.AsyncClient:
    """A pooled client for addresses of others: no proxies, no redirects, nothing inside."""
    return httpx.AsyncClient(transport=OutsideTransport(), trust_env=False, timeout=TIMEOUT, follow_redirects=False)
