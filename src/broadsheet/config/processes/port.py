"""The socket on which the site listens; the supervisor holds it, so that it stays open while processes restart."""

import errno
import socket

from broadsheet.foundation.refusals import Refused

BACKLOG = 2048
WHY = {
    errno.EADDRINUSE: "is taken by another program",
    errno.EACCES: "may not be used by this user (ports below 1024 are the administrator's)",
    errno.EADDRNOTAVAIL: "is on an address that this machine does not have",
}


def listen_on(address: str, port: int) -> socket.socket:
    """Listen, or raise Refused with a sentence."""
    try:
        family, *_, where = socket.getaddrinfo(address, port, type=socket.SOCK_STREAM, flags=socket.AI_PASSIVE)[0]
        listening = socket.socket(family, socket.SOCK_STREAM)
    except OSError as error:
        raise _refused(address, port, f"cannot be used ({error.strerror})") from None
    try:
        # Not SO_REUSEPORT: with it two programs could share the port without knowing of each other.
        listening.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        listening.bind(where)
        listening.listen(BACKLOG)
    except OSError as error:
        listening.close()
        raise _refused(address, port, WHY.get(error.errno or 0, f"cannot be used ({error.strerror})")) from None
    return listening


def _refused(address: str, port: int, why: str) -> Refused:
    return Refused(
        "port.unusable",
        f"Port {port} on {address} {why}.",
        "Nothing was started. Choose another with PORT, for example: PORT=8010 make run",
    )
