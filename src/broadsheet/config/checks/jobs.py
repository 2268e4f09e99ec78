"""What can be wrong with the work that is done in the background."""

from datetime import timedelta

from broadsheet.config.checks.findings import Findings, Situation, advice, wrong

LATE = timedelta(seconds=60)


def have_failed(situation: Situation) -> Findings:
    """Jobs were given up."""
    from broadsheet.jobs.reads import counts

    failed = counts().failed
    if failed:
        yield wrong(
            f"{failed} {'job has' if failed == 1 else 'jobs have'} failed in the last week.",
            "What they should have done, such as a publication on time, was not done.",
            "The log says why: look for “not tried again”.",
        )


def are_late(situation: Situation) -> Findings:
    """Jobs should have begun."""
    from broadsheet.jobs.reads import counts

    now = counts()
    if now.lateness <= LATE:
        return
    minutes = int(now.lateness.total_seconds() // 60)
    what = f"{now.due} {'job waits' if now.due == 1 else 'jobs wait'}, the oldest for {minutes} min."
    if now.workers:
        yield wrong(what, "A worker runs, and does not get to it.", "The log of “broadsheet serve” may say why.")
    else:
        yield advice(what, "No worker runs.", "Start “broadsheet serve”; nothing is lost.")
