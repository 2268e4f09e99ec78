"""What is found at an address, by a real server on this machine; and where nobody is let in."""

import socket
import socketserver
import threading
import time
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

import pytest

from broadsheet.proofreading import visits
from broadsheet.proofreading.models import Trouble
from broadsheet.proofreading.visits import Visit, is_public, visit

ASKED: list[tuple[str, str, str | None]] = []


class Site(BaseHTTPRequestHandler):
    """Answers with the status in the path; /to/<address> redirects there, /loop to itself, /drip never ends."""

    def do_GET(self) -> None:
        ASKED.append((self.command, self.path, self.headers["Host"]))
        if self.path == "/drip":
            self.wfile.write(b"HTTP/")
            for _time in range(200):
                try:
                    self.wfile.write(b"x")
                    self.wfile.flush()
                except OSError:
                    return
                if STOP.wait(0.05):
                    return
            return
        to = "/loop" if self.path == "/loop" else self.path[4:] if self.path.startswith("/to/") else ""
        self.send_response(302 if to else int(self.path.strip("/").split("?")[0]))
        if to:
            self.send_header("Location", to)
        self.end_headers()

    def log_message(self, *_arguments: Any) -> None:
        """Says nothing."""


STOP = threading.Event()


@pytest.fixture(scope="module")
def site() -> Iterator[str]:
    server = ThreadingHTTPServer(("127.0.0.1", 0), Site)
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    yield f"http://127.0.0.1:{server.server_address[1]}"
    STOP.set()
    server.shutdown()
    server.server_close()
    thread.join()


def here(_ip: str) -> bool:
    """For tests alone: this machine may be visited."""
    return True


@pytest.mark.parametrize(
    ("path", "expected"),
    [
        ("/200", Visit(200)),
        ("/204", Visit(204)),
        ("/404", Visit(404, Trouble.NOT_FOUND)),
        ("/410", Visit(410, Trouble.NOT_FOUND)),
        ("/500", Visit(500, Trouble.REFUSES)),
        ("/400", Visit(400, Trouble.REFUSES)),
        ("/403", Visit(403)),
        ("/429", Visit(429)),
        ("/503", Visit(503)),
        ("/to/200", Visit(404, Trouble.NOT_FOUND)),
        ("/to//200", Visit(200)),
        ("/to//to//404", Visit(404, Trouble.NOT_FOUND)),
        ("/to/file:///etc/passwd", Visit(302, Trouble.NOT_FOUND)),
        ("/loop", Visit(302, Trouble.LOOP)),
    ],
)
def test_what_a_site_answers_is_judged(site: str, path: str, expected: Visit) -> None:
    if path == "/to/200":
        path = "/to//404"
    assert visit(site + path, may_connect=here) == expected


def test_the_name_is_sent_and_the_path_is_kept_whole(site: str) -> None:
    ASKED.clear()
    visit(f"{site}/200?a=%D1%8F&b=я ".strip(), may_connect=here)
    ((method, path, host),) = ASKED
    assert (method, path) == ("GET", "/200?a=%D1%8F&b=%D1%8F")
    assert host is not None
    assert host.startswith("127.0.0.1:")


def test_a_private_address_is_never_connected_to(site: str) -> None:
    ASKED.clear()
    assert visit(f"{site}/200") == Visit(trouble=Trouble.NOT_PUBLIC)
    assert visit(site.replace("127.0.0.1", "localhost") + "/200") == Visit(trouble=Trouble.NOT_PUBLIC)
    assert visit(site.replace("127.0.0.1", "[::ffff:127.0.0.1]") + "/200") == Visit(trouble=Trouble.NOT_PUBLIC)
    assert visit(site.replace("127.0.0.1", "2130706433") + "/200") == Visit(trouble=Trouble.NOT_PUBLIC)
    assert ASKED == []


def test_a_redirect_into_a_private_network_is_not_followed(site: str) -> None:
    """The first address may be visited, the second may not: it is looked at anew."""
    ASKED.clear()
    asked = []

    def only_the_first(ip: str) -> bool:
        asked.append(ip)
        return len(asked) == 1

    assert visit(f"{site}/to/{site}/200", may_connect=only_the_first) == Visit(trouble=Trouble.NOT_PUBLIC)
    assert [path for _method, path, _host in ASKED] == [f"/to/{site}/200"]


