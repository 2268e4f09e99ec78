"""A word that no reader may see, in every text of a story; and every byte that readers can be sent."""

import re
from collections.abc import Iterable
from datetime import date, datetime
from html import unescape
from typing import Any
from urllib.parse import urljoin, urlsplit

from django.core.files.base import ContentFile
from django.test import Client
from django.urls import get_resolver

from broadsheet.mediabank.actions import add_film, add_picture
from broadsheet.mediabank.models import Film, FilmCaptions, FilmText, Picture, PictureText
from broadsheet.newsfeed.actions import publish_brief
from broadsheet.newsfeed.models import Brief
from broadsheet.people.actions import add_person
from broadsheet.people.models import Person, PersonText
from broadsheet.stories.addresses import address_of
from broadsheet.stories.models import Story
from tests.factories import Newsroom, picture_bytes
from tests.films import VTT, mp4

CANARY = "kanareika"
PERSON = "zyablik"
LONG = {"headline", "card_headline", "standfirst", "dateline", "lead_caption"}
LINK = re.compile(r'(?:href|src)="([^"]+)"|content="(http[^"]+)"|<loc>([^<]+)<|<link>([^<]+)<|Location: (\S+)')
FRAME = "https://www.openstreetmap.org/export/embed.html?"


def secret(place: str) -> str:
    """The word, and where it stands, so that a leak says from where."""
    return f"{CANARY} {place}"


def secret_picture(newsroom: Newsroom, name: str = "secret") -> Picture:
    """A picture with the word in each of its texts."""
    picture = Picture(
        title=secret(name),
        creator=secret("creator"),
        agency=secret("agency"),
        licence=secret("licence"),
        licence_url=f"https://example.org/{CANARY}",
        source=secret("source"),
    )
    picture.original.save(f"{CANARY}.jpg", ContentFile(picture_bytes(80, 60, colour="red")), save=False)
    picture.texts = [
        PictureText(language=code, alt=secret(f"alt {code}"), caption=secret(f"caption {code}"))
        for code in ("en", "ru")
    ]
    return add_picture(newsroom.chief, picture)


def secret_film(newsroom: Newsroom, poster: Picture) -> Film:
    """A film with the word in each of its texts, in its captions and in its pictures."""
    film = Film(
        title=secret("film"),
        poster=poster,
        creator=secret("film creator"),
        agency=secret("film agency"),
        licence=secret("film licence"),
        licence_url=f"https://example.org/{CANARY}",
        source=secret("film source"),
    )
    film.file = ContentFile(mp4(word=CANARY.encode()), f"{CANARY}.mp4")
    film.texts = [
        FilmText(language=code, title=secret(f"film {code}"), description=secret(f"description {code}"))
        for code in ("en", "ru")
    ]
    said = VTT + f"{CANARY}\n".encode()
    film.captions = [FilmCaptions(language=code, file=ContentFile(said, f"{code}.vtt")) for code in ("en", "ru")]
    return add_film(newsroom.chief, film)


def secret_person(newsroom: Newsroom) -> Person:
    """A person of whom readers have never heard."""
    person = Person(slug=f"{PERSON}-person")
    person.texts = [
        PersonText(language=code, name=f"{PERSON} {code}", role=f"{PERSON} role", biography=f"{PERSON} life")
        for code in ("en", "ru")
    ]
    return add_person(newsroom.chief, person)


def secret_fields(newsroom: Newsroom, picture: Picture, person: Person) -> dict[str, Any]:
    """Every text that a story can hold, with the word in it."""
    texts = {name: secret(name) for name in LONG}
    body = secret_body(picture, person, secret_film(newsroom, picture))
    return {**texts, "slug": f"{CANARY}-slug", "lead_picture": picture, "body": body}


def secret_body(picture: Picture, person: Person, film: Film) -> list[tuple[str, Any]]:
    """A block of each type."""
    shown = {"picture": picture, "caption": secret("caption in story")}
    return [
        ("paragraph", f'<p>{secret("paragraph")} <a href="https://example.org/{CANARY}">{CANARY}</a></p>'),
        ("subhead", secret("subhead")),
        (
            "quote",
            {
                "text": secret("quote"),
                "speaker": person,
                "role": secret("role"),
                "place": secret("place"),
                "said_on": date(2026, 11, 22),
            },
        ),
        ("picture", shown),
        ("gallery", {"title": secret("gallery"), "pictures": [shown]}),
        ("video", {"title": secret("video"), "address": f"https://player.vimeo.com/{CANARY}", "poster": picture}),
        ("video", {"film": film}),
        ("fact_box", {"title": secret("box"), "text": f"<p>{secret('box text')}</p>"}),
        ("timeline", {"title": secret("timeline"), "entries": [{"when": CANARY, "text": secret("entry")}]}),
        ("table", {"caption": secret("table"), "rows": f"{CANARY} | b\n{CANARY} | d"}),
        ("embed", {"title": secret("embed"), "address": f"{FRAME}{CANARY}"}),
    ]


