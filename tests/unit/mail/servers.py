"""Real mail servers for tests, each in a process of its own."""

import dataclasses
import json
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

SERVER = Path(__file__).with_name("smtp_server.py")
Start = Callable[..., "MailServer"]


@dataclasses.dataclass
class MailServer:
    """A mail server in a process of its own."""

    process: subprocess.Popen[str]
    port: int

    def next_message(self) -> dict[str, Any]:
        """Wait for the next message that the server takes."""
        assert self.process.stdout is not None
        message: dict[str, Any] = json.loads(self.process.stdout.readline())
        return message

    def stop(self) -> list[dict[str, Any]]:
        """End the server; returns the messages that nobody has asked for."""
        self.process.terminate()
        rest, _ = self.process.communicate(timeout=20)
        return [json.loads(line) for line in rest.splitlines()]


@contextmanager
def mail_servers() -> Iterator[Start]:
    """Starts mail servers with options of smtp_server.py; all are ended after the block."""
    started: list[MailServer] = []

    def start(*options: str) -> MailServer:
        process = subprocess.Popen([sys.executable, str(SERVER), *options], stdout=subprocess.PIPE, text=True)
        assert process.stdout is not None
        server = MailServer(process, json.loads(process.stdout.readline()))
        started.append(server)
        return server

    try:
        yield start
    finally:
        for server in started:
            if server.process.poll() is None:
                server.stop()
            elif server.process.stdout is not None:
                server.process.stdout.close()
