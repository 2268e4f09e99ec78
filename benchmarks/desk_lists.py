"""The desk's lists, searches, choosers, calendar and editor: the same requests at 1,000 stories and 1,000 pictures, and
at 100,000 and 50,000 (or BENCH_STORIES and half as many).

Stories and pictures are made in bulk; what the desk seeks in is made by the same function as in a save. The
requests fill a page at 1,000 already: what is compared is how long it is sought, not how many rows it shows.
"""

import os
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import ExitStack
from pathlib import Path
from typing import Any

from benchmarks.newsroom import demo_newsroom

FEW, MANY = 1_000, int(os.environ.get("BENCH_STORIES", "100000"))
TIMES = 25
GOAL = 1.5


def measure() -> list[tuple[str, str]]:
    """Milliseconds and queries of each request, and the ratio of many to few.

    Two processes answer in turn, each on a home of its own, so that whatever else this machine does slows both. With
    BENCH_HOMES=FEW,MANY homes of a former run are asked again.
    """
    kept = os.environ.get("BENCH_HOMES", "")
    homes = kept.split(",") if kept else _make_homes()
    with _Asked(homes[0]) as few, _Asked(homes[1]) as many:
        rows, worst = [], 0.0
        for number, name in enumerate(few.names):
            quickest = [(float("inf"), 0), (float("inf"), 0)]
            for _time in range(TIMES):
                quickest = [min(known, asked.ask(number)) for known, asked in zip(quickest, (few, many), strict=True)]
            (little, queries), (much, queries_of_many) = quickest
            worst = max(worst, much / little)
            figures = f"{little:.1f} and {much:.1f} ms ({much / little:.2f} times)"
            rows.append((f"desk_lists: {name}", f"{figures}, {queries} and {queries_of_many} queries"))
    rows.append((f"desk_lists: the worst of these, {FEW:,} and {MANY:,} stories (goal: {GOAL})", f"{worst:.2f} times"))
    return rows


