"""What `broadsheet serve` is: one small process that prepares the home and keeps the others alive.

It loads neither Django nor the server, so that it starts at once and little can end it.
"""

import logging
import os
import subprocess
import sys
import threading
from collections.abc import Callable, Mapping
from contextlib import ExitStack
from time import monotonic

from broadsheet import __version__
from broadsheet.config import logs
from broadsheet.config.processes.child import Child
from broadsheet.config.processes.locks import lock_home
from broadsheet.config.processes.port import listen_on
from broadsheet.config.processes.prepared import demo_mark, is_prepared
from broadsheet.config.processes.ready import ready_lines, site_address, wait_until_it_answers
from broadsheet.config.processes.signals import Signals
from broadsheet.foundation.home import Home
from broadsheet.foundation.settings import TABLE, Settings, Value, load_settings

logger = logging.getLogger("broadsheet.serve")

SECONDS_TO_STOP = 10.0
# Longer than a process needs to load, shorter than anybody waits without asking.
SECONDS_TO_ANSWER = 30.0


class Supervisor:
    """Serves one home until it is told to stop. `run` may be called once, from the main thread."""

    def __init__(self, home: Home, *, demo_if_empty: bool, say: Callable[[str], None]) -> None:
        self.home = home
        self.settings = load_settings(home.settings_file)
        self.demo_if_empty = demo_if_empty
        self.say = say
        self.signals = Signals()
        self._environment = environment_for(home, self.settings)

    def run(self) -> int:
        """Prepare the home, serve it, stop; the exit code. Raises HomeUnusable or Refused with a sentence."""
        logs.configure({"format": self.settings.text("log")})
        wants_demo = self.demo_if_empty and self.home.is_empty()
        self.home.prepare(__version__)
        with ExitStack() as held:
            locks = lock_home(self.home, self.say)
            held.callback(locks.release)
            if wants_demo:
                demo_mark(self.home).touch()
            listening = held.enter_context(listen_on(self.settings.text("listen"), self.settings.number("port")))
            locks.note(site_address(self.settings))
            pipe, own_end = os.pipe()
            held.callback(os.close, own_end)
            held.callback(os.close, pipe)
            self.signals.listen()
            descriptors = (pipe, locks.processes)
            code = self._prepare(descriptors)
            if code == 0:
                self._serve(self._children(descriptors, listening.fileno()))
            return code

    def _prepare(self, descriptors: tuple[int, int]) -> int:
        """Have a process prepare the home, unless it is known to be prepared; that process's exit code."""
        if is_prepared(self.home, self.settings):
            return 0
        process = subprocess.Popen(
            _command("prepare", descriptors[0]),
            env=self._environment,
            pass_fds=descriptors,
            stdin=subprocess.DEVNULL,
            start_new_session=True,
        )
        while process.poll() is None:
            self.signals.wait(1.0)
            if self.signals.stops:
                process.terminate()
                process.wait()
                return 0
        return process.returncode

    def _children(self, descriptors: tuple[int, int], listening: int) -> list[Child]:
        """Every process that is kept alive. To add one is to add a line."""
        pipe = descriptors[0]

        def child(name: str, command: list[str], *more: int) -> Child:
            return Child(name, command, environment=self._environment, descriptors=(*descriptors, *more))

        return [
            child("web", [*_command("web", pipe), "--socket", str(listening)], listening),
            # Two, so that a due publication waits neither for a long job nor for a killed worker's return.
            child("worker", _command("worker", pipe)),
            child("timekeeper", [*_command("worker", pipe), "--only-timed"]),
        ]

    def _serve(self, children: list[Child]) -> None:
        if not self.signals.stops:
            threading.Thread(target=self._say_when_ready, name="ready", daemon=True).start()
        try:
            while not self.signals.stops:
                for child in children:
                    child.look_after()
                soonest = min((child.due for child in children if child.due is not None), default=monotonic() + 60)
                self.signals.wait(soonest - monotonic())
        finally:
            self._stop(children)

    def _say_when_ready(self) -> None:
        asked = monotonic()

        def given_up() -> bool:
            return bool(self.signals.stops) or monotonic() > asked + SECONDS_TO_ANSWER

        while not wait_until_it_answers(self.settings, given_up):
            if self.signals.stops:
                return
            logger.error("the site does not answer yet; the lines above may say why")
            asked = monotonic()
        for line in ready_lines(self.home, self.settings):
            self.say(line)

    def _stop(self, children: list[Child]) -> None:
        """Ask each process to finish what it does, and end the rest in ten seconds or at a second Ctrl-C."""
        until = monotonic() + SECONDS_TO_STOP
        asked = self.signals.stops
        for child in children:
            child.ask_to_end()
        while not all(child.has_ended() for child in children):
            if monotonic() > until or self.signals.stops > max(asked, 1):
                break
            self.signals.wait(0.2)
        for child in children:
            child.kill()


def environment_for(home: Home, settings: Settings) -> Mapping[str, str]:
    """The environment of every process: the home and each setting as they were when `serve` began.

    A process that is started again tomorrow must not have other settings than its neighbours have had since today.
    """
    environment = {name: value for name, value in os.environ.items() if name != "PORT"}
    environment["BROADSHEET_HOME"] = str(home.path)
    environment.update({TABLE[name].variable: _as_text(value) for name, value in settings.values.items()})
    return environment


def _as_text(value: Value) -> str:
    if isinstance(value, bool):
        return "true" if value else "false"
    return ",".join(value) if isinstance(value, tuple) else str(value)


def _command(process: str, pipe: int) -> list[str]:
    return [sys.executable, "-m", f"broadsheet.config.processes.{process}", "--pipe", str(pipe)]