def secret_brief(newsroom: Newsroom, picture: Picture) -> Brief:
    """A brief with the word in it, published."""
    where = {"edition": newsroom.english, "section": newsroom.sections["culture"]}
    return publish_brief(newsroom.chief, Brief(text=secret("brief"), picture=picture, **where))


def own_addresses(moment: datetime) -> list[str]:
    """Where each story stands, stood, or would stand if it were published now: in both editions, with and without /."""
    found = []
    for story in Story.objects.select_related("section", "edition"):
        places = [story.address] if story.address else []
        if story.section:
            unpublished = Story.objects.get(pk=story.pk)
            unpublished.slug = unpublished.slug or f"{CANARY}-slug"
            places.append(address_of(unpublished, moment))
        places += [re.sub(r"^/[a-z]+/", "/economy/", place) for place in places]
        found += [prefix + place for place in places for prefix in ("", "/ru")]
    return [*found, *(address.rstrip("/") for address in found)]


def first_addresses(newsroom: Newsroom, moment: datetime) -> list[str]:
    """An address of each kind, for all that there is, in both editions; what they lead to is found by following."""
    lists = [f"/{slug}/" for slug in newsroom.sections] + [f"/{slug}/rss.xml" for slug in newsroom.sections]
    lists += [f"/topics/{newsroom.topic.slug}/", *(f"/people/{person.slug}/" for person in Person.objects.all())]
    pictures = [f"/mediabank/{picture.pk}/{slug}/" for picture in Picture.objects.all() for slug in (picture.slug, "x")]
    lists += [f"/media/{film.file.name}" for film in Film.objects.all()]
    lists += [f"/media/{captions.file.name}" for captions in FilmCaptions.objects.all()]
    lists += ["/newsfeed/", f"/{moment:%Y/%m/%d}/", *(brief.address for brief in Brief.objects.all())]
    marks = [f"{page}?before={round(moment.timestamp() * 1e6)}-{10**9}" for page in ("/", "/newsfeed/")]
    marks.append("/?before=x")
    # Not the word itself, which the page would repeat: those that stand beside it.
    words = [*sorted(LONG), "paragraph", "quote", "caption", "entry", "related"]
    searches = [f"/search/?q={word.replace('_', '+')}" for word in words]
    lists += ["/mediabank/", "/-/offline/", "/-/report/thanks/"]
    within = ["/", "/search/", *searches, "/rss.xml", "/no-such-section/", "/no/such/page/", *marks, *lists, *pictures]
    both = [prefix + path for path in within for prefix in ("", "/ru")]
    return [*both, "/sitemap.xml", "/robots.txt", "/-/health", "/-/offline.js", *own_addresses(moment)]


def every_answer(addresses: Iterable[str]) -> dict[str, bytes]:
    """The bytes, headers included, of these addresses and of all on this site that they lead to."""
    client, waiting, answers = Client(HTTP_HOST="localhost"), list(addresses), {}
    while waiting:
        address = waiting.pop()
        if address in answers:
            continue
        response = client.get(address)
        body = b"".join(response) if response.streaming else response.content
        assert response.status_code < 500, address
        head = "".join(f"{name}: {value}\n" for name, value in response.items())
        answers[address] = f"{response.status_code}\n{head}\n".encode() + body
        if not response["Content-Type"].startswith(("image/", "video/")):
            waiting += _links(address, head + body.decode())
    return answers


def _links(address: str, text: str) -> list[str]:
    found = re.findall(
        r'(?:href|src)="([^"]+)"|content="(http[^"]+)"|<loc>([^<]+)<|<link>([^<]+)<|Location: (\S+)', text
    )
    here = [urlsplit(urljoin(f"http://localhost:8000{address}", unescape("".join(groups)))) for groups in found]
    wanted = [
        parts for parts in here if parts.hostname == "localhost" and not parts.path.startswith(("/static/", "/desk"))
    ]
    return [parts._replace(scheme="", netloc="", fragment="").geturl() for parts in wanted]


def kinds_of_address() -> set[str]:
    """The names of all public addresses of the site, so that a new one is not forgotten here."""
    public = set()
    for part in get_resolver().url_patterns:
        inside = getattr(part, "url_patterns", [part])
        public |= {item.name for item in inside if getattr(item.callback, "is_public_page", False)}
    return public
