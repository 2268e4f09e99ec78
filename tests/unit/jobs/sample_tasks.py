"""Jobs that leave a trace in a file, for workers in other processes."""

import os
import time
from pathlib import Path

from django_tasks import task

from broadsheet.foundation.refusals import Refused


@task()
def note(file: str, word: str) -> None:
    """Add a line to a file: the word, the process, the moment."""
    descriptor = os.open(file, os.O_WRONLY | os.O_APPEND | os.O_CREAT)
    os.write(descriptor, f"{word} {os.getpid()} {time.time()}\n".encode())
    os.close(descriptor)


@task()
def note_then_wait_for(file: str, word: str, gate: str) -> None:
    """Add a line, then work until the gate's file is there."""
    note.call(file, word)
    while not Path(gate).exists():
        time.sleep(0.01)


@task()
def fail_with(sentence: str) -> None:
    raise ValueError(sentence)


@task()
def refuse() -> None:
    raise Refused("no", "It was refused.")


@task()
def return_what_json_cannot_hold() -> object:
    return object()


@task(takes_context=True)
def try_number(context: object) -> int:
    number: int = context.attempt  # type: ignore[attr-defined]
    return number