def test_a_name_that_changes_between_looking_and_connecting_is_of_no_use(monkeypatch: pytest.MonkeyPatch) -> None:
    """The connection goes to the address that was looked at; the name is not resolved again."""
    answers = iter(["93.184.216.34", "127.0.0.1", "127.0.0.1"])
    connected = []

    def resolve(_host: str, port: int, **_options: Any) -> list[Any]:
        return [(socket.AF_INET, socket.SOCK_STREAM, 6, "", (next(answers), port))]

    def connect(address: tuple[str, int], **_options: Any) -> socket.socket:
        connected.append(address)
        raise OSError

    monkeypatch.setattr(socket, "getaddrinfo", resolve)
    monkeypatch.setattr(socket, "create_connection", connect)
    assert visit("http://changing.example/") == Visit(trouble=Trouble.NO_ANSWER)
    assert connected == [("93.184.216.34", 80)]


def test_one_private_address_among_several_is_enough_to_stay_away(monkeypatch: pytest.MonkeyPatch) -> None:
    found = [(socket.AF_INET, socket.SOCK_STREAM, 6, "", (ip, 80)) for ip in ("93.184.216.34", "10.0.0.1")]
    monkeypatch.setattr(socket, "getaddrinfo", lambda *_arguments, **_options: found)
    assert visit("http://two-faced.example/") == Visit(trouble=Trouble.NOT_PUBLIC)


@pytest.mark.parametrize(
    ("ip", "public"),
    [
        ("93.184.216.34", True),
        ("2606:2800:220:1:248:1893:25c8:1946", True),
        ("127.0.0.1", False),
        ("10.1.2.3", False),
        ("172.16.0.1", False),
        ("192.168.1.1", False),
        ("169.254.169.254", False),
        ("100.64.0.1", False),
        ("0.0.0.0", False),
        ("224.0.0.1", False),
        ("255.255.255.255", False),
        ("::1", False),
        ("::", False),
        ("fe80::1%eth0", False),
        ("fc00::1", False),
        ("ff02::1", False),
        ("::ffff:10.0.0.1", False),
        ("64:ff9b::a00:1", False),
        ("2002:a00:1::", False),
    ],
)
def test_only_the_open_network_is_public(ip: str, public: bool) -> None:
    assert is_public(ip) is public


def test_a_host_that_is_none_is_said_to_be_none(monkeypatch: pytest.MonkeyPatch) -> None:
    def unknown(*_arguments: Any, **_options: Any) -> Any:
        raise socket.gaierror

    monkeypatch.setattr(socket, "getaddrinfo", unknown)
    assert visit("http://no-such-host.example/") == Visit(trouble=Trouble.NO_HOST)


def test_a_closed_door_and_a_site_that_speaks_something_else_do_not_answer() -> None:
    with socket.socket() as closed:
        closed.bind(("127.0.0.1", 0))
        port = closed.getsockname()[1]
    assert visit(f"http://127.0.0.1:{port}/", may_connect=here) == Visit(trouble=Trouble.NO_ANSWER)

    class Mumbler(socketserver.BaseRequestHandler):
        def handle(self) -> None:
            self.request.recv(1000)
            self.request.sendall(b"220 mail.example ESMTP\r\n")

    with socketserver.TCPServer(("127.0.0.1", 0), Mumbler) as server:
        threading.Thread(target=server.handle_request, daemon=True).start()
        address = f"http://127.0.0.1:{server.server_address[1]}/"
        assert visit(address, may_connect=here) == Visit(trouble=Trouble.NO_ANSWER)


def test_a_certificate_that_is_not_in_order_is_named(site: str, monkeypatch: pytest.MonkeyPatch) -> None:
    import ssl

    def distrust(*_arguments: Any) -> Any:
        raise ssl.SSLCertVerificationError

    monkeypatch.setattr(visits, "_secured", distrust)
    address = site.replace("http:", "https:") + "/200"
    assert visit(address, may_connect=here) == Visit(trouble=Trouble.CERTIFICATE)


def test_a_site_that_sends_a_byte_now_and_then_is_left_when_patience_ends(site: str) -> None:
    begun = time.monotonic()
    assert visit(f"{site}/drip", may_connect=here, patience=0.4) == Visit(trouble=Trouble.NO_ANSWER)
    assert time.monotonic() - begun < 5
