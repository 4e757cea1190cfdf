"""Addresses of others: what is called, and why the rest is not."""

import asyncio
import socket
import threading
import time
from ipaddress import ip_address, ip_network

import pytest

from kit import outside
from kit.outside import is_routed
from tests.kit.test_webhooks import a_clients_asker, register
from tests.people import told, wrong_fields

# IANA's registries of special-purpose addresses, multicast, and what was given up: site-local, IPv4-compatible and
# IPv4-translated addresses. NAT64 (64:ff9b::/96) stands for the address that it carries.
INSIDE = [
    "0.0.0.0/8", "0.0.0.0/32", "10.0.0.0/8", "100.64.0.0/10", "127.0.0.0/8", "169.254.0.0/16", "172.16.0.0/12",
    "192.0.0.0/24", "192.0.0.0/29", "192.0.0.8/32", "192.0.0.9/32", "192.0.0.10/32", "192.0.0.170/32",
    "192.0.0.171/32", "192.0.2.0/24", "192.31.196.0/24", "192.52.193.0/24", "192.88.99.0/24", "192.168.0.0/16",
    "192.175.48.0/24", "198.18.0.0/15", "198.51.100.0/24", "203.0.113.0/24", "240.0.0.0/4", "255.255.255.255/32",
    "224.0.0.0/4", "::1/128", "::/128", "::ffff:0:0/96", "64:ff9b:1::/48", "100::/64", "100:0:0:1::/64",
    "2001::/23", "2001::/32", "2001:1::1/128", "2001:1::2/128", "2001:1::3/128", "2001:2::/48", "2001:3::/32",
    "2001:4:112::/48", "2001:10::/28", "2001:20::/28", "2001:30::/28", "2001:db8::/32", "2002::/16",
    "2620:4f:8000::/48", "3fff::/20", "5f00::/16", "fc00::/7", "fe80::/10", "ff00::/8", "fec0::/10", "::/96",
    "::ffff:0:0:0/96", "64:ff9b::7f00:0/104", "64:ff9b::a00:0/104", "64:ff9b::a9fe:0/112", "64:ff9b::c0a8:0/112",
    "4000::/2", "8000::/1",
]  # fmt: skip
OUTSIDE = [
    "1.1.1.1",
    "8.8.8.8",
    "100.128.0.1",
    "172.32.0.1",
    "2606:4700:4700::1111",
    "2a00:1450::1",
    "64:ff9b::101:101",
]


@pytest.mark.parametrize("block", INSIDE)
def test_no_address_of_a_special_block_is_outside(block):
    network = ip_network(block)
    middle = network.network_address + network.num_addresses // 2
    for address in (network.network_address, middle, network.broadcast_address):
        assert not is_routed(address), address


@pytest.mark.parametrize("address", OUTSIDE)
def test_addresses_of_the_internet_are_outside(address):
    assert is_routed(ip_address(address))


@pytest.mark.parametrize(
    ("url", "code"),
    [
        ("http://user:secret@1.1.1.1/x", "address_credentials"),
        ("http://user@1.1.1.1/x", "address_credentials"),
        ("http://:secret@1.1.1.1/x", "address_credentials"),
        ("http://@1.1.1.1/x", "address_credentials"),
        ("http://1.1.1.1:22/x", "address_port"),
        ("http://1.1.1.1:25/x", "address_port"),
        ("https://1.1.1.1:1023/x", "address_port"),
        ("https://1.1.1.1:6667/x", "address_port"),
        ("https://1.1.1.1:2049/x", "address_port"),
        ("http://[64:ff9b:1::101:101]/x", "address_private"),
        ("http://[::ffff:0:1.1.1.1]/x", "address_private"),
        ("http://[fec0::1]/x", "address_private"),
        ("http://[fe80::1%25lo]/x", "address_private"),
        ("http://[::ffff:1.1.1.1]/x", "address_private"),
    ],
)
async def test_what_would_not_be_delivered_is_not_registered(house, cluster, url, code):
    asker = await a_clients_asker(house, cluster)
    refused = wrong_fields(await register(asker, url=url, cluster_id=cluster.id))
    assert refused in ({"/url": code}, {"/url": "link_invalid"})


async def test_name_servers_that_hang_delay_nothing_else(monkeypatch):
    over = threading.Event()
    monkeypatch.setattr(outside, "NAMED_WITHIN", 0.2)
    monkeypatch.setattr(socket, "getaddrinfo", lambda *_, **__: over.wait(3))
    begun = time.monotonic()
    asking = [asyncio.create_task(outside.leads_outside(f"https://n{n}.example/x")) for n in range(40)]
    asking.append(asyncio.create_task(outside.OutsideResolver().resolve("n.example", 443)))
    await asyncio.sleep(0)
    await asyncio.to_thread(time.monotonic)
    answers = await asyncio.gather(*asking, return_exceptions=True)
    took = time.monotonic() - begun
    over.set()
    assert (answers[:-1], type(answers[-1])) == ([False] * 40, TimeoutError)
    assert took < 2


@pytest.mark.parametrize("url", ["http://1.1.1.1:80/x", "https://1.1.1.1:443/x", "https://1.1.1.1:8443/x?a=b"])
async def test_usual_ports_are_taken(house, cluster, url):
    asker = await a_clients_asker(house, cluster)
    made = told(await register(asker, url=url, cluster_id=cluster.id), 201)
    assert told(await asker.diaries.get(f"/v1/endpoints/{made['id']}"))["url"] == url
    told(await asker.diaries.delete(f"/v1/endpoints/{made['id']}"), 204)
