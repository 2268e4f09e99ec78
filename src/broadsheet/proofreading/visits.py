"""Asks an address on the network whether there is a page, without ever reaching into a private network.

A name is resolved first, every address of it must be a public one, and the connection goes to the address that was
looked at, so that a name that changes between the two is of no use. A redirect is a new address, and is treated so.
"""

import http.client
import ipaddress
import socket
import ssl
import threading
import time
from collections.abc import Callable
from dataclasses import dataclass
from urllib.parse import quote, urljoin, urlsplit

from broadsheet.proofreading.addresses import to_visit
from broadsheet.proofreading.models import Trouble

PATIENCE = 15.0
"""Seconds for a link, redirects and all."""
MOST_REDIRECTS = 5
REDIRECTS = {301, 302, 303, 307, 308}
# Answers that say nothing of the page: many sites turn programs away and let readers in.
NOT_TO_US = {401, 402, 403, 405, 406, 407, 408, 425, 426, 429, 451, 503, 999}
HEADERS = {"User-Agent": "Broadsheet (checks the links of a story)", "Accept": "*/*", "Connection": "close"}

MayConnect = Callable[[str], bool]


@dataclass(frozen=True)
class Visit:
    """What was found at an address: `trouble` is empty where there is a page, or where nobody can say."""

    status: int | None = None
    trouble: str = ""


class _Troubled(Exception):
    def __init__(self, trouble: Trouble) -> None:
        super().__init__(trouble)
        self.trouble = trouble


def is_public(ip: str) -> bool:
    """Whether an address is one of the open network: not private, loopback, link-local, multicast or reserved."""
    address = ipaddress.ip_address(ip.partition("%")[0])
    if isinstance(address, ipaddress.IPv6Address):
        inner = address.ipv4_mapped or address.sixtofour or (address.teredo or (None, None))[1]
        if inner is None and address in ipaddress.ip_network("64:ff9b::/96"):
            inner = ipaddress.IPv4Address(int(address) & 0xFFFFFFFF)
        if inner is not None:
            return is_public(str(inner))
    return address.is_global and not (address.is_multicast or address.is_reserved or address.is_unspecified)


def visit(address: str, *, may_connect: MayConnect = is_public, patience: float = PATIENCE) -> Visit:
    """Ask for the page at an address and look at nothing but the answer's first lines."""
    end = time.monotonic() + patience
    try:
        return _follow(address, may_connect, end)
    except _Troubled as troubled:
        return Visit(trouble=troubled.trouble)
    except ssl.SSLCertVerificationError:
        return Visit(trouble=Trouble.CERTIFICATE)
    except (OSError, http.client.HTTPException, UnicodeError, ValueError):
        return Visit(trouble=Trouble.NO_ANSWER)


def _follow(address: str, may_connect: MayConnect, end: float) -> Visit:
    for _redirect in range(MOST_REDIRECTS + 1):
        status, location = _ask(address, may_connect, end)
        if status not in REDIRECTS or not location:
            return _judged(status)
        address = to_visit(urljoin(address, location))
        if not address:
            return Visit(status, Trouble.NOT_FOUND)
    return Visit(status, Trouble.LOOP)


def _judged(status: int) -> Visit:
    if status < 400 or status in NOT_TO_US:
        return Visit(status)
    return Visit(status, Trouble.NOT_FOUND if status in (404, 410) else Trouble.REFUSES)


def _ask(address: str, may_connect: MayConnect, end: float) -> tuple[int, str]:
    """The status of an address and where it redirects to."""
    parts = urlsplit(address)
    host = str(parts.hostname).encode("idna").decode() if not str(parts.hostname).isascii() else str(parts.hostname)
    port = parts.port or (443 if parts.scheme == "https" else 80)
    sock = _connect(_resolve(host, port, may_connect), port, end)
    # A time for each read would let a site that sends a byte now and then hold the worker for ever.
    watch = threading.Timer(max(0.01, end - time.monotonic()), _cut, [sock])
    watch.start()
    try:
        connection = http.client.HTTPConnection(host, port)
        connection.sock = _secured(sock, host) if parts.scheme == "https" else sock
        target = quote(parts.path or "/", safe="/%:@!$&'()*+,;=~-._")
        query = f"?{quote(parts.query, safe='/%:@!$&()*+,;=~-._?[]')}" if parts.query else ""
        connection.request("GET", target + query, headers=HEADERS)
        response = connection.getresponse()
        return response.status, response.headers.get("Location") or ""
    finally:
        watch.cancel()
        sock.close()


def _resolve(host: str, port: int, may_connect: MayConnect) -> list[str]:
    """The addresses of a host; trouble where there are none, or where one of them is not public."""
    try:
        found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    except (socket.gaierror, UnicodeError):
        raise _Troubled(Trouble.NO_HOST) from None
    addresses = list(dict.fromkeys(str(entry[4][0]) for entry in found))
    if not addresses or not all(may_connect(ip) for ip in addresses):
        raise _Troubled(Trouble.NOT_PUBLIC if addresses else Trouble.NO_HOST)
    return addresses


def _connect(addresses: list[str], port: int, end: float) -> socket.socket:
    """A connection to the first of these addresses that takes one."""
    for ip in addresses:
        left = end - time.monotonic()
        if left <= 0:
            break
        try:
            return socket.create_connection((ip, port), timeout=left)
        except OSError:
            continue
    raise _Troubled(Trouble.NO_ANSWER)


def _secured(sock: socket.socket, host: str) -> socket.socket:
    return ssl.create_default_context().wrap_socket(sock, server_hostname=host)


def _cut(sock: socket.socket) -> None:
    try:
        sock.shutdown(socket.SHUT_RDWR)
    except OSError:
        return
