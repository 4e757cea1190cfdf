"""Asking addresses that somebody else gave us: never one of our own network, whatever its name resolves to."""

import socket
from asyncio import get_running_loop
from ipaddress import IPv4Address, IPv6Address, IPv6Network, ip_address, ip_network
from urllib.parse import urlsplit

import aiohttp
import httpx
from aiohttp.abc import AbstractResolver, ResolveResult
from fastapi import Request
from httpx_aiohttp import AiohttpTransport

TIMEOUT = 20.0
NAT64 = IPv6Network("64:ff9b::/96")
COMPATIBLE = IPv6Network("::/96")


def is_routed(address: IPv4Address | IPv6Address) -> bool:
    """Whether the internet routes it, and what an IPv6 address carries within as well."""
    if isinstance(address, IPv6Address) and (carried := _carried(address)):
        return is_routed(carried)
    return address.is_global and not address.is_multicast


def _carried(address: IPv6Address) -> IPv4Address | None:
    if address in NAT64 or address in COMPATIBLE:
        return IPv4Address(int(address) & 0xFFFF_FFFF)
    return address.ipv4_mapped or address.sixtofour or (address.teredo and address.teredo[1])


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
    """Whether every address of the host is one that the internet routes."""
    try:
        parts = urlsplit(url)
        found = await get_running_loop().getaddrinfo(parts.hostname, parts.port or 443, type=socket.SOCK_STREAM)
    except (OSError, UnicodeError, ValueError):
        return False
    return bool(found) and all(_is_routed(str(address[0])) for *_, address in found)


def _is_routed(address: str) -> bool:
    return is_routed(ip_address(address.partition("%")[0]))


class OutsideResolver(AbstractResolver):
    """Finds a host's addresses when it is connected to: a name may have moved inside since it was looked at."""

    def __init__(self) -> None:
        self._inner = aiohttp.ThreadedResolver()

    async def resolve(
        self, host: str, port: int = 0, family: socket.AddressFamily = socket.AF_UNSPEC
    ) -> list[ResolveResult]:
        found = await self._inner.resolve(host, port, family)
        outside = [address for address in found if _is_routed(address["host"])]
        if not outside:
            raise OSError(f"{host} is not outside")
        return outside

    async def close(self) -> None:
        await self._inner.close()


class OutsideTransport(AiohttpTransport):
    """Refuses addresses written as numbers too, which no resolver sees."""

    def __init__(self) -> None:
        super().__init__(client=self._session)

    def _session(self) -> aiohttp.ClientSession:
        connector = aiohttp.TCPConnector(resolver=OutsideResolver(), ssl=self.ssl_context)
        return aiohttp.ClientSession(connector=connector, cookie_jar=aiohttp.DummyCookieJar())

    async def handle_async_request(self, request: httpx.Request) -> httpx.Response:
        try:
            is_inside = not _is_routed(request.url.host)
        except ValueError:
            is_inside = False
        if is_inside:
            raise httpx.ConnectError("this address is not outside", request=request)
        return await super().handle_async_request(request)


def open_outside_http() -> httpx.AsyncClient:
    """A pooled client for addresses of others: no proxies, no redirects, nothing inside."""
    return httpx.AsyncClient(transport=OutsideTransport(), trust_env=False, timeout=TIMEOUT, follow_redirects=False)
