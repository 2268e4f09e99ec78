"""Prints, as JSON, status and body of every public page of a home: the fronts, the feeds, all that the sitemap names."""

import json
import sys
from datetime import datetime
from urllib.parse import urlsplit
from xml.etree import ElementTree

import django

django.setup()

from django.test import Client

from broadsheet.foundation import clock

FIRST = ("/", "/ru/", "/rss.xml", "/sitemap.xml", "/there-is-no-such-page/")


def paths_in(sitemap: bytes) -> list[str]:
    return [urlsplit(str(loc.text)).path for loc in ElementTree.fromstring(sitemap).iter() if loc.tag.endswith("loc")]


def main() -> None:
    client = Client(HTTP_HOST="localhost", raise_request_exception=False)
    pages: dict[str, list[object]] = {}
    waiting = list(FIRST)
    while waiting:
        path = waiting.pop()
        if path in pages:
            continue
        response = client.get(path)
        body = b"".join(response) if response.streaming else response.content
        pages[path] = [response.status_code, body.hex()]
        if path.endswith("sitemap.xml"):
            waiting += paths_in(body)
    json.dump(pages, sys.stdout)


with clock.stopped_at(datetime.fromisoformat(sys.argv[1])):
    main()
