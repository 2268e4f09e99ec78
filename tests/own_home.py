"""A pytest plugin (`-p tests.own_home`): each of xdist's workers has a home of its own within BROADSHEET_HOME.

It is loaded before Django's settings, which read the home.
"""

import os
from pathlib import Path

worker = os.environ.get("PYTEST_XDIST_WORKER")
home = os.environ.get("BROADSHEET_HOME")
if worker and home and Path(home).name != worker:
    os.environ["BROADSHEET_HOME"] = str(Path(home) / worker)
