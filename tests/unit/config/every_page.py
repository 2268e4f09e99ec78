"""Every public page of a home, as bytes: the fronts, the feeds, what the sitemap names, and what those pages show."""

import json
import re
import sys
from datetime import datetime
from urllib.parse import urlsplit
from xml.etree import ElementTree

from django.test import Client

from broadsheet.foundation import clock
from tests.contracts.reading import is_left_out

SEARCHES = ("/search/?q=port+night", "/search/?q=%22the+port%22", "/ru/search/?q=%D0%BF%D0%BE%D1%80%D1%82")
FIRST = ("/", "/ru/", "/rss.xml", "/sitemap.xml", *SEARCHES, "/there-is-no-such-page/")
SHOWN = re.compile(rb'(?:src|href)="(/(?!/|desk/|account/)[^"?#]+)')


def print_pages(moment: str) -> None:
    """Print, as JSON, status and body of every page, as it is at a moment."""
    client = Client(HTTP_HOST="localhost", raise_request_exception=False)
    pages: dict[str, tuple[int, str]] = {}
    waiting = list(FIRST)
    with clock.stopped_at(datetime.fromisoformat(moment)):
        while waiting:
            path = waiting.pop()
            if path in pages:
                continue
            response = client.get(path)
            body = b"".join(response) if response.streaming else response.content
            pages[path] = (response.status_code, body.hex())
            found = _paths_in(body) if path.endswith("sitemap.xml") else map(bytes.decode, SHOWN.findall(body))
            waiting += [one for one in found if not is_left_out(one)]
    json.dump(pages, sys.stdout)


def _paths_in(sitemap: bytes) -> list[str]:
    return [urlsplit(str(loc.text)).path for loc in ElementTree.fromstring(sitemap).iter() if loc.tag.endswith("loc")]
