"""The demo newsroom, served for real until the proof ends."""

import atexit
import functools
import tempfile
from contextlib import ExitStack
from pathlib import Path
from typing import Any


@functools.cache
def served_demo() -> tuple[Any, Any]:
    """A home of the proof's own with the demo newsroom, and the `serve` that works on it."""
    from tests.homes import home_with_demo
    from tests.journeys.serving import serving

    held = ExitStack()
    atexit.register(held.close)
    home = home_with_demo(Path(held.enter_context(tempfile.TemporaryDirectory())) / "newsroom")
    return home, held.enter_context(serving(home))
