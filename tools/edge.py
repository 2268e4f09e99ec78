"""The edge of every tool: what went wrong is one plain sentence on stderr. Runs on any Python 3."""

import sys

from pythons import CannotSetUp, use_new_enough_python


def run_tool(step):
    # type: (object) -> None
    """Run the tool in a Python that is new enough; exits with its code."""
    try:
        use_new_enough_python()
        sys.exit(step())
    except CannotSetUp as error:
        sys.stderr.write(f"{error}\n")
        sys.exit(1)
    except KeyboardInterrupt:
        sys.stderr.write("Stopped. What was done so far is kept; run make again to go on.\n")
        sys.exit(130)
