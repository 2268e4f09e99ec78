"""What a check finds."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from ipaddress import ip_address

from broadsheet.foundation.home import Home
from broadsheet.foundation.settings import Settings


@dataclass(frozen=True)
class Finding:
    """Something that is wrong, or could be better: what it is, why it matters, what to do; a sentence each."""

    is_wrong: bool
    what: str
    why: str
    do: str

    def __str__(self) -> str:
        return " ".join(part for part in (self.what, self.why, self.do) if part)


@dataclass(frozen=True)
class Situation:
    """What the checks look at."""

    home: Home
    settings: Settings


Findings = Iterator[Finding]
Check = Callable[[Situation], Findings]


def wrong(what: str, why: str, do: str) -> Finding:
    """Something that must be put right."""
    return Finding(True, what, why, do)


def advice(what: str, why: str, do: str) -> Finding:
    """Something that could be better."""
    return Finding(False, what, why, do)


def is_this_machine(host: str) -> bool:
    """Whether a host name or address leads to this machine alone."""
    if host.lower().rstrip(".") in ("localhost", "ip6-localhost") or host.lower().endswith(".localhost"):
        return True
    try:
        return ip_address(host.strip("[]")).is_loopback
    except ValueError:
        return False
