"""Whose frames may stand in a story: a list of hosts, and no way around it."""

import pytest
from django.core.exceptions import ValidationError

from broadsheet.editions.pages import policy
from broadsheet.stories.blocks import EMBED_HOSTS, EmbedAddressBlock, embed_host

YOUTUBE = "www.youtube-nocookie.com"
ALLOWED = [
    "https://www.youtube-nocookie.com/embed/x?rel=0#t=1",
    "https://WWW.YouTube-NoCookie.com/embed/x",
    "HTTPS://player.vimeo.com/video/1",
    "https://www.openstreetmap.org/export/embed.html?bbox=1%2C2",
    "https://datawrapper.dwcdn.net/abc/1/",
]
REFUSED = [
    "",
    "x",
    "/embed/x",
    f"http://{YOUTUBE}/embed/x",
    f"https:{YOUTUBE}/embed/x",
    f"https:/{YOUTUBE}/embed/x",
    f"https:///{YOUTUBE}/embed/x",
    f"https:\\\\{YOUTUBE}\\embed",
    f"https://{YOUTUBE}./embed/x",
    f"https://{YOUTUBE}:443/embed/x",
    f"https://{YOUTUBE}:0/embed/x",
    f"https://{YOUTUBE}:99999/embed/x",
    f"https://{YOUTUBE}:x/embed/x",
    f"https://user@{YOUTUBE}/embed/x",
    f"https://user:pass@{YOUTUBE}/embed/x",
    f"https://:pass@{YOUTUBE}/embed/x",
    f"https://@{YOUTUBE}/embed/x",
    f"https://{YOUTUBE}@evil.example/embed/x",
    f"https://{YOUTUBE}\\@evil.example/embed/x",
    f"https://evil.example\\@{YOUTUBE}/embed/x",
    f"https://evil.example/{YOUTUBE}",
    f"https://evil.example#https://{YOUTUBE}",
    f"https://evil.example?{YOUTUBE}",
    f"https://{YOUTUBE}.evil.example/",
    "https://youtube-nocookie.com/embed/x",
    "https://www.youtube.com/watch?v=x",
    "https://www.y\u043eutube-nocookie.com/embed/x",  # a Cyrillic o
    "https://www.xn--yutube-nocookie-7kf.com/embed/x",
    "https://www\u3002youtube-nocookie\u3002com/embed/x",
    f"https://{YOUTUBE}\u2100.evil.example/",
    f"https://{YOUTUBE}\u3000/x",
    f"https://{YOUTUBE}%2eevil.example/",
    "https://[",
    "https://[::1]/",
    "javascript:alert(1)",
    f"javascript://{YOUTUBE}/%0aalert(1)",
    "data:text/html,x",
    f"ftp://{YOUTUBE}/x",
]


@pytest.mark.parametrize("address", ALLOWED)
def test_the_hosts_of_the_list_are_allowed(address: str) -> None:
    assert embed_host(address) in EMBED_HOSTS
    assert EmbedAddressBlock().clean(address) == address


@pytest.mark.parametrize("address", REFUSED)
def test_every_other_host_is_refused(address: str) -> None:
    assert embed_host(address) == ""
    with pytest.raises(ValidationError):
        EmbedAddressBlock().clean(address)


def test_an_address_without_a_scheme_is_completed_at_the_desk_and_shown_nowhere_else() -> None:
    assert embed_host(f"//{YOUTUBE}/embed/x") == ""
    assert EmbedAddressBlock().clean(f"//{YOUTUBE}/embed/x") == f"https://{YOUTUBE}/embed/x"


def test_pages_let_frames_of_exactly_these_hosts_in() -> None:
    frames = next(part for part in policy("latin").split("; ") if part.startswith("frame-src "))
    assert set(frames.split()[1:]) == {f"https://{host}" for host in EMBED_HOSTS}
