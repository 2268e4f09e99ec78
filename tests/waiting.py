"""Waiting for what processes do: on a condition, with a deadline, never for a time."""

import time
from collections.abc import Callable
from typing import TypeVar

Value = TypeVar("Value")


def eventually(condition: Callable[[], Value], seconds: float = 30.0) -> Value:
    """What the condition returns, as soon as that is true; fails the test if it is not within the time."""
    until = time.monotonic() + seconds
    while True:
        value = condition()
        if value:
            return value
        assert time.monotonic() < until, f"still not true after {seconds:g} s: {condition}"
        time.sleep(0.02)
