"""Whatever a body holds, the checks come to an end, quickly, and every finding has a sentence and leads somewhere."""

import time
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from broadsheet.foundation.clock import now
from broadsheet.stories.checks import errors_of, warnings_of
from broadsheet.stories.checks.findings import FIELDS, Finding
from broadsheet.stories.models import Story
from tests.factories import Newsroom
from tests.unit.stories.checks.looking import paragraph, story_of

pytestmark = pytest.mark.database

ARABIC = "الميناء صامت في الليل. «لن نفرغ السفن بعد الآن أبدا في هذه المدينة»."
PIECES = ("word ", "слово ", ARABIC, "“", "”", "«", "»", '"', "‘", "</p>", "<b>", "<a href=", "'http://[", ">", "&amp;",
          "&#0;", "\x00", "\u202e", "-", "'", "’", "э́", "1st", "🚢", "—", ". ", "\n", "https://example.org/ ",
          "a" * 200)  # fmt: skip
TEXT = st.lists(st.sampled_from(PIECES), max_size=12).map("".join)
SMALL = st.one_of(st.none(), TEXT)
GONE = st.sampled_from([None, 999_999])
ENTRIES = st.just([{"when": "", "text": None}])
BLOCK = st.one_of(
    st.tuples(st.sampled_from(["paragraph", "subhead"]), SMALL),
    st.tuples(st.just("quote"), st.fixed_dictionaries({"text": SMALL, "speaker": GONE})),
    st.tuples(st.just("picture"), st.fixed_dictionaries({"picture": GONE, "caption": SMALL})),
    st.tuples(st.just("gallery"), st.fixed_dictionaries({"title": SMALL, "pictures": st.just([])})),
    st.tuples(st.just("fact_box"), st.fixed_dictionaries({"title": SMALL, "text": SMALL})),
    st.tuples(st.just("timeline"), st.fixed_dictionaries({"title": SMALL, "entries": ENTRIES})),
    st.tuples(st.just("table"), st.fixed_dictionaries({"caption": SMALL, "rows": SMALL})),
    st.tuples(st.just("video"), st.fixed_dictionaries({"film": st.none(), "address": SMALL, "title": SMALL})),
    st.tuples(st.just("related"), GONE),
)  # fmt: skip


def stored(story: Story, blocks: list[tuple[str, Any]]) -> Story:
    """A story whose body is what the database may hold, whether or not a form would have let it through."""
    raw = [{"type": kind, "value": value, "id": f"id-{number}"} for number, (kind, value) in enumerate(blocks)]
    story.body = story._meta.get_field("body").to_python(raw)
    return story


def all_of(story: Story) -> list[Finding]:
    return [*errors_of(story, now()), *warnings_of(story, now())]


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture], derandomize=True)
@given(blocks=st.lists(BLOCK, max_size=6), headline=TEXT, language=st.sampled_from(["english", "russian"]))
def test_the_checks_bear_whatever_a_body_holds(
    newsroom: Newsroom, blocks: list[tuple[str, Any]], headline: str, language: str
) -> None:
    story = stored(story_of(newsroom, headline=headline[:200], edition=getattr(newsroom, language)), blocks)
    ids = {f"id-{number}" for number in range(len(blocks))}
    for finding in all_of(story):
        assert finding.sentence.endswith((".", "”"))
        assert finding.fix.endswith(".")
        assert finding.place in ids or finding.place in FIELDS
        assert finding.in_body == (finding.place in ids)


def test_four_hundred_blocks_and_none_are_checked(newsroom: Newsroom) -> None:
    assert all_of(stored(story_of(newsroom, lead_picture=newsroom.picture, standfirst="A word."), [])) == []
    many = stored(story_of(newsroom), [("paragraph", "<p>The cranes stand still. “We saw it,” she said.</p>")] * 400)
    assert [finding.code for finding in all_of(many)] == ["no-lead-picture"]


def test_empty_blocks_are_no_findings(newsroom: Newsroom) -> None:
    blocks: list[tuple[str, Any]] = [
        ("paragraph", ""), ("paragraph", "<p></p>"), ("subhead", ""), ("quote", {"text": "", "speaker": None}),
        ("picture", {"picture": None, "caption": ""}), ("gallery", {"title": "", "pictures": []}),
        ("fact_box", {"title": "", "text": ""}), ("timeline", {"title": "", "entries": []}),
        ("table", {"caption": "", "rows": ""}), ("embed", {"title": "", "address": ""}), ("related", None),
    ]  # fmt: skip
    assert [finding.code for finding in all_of(stored(story_of(newsroom), blocks))] == ["no-lead-picture"]


def test_arabic_in_an_english_story_is_not_called_misspelt(newsroom: Newsroom) -> None:
    story = story_of(newsroom, lead_picture=newsroom.picture, body=[paragraph(f"He read: {ARABIC}")])
    assert all_of(story) == []


@pytest.mark.timed
def test_a_story_of_900_words_is_checked_in_well_under_a_second(newsroom: Newsroom) -> None:
    words = "The harbour board of the town agreed with its dockers on quiet nights until the end of the year. "
    body = [paragraph(f"{words * 3}{number} smorgasbordish cranes, said Ann.") for number in range(15)]
    story = story_of(newsroom, body=body, lead_picture=newsroom.picture)
    times = []
    for _time in range(6):
        begun = time.perf_counter()
        all_of(story)
        times.append(1000 * (time.perf_counter() - begun))
    count = sum(len(text.split()) for _kind, text in body)
    print(f"{count} words: first {times[0]:.1f} ms, then {min(times[1:]):.1f} to {max(times[1:]):.1f} ms")
    assert min(times[1:]) < 200


LARGE = 200_000
HOSTILE = [
    "a",
    "a-",
    "<",
    "<a ",
    "“",
    "„",
    "«",
    '"',
    "@",
    "a.",
    "a@",
    "'",
    "é ",
    "— ",
    "https://a",
    "A b ",
    "\u0301a",
    "1",
    "🚢",
]


@pytest.mark.timed
@pytest.mark.parametrize("language", ["english", "russian"])
def test_no_text_takes_more_than_its_length(newsroom: Newsroom, language: str) -> None:
    slow = {}
    for piece in HOSTILE:
        story = stored(story_of(newsroom, edition=getattr(newsroom, language)), [("paragraph", piece * LARGE)])
        begun = time.perf_counter()
        all_of(story)
        slow[piece] = round(time.perf_counter() - begun, 2)
    print(f"{language}: seconds for {LARGE} pieces: {slow}")
    assert max(slow.values()) < 10
