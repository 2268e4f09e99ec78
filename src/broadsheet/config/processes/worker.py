"""The process that works on jobs."""

import os
import sys

from broadsheet.config.processes.arguments import process_arguments
from broadsheet.config.processes.link import GRACE, end_with_supervisor
from broadsheet.jobs.stopping import Stop


def main() -> int:
    """Work on jobs until told to stop."""
    parser = process_arguments("Works on jobs.")
    parser.add_argument("--only-timed", action="store_true", help="take only jobs that have a time")
    args = parser.parse_args()
    stop = Stop()
    stop.listen()
    end_with_supervisor(args.pipe, GRACE)
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "broadsheet.config.settings")
    import django

    django.setup()
    from django.conf import settings

    from broadsheet.index.actions import ask_for_index
    from broadsheet.jobs.worker import JobWorker

    if not args.only_timed:
        ask_for_index()
    JobWorker(locks=settings.HOME.run, stop=stop, only_timed=args.only_timed).run()
    return 0


if __name__ == "__main__":
    sys.exit(main())
