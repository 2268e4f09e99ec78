"""The process that answers requests: granian, which runs Django in processes of its own."""

import multiprocessing
import resource
import socket
import sys
from functools import partial
from typing import Any

from granian.constants import Interfaces
from granian.http import HTTP1Settings
from granian.log import LogLevels
from granian.net import SocketHolder
from granian.server import Server

from broadsheet.config import logs
from broadsheet.config.processes.arguments import process_arguments
from broadsheet.config.processes.link import end_with_supervisor
from broadsheet.config.processes.port import BACKLOG
from broadsheet.foundation.home import home_from_environment
from broadsheet.foundation.settings import load_settings

# granian counts every open connection against its backpressure, also one on which nothing is asked, and leaves
# those above it unanswered. So it stands above what browsers and proxies keep open, bounded by the open files.
MOST_CONNECTIONS = 16_384
FILES_FOR_OTHER_THINGS = 256
SECONDS_FOR_HEADERS = 15
SECONDS_TO_FINISH = 8
# granian's lines go where ours go; its own handlers write to stdout.
LOGGING: dict[str, Any] = {
    "handlers": {},
    "formatters": {},
    "loggers": {"_granian": {"propagate": True}, "granian.access": {"propagate": True}},
}


class SupervisedServer(Server):
    """granian on the socket that the supervisor holds open, so that nobody is refused while a process restarts."""

    def __init__(self, listening: int, **options: Any) -> None:
        super().__init__("broadsheet.config.wsgi:application", **options)
        self._listening = listening

    def _init_shared_socket(self) -> None:
        self._ssp = None
        self._sfd = self._listening
        self._shd = SocketHolder(self._listening, False, self.backlog)
        self._sso = socket.socket(fileno=self._listening)


def load_application(pipe: int) -> Any:
    """Load Django; runs in each of granian's own processes, which outlive granian but not the supervisor."""
    end_with_supervisor(pipe)
    from broadsheet.config.wsgi import application

    return application


def most_connections() -> int:
    """How many connections a process may hold open at once."""
    files, _ = resource.getrlimit(resource.RLIMIT_NOFILE)
    return MOST_CONNECTIONS if files < 0 else max(64, min(MOST_CONNECTIONS, files - FILES_FOR_OTHER_THINGS))


def main() -> int:
    """Serve until told to stop; then finish the requests that are under way."""
    parser = process_arguments("Answers requests.")
    parser.add_argument("--socket", type=int, required=True, help="descriptor of the listening socket")
    args = parser.parse_args()
    # Named, because newer Pythons choose another way, in which descriptors are not inherited.
    multiprocessing.set_start_method("fork")
    settings = load_settings(home_from_environment().settings_file)
    server = SupervisedServer(
        args.socket,
        interface=Interfaces.WSGI,
        workers=settings.number("web_workers"),
        blocking_threads=settings.number("web_threads"),
        backlog=BACKLOG,
        backpressure=most_connections(),
        http1_settings=HTTP1Settings(header_read_timeout=SECONDS_FOR_HEADERS * 1000),
        websockets=False,
        respawn_failed_workers=True,
        workers_kill_timeout=SECONDS_TO_FINISH,
        log_level=LogLevels.error,
        log_dictconfig=LOGGING,
    )
    logs.configure({"format": settings.text("log")})
    end_with_supervisor(args.pipe)
    server.serve(target_loader=partial(load_application, args.pipe), wrap_loader=False)
    return 0


if __name__ == "__main__":
    sys.exit(main())