def _make_homes() -> list[str]:
    """A home with few stories and pictures, and one with many."""
    demo_newsroom()
    many = os.environ["BROADSHEET_HOME"]
    few = tempfile.mkdtemp(prefix="broadsheet-bench-few-")
    for stories, pictures in ((FEW, FEW), (MANY, MANY // 2)):
        seconds = _fill(stories, pictures)
        print(f"  {stories:,} stories and {pictures:,} pictures after {seconds:.0f} s", flush=True)
        if stories == FEW:
            shutil.copytree(many, few, dirs_exist_ok=True)
    print(f"  BENCH_HOMES={few},{many} asks them again", flush=True)
    return [few, many]


class _Asked:
    """A process that answers the requests on a home, one at a time."""

    def __init__(self, home: str) -> None:
        root = Path(__file__).parents[1]
        paths = f"{root}{os.pathsep}{root / 'src'}"
        self.process = subprocess.Popen(
            [sys.executable, "-c", "from benchmarks.desk_lists import answer; answer()"],
            env=os.environ | {"BROADSHEET_HOME": home, "PYTHONPATH": paths},
            stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True,
        )  # fmt: skip
        self.names = self._line().split("\t")

    def __enter__(self) -> "_Asked":
        return self

    def __exit__(self, *_: object) -> None:
        assert self.process.stdin
        self.process.stdin.close()
        self.process.wait()

    def ask(self, number: int) -> tuple[float, int]:
        """Milliseconds and queries of the request of this number."""
        assert self.process.stdin
        self.process.stdin.write(f"{number}\n")
        self.process.stdin.flush()
        seconds, queries = self._line().split()
        return float(seconds) * 1000, int(queries)

    def _line(self) -> str:
        assert self.process.stdout
        for line in self.process.stdout:
            if line.startswith("desk: "):
                return line.removeprefix("desk: ").rstrip("\n")
        raise RuntimeError("the process that answers has ended")


def answer() -> None:
    """What runs in each of the two processes: a request for each number that is read, its time and queries written."""
    os.environ["DJANGO_SETTINGS_MODULE"] = "broadsheet.config.settings"
    import django

    django.setup()
    from django.db import connection
    from django.test import Client

    requests, clients = list(_requests()), {}
    for who, person in _people().items():
        clients[who] = Client(HTTP_HOST="localhost")
        clients[who].force_login(person, backend="allauth.account.auth_backends.AuthenticationBackend")
    print("desk: " + "\t".join(name for name, _who, _path in requests), flush=True)
    queries = 0

    def count(execute: Any, *what: Any) -> Any:
        nonlocal queries
        queries += 1
        return execute(*what)

    for line in sys.stdin:
        _name, who, path = requests[int(line)]
        queries = 0
        with connection.execute_wrapper(count):
            begin = time.perf_counter()
            status = clients[who].get(path).status_code
            seconds = time.perf_counter() - begin
        assert status == 200, path
        print(f"desk: {seconds} {queries}", flush=True)


def _fill(stories: int, pictures: int) -> float:
    from broadsheet.config.archive.adding import add_archive, demo_ground
    from broadsheet.foundation.connections import bulk_writing

    begin = time.perf_counter()
    with ExitStack() as bulk:
        bulk.enter_context(bulk_writing())
        add_archive(demo_ground(), stories, lambda line: print(line, flush=True))
        _add_pictures(pictures)
        _add_drafts(max(60, stories // 50))
        _fill_index()
    return time.perf_counter() - begin


def _add_pictures(wanted: int) -> None:
    """Pictures with a title, a creator and a caption each, all of one file."""
    from broadsheet.config.archive.lexicon import lexicon
    from broadsheet.mediabank.models import Picture, PictureText

    file, there = Picture.objects.order_by("pk")[0], Picture.objects.count()
    names, places = lexicon().names, lexicon().places
    copied = {name: getattr(file, name) for name in ("original", "shown", "width", "height", "licence")}
    for first in range(there, wanted, 1000):
        numbers = range(first, min(first + 1000, wanted))
        rows = [
            Picture(title=f"{places[one * 7 % len(places)]} {one}", creator=names[one % len(names)], slug="p", **copied)
            for one in numbers
        ]
        made = Picture.objects.bulk_create(rows)
        PictureText.objects.bulk_create(
            PictureText(
                picture=picture, language="en", alt=picture.title, caption=f"{picture.title} by {picture.creator}"
            )
            for picture in made
        )


def _add_drafts(wanted: int) -> None:
    from broadsheet.editions.models import Edition, Section
    from broadsheet.stories.actions import begin_story
    from broadsheet.stories.models import State, Story

    edition, sections = Edition.objects.order_by("pk")[0], list(Section.objects.order_by("pk"))
    chief = _people()["chief"]
    for number in range(Story.objects.filter(state=State.DRAFT).count(), wanted):
        draft = Story(headline=f"Draft of the day {number}", edition=edition, section=sections[number % len(sections)])
        draft.body = [("paragraph", "<p>Only a draft so far, with a few words about the harbour.</p>")]
        begin_story(chief, draft)


def _fill_index() -> None:
    """What a job does in the background with a pause after each thing; here without."""
    from django.db import transaction

    from broadsheet.index.sources import all_sources, wrong_in

    for source in all_sources():
        if source.kind == "story":  # readers' own, which the desk does not ask
            continue
        wrong = sorted(wrong_in(source))
        for first in range(0, len(wrong), 500):
            with transaction.atomic():
                for thing in wrong[first : first + 500]:
                    source.put_anew(thing)


def _people() -> dict[str, Any]:
    """A chief, and a reporter of one section."""
    from broadsheet.accounts.actions import add_staff
    from broadsheet.accounts.models import User
    from broadsheet.editions.actions import assign

    found = {}
    for role, section in (("chief", None), ("reporter", "politics")):
        email = f"{role}@bench.example"
        if not User.objects.filter(email=email).exists():
            add_staff(email=email, name=role, password="a long enough pass phrase")
            assign(email=email, role=role, section=section)
        found[role] = User.objects.get(email=email)
    return found


def _requests() -> Iterator[tuple[str, str, str]]:
    """Name, who asks, and what for."""
    from broadsheet.config.archive.names import writers
    from broadsheet.editions.models import Section
    from broadsheet.people.models import Person
    from broadsheet.stories.models import State, Story

    section = Section.objects.get(slug="politics").pk
    writer = Person.objects.get(slug=writers()[0].slug).pk
    archived = Story.objects.filter(state=State.PUBLISHED, latest_revision=None).earliest("pk")
    draft = Story.objects.filter(state=State.DRAFT).latest("pk")
    stories = "/desk/stories/"
    for who in ("chief", "reporter"):
        yield f"stories, as {who}", who, stories
        yield f"stories, drafts, as {who}", who, f"{stories}?state=draft"
        yield f"stories, by a frequent word, as {who}", who, f"{stories}?q=said"
    asked = {
        "of a section": f"section={section}",
        "of a writer": f"byline={writer}",
        "of a kind": "kind=opinion",
        "of a writer in a section, opinions": f"byline={writer}&section={section}&kind=opinion",
        "withdrawn (there is none)": "state=withdrawn",
        "changed in a year": "since=2024-01-01&until=2024-12-31",
        "published in a year": "when=published&since=2024-01-01&until=2024-12-31",
        "by two words": "q=said+year",
        "by a phrase": "q=%22at+the%22",
        "by a word that hardly any holds": "q=footbridge",
        "by a word of drafts": "q=draft&state=draft",
        "by a half word": "q=minis",
    }
    for name, query in asked.items():
        yield f"stories, {name}", "chief", f"{stories}?{query}"
    yield "pictures", "chief", "/desk/pictures/"
    yield "pictures, by a word", "chief", "/desk/pictures/?q=by"
    yield "pictures, by a number", "chief", "/desk/pictures/?q=977+"
    yield "people, by a word", "chief", "/desk/people/?q=reporter"
    yield "topics", "chief", "/desk/topics/"
    yield "chooser of pictures", "reporter", "/desk/choose/pictures/"
    yield "chooser of pictures, by a word", "reporter", "/desk/choose/pictures/results/?q=by"
    yield "chooser of stories", "reporter", "/desk/choose/stories/"
    yield "chooser of stories, by a word", "reporter", "/desk/choose/stories/results/?q=sai"
    yield "chooser of people, by a word", "reporter", "/desk/choose/people/results/?q=rep"
    yield "calendar, a month", "chief", "/desk/calendar/?month=2024-03"
    yield "calendar, a week", "chief", "/desk/calendar/?week=2024-W11"
    yield "editor, a published story", "chief", f"/desk/stories/edit/{archived.pk}/"
    yield "editor, a draft", "chief", f"/desk/stories/edit/{draft.pk}/"
    yield "the first screen", "chief", "/desk/"
