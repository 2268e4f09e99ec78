"""What can be wrong with the machine."""

import resource
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from broadsheet.config.checks.findings import Findings, Situation, advice, wrong

FEWEST_FILES = 4096


def few_files(situation: Situation) -> Findings:
    """The limit of open files is low: each reader who is connected is one."""
    _, highest = resource.getrlimit(resource.RLIMIT_NOFILE)
    if highest != resource.RLIM_INFINITY and highest < FEWEST_FILES:
        yield advice(
            f"A process may open {highest} files here.",
            "Each reader who is connected counts as one.",
            "Raise the limit: LimitNOFILE=65536 in the systemd unit, or “ulimit -n 65536” before the start.",
        )


def zones_are_unknown(situation: Situation) -> Findings:
    """The time zone of an edition cannot be found."""
    from broadsheet.editions.models import Edition

    for name, zone in Edition.objects.order_by("pk").values_list("name", "zone"):
        try:
            ZoneInfo(zone)
        except (ZoneInfoNotFoundError, ValueError):
            yield wrong(
                f"The time zone of {name}, “{zone}”, cannot be found on this machine.",
                "Pages that show a time fail.",
                "Install the package tzdata, or choose another zone for the edition.",
            )
