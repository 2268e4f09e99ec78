"""A small archive is spread as a newspaper's is."""

import math
import re
from collections import Counter
from datetime import UTC, datetime
from statistics import linear_regression, mean, stdev
from typing import Any

import pytest

from broadsheet.config.archive.chances import DAYS, KINDS
from broadsheet.config.archive.lexicon import lexicon, plural
from broadsheet.config.archive.piece import Ground, Known, Piece, write_piece
from broadsheet.stories.segments import references_of, to_segments_of_clean

STORIES = 2_000
SECTIONS = ("politics", "economy", "society", "environment", "culture", "opinion")
GROUND = Ground(1, "Europe/Riga", "", tuple(enumerate(SECTIONS, 1)), tuple(range(1, 13)), None)


@pytest.fixture(scope="module")
def pieces() -> list[Piece]:
    stories: list[tuple[int, str]] = []
    known = Known(range(400), range(1000, 1300), range(2000, 2600), stories)
    found = []
    for number in range(STORIES):
        found.append(write_piece(number, GROUND, known))
        stories.append((number + 10_000, f"/news/{number}/"))
    return found


def words_of(piece: Piece) -> list[str]:
    """All words of the body."""
    texts = re.findall(r'"(?:html|text)": "(.*?)(?<!\\)"', _as_text(to_segments_of_clean(piece.body)))
    return re.sub(r"<[^>]*>|\\n", " ", " ".join(texts)).split()


def _as_text(segments: Any) -> str:
    import json

    return json.dumps(segments, ensure_ascii=False).replace('\\"', "'")


def slope(counts: Counter[Any], ranks: int) -> float:
    """The slope of the logarithm of how often over the logarithm of the rank."""
    common = counts.most_common(ranks)
    ys = [math.log(count) for _thing, count in common]
    return linear_regression([math.log(rank) for rank in range(1, len(ys) + 1)], ys).slope


def test_sections_topics_and_writers_follow_the_law_of_zipf(pieces: list[Piece]) -> None:
    sections = Counter(piece.section for piece in pieces)
    topics = Counter(topic for piece in pieces for topic in piece.topics)
    writers = Counter(writer for piece in pieces for writer in piece.bylines)
    speakers = Counter(
        person for piece in pieces for person in references_of(to_segments_of_clean(piece.body))["people"]
    )
    slopes = [slope(sections, 6), slope(topics, 40), slope(writers, 30)]
    print(slopes, slope(speakers, 60))
    assert all(-1.2 < found < -0.8 for found in slopes)
    assert -1.3 < slope(speakers, 60) < -0.5  # several speak in one story, each once
    assert [section for section, _count in sections.most_common()] == list(GROUND.sections)


def test_lengths_are_log_normal_between_80_and_2000_words(pieces: list[Piece]) -> None:
    lengths = [len(words_of(piece)) for piece in pieces]
    logs = [math.log(length) for length in lengths]
    print(min(lengths), max(lengths), mean(logs), stdev(logs))
    assert min(lengths) >= 80
    assert max(lengths) <= 2000
    assert max(lengths) > 1500
    assert mean(logs) == pytest.approx(math.log(430), abs=0.05)
    assert stdev(logs) == pytest.approx(0.60, abs=0.05)  # 0.62, less what is cut off at both ends
    middle = mean(logs)
    assert mean(((log - middle) / stdev(logs)) ** 3 for log in logs) == pytest.approx(0, abs=0.2)


def test_stories_are_spread_over_ten_years_more_on_weekdays_and_by_day(pieces: list[Piece]) -> None:
    moments = sorted(piece.moment for piece in pieces)
    assert (moments[-1] - moments[0]).days >= DAYS - 5
    years = Counter(moment.year for moment in moments)
    assert all(170 <= years[year] <= 230 for year in range(2017, 2026))
    weekdays = Counter(moment.weekday() for moment in moments)
    assert max(weekdays[5], weekdays[6]) < min(weekdays[day] for day in range(5))
    assert sum(7 <= moment.hour < 19 for moment in moments) > 0.65 * STORIES
    assert moments[-1] < datetime(2026, 10, 2, tzinfo=UTC)


def test_the_first_stories_alone_are_spread_over_all_years(pieces: list[Piece]) -> None:
    assert {piece.moment.year for piece in pieces[:60]} >= set(range(2017, 2026))


def test_each_leads_to_three_others_nearly_all_of_which_came_before_it(pieces: list[Piece]) -> None:
    by_id = {piece.number + 10_000: piece for piece in pieces}
    later = 0
    for piece in pieces[3:]:
        cards = [block["value"] for block in piece.body if block["type"] == "related"]
        links = [int(found) + 10_000 for found in re.findall(r'href="/news/(\d+)/"', str(piece.body))]
        assert (len(cards), len(links)) == (2, 1)
        assert len({*cards, *links} - {piece.number + 10_000}) == 3
        later += sum(by_id[other].moment > piece.moment for other in (*cards, *links))
    assert later < 0.08 * 3 * STORIES  # the oldest have hardly any before them


def test_two_of_three_have_a_lead_picture_and_all_kinds_come_up(pieces: list[Piece]) -> None:
    assert sum(piece.lead_picture is not None for piece in pieces) / STORIES == pytest.approx(2 / 3, abs=0.04)
    assert {piece.kind for piece in pieces} == set(KINDS)
    assert sum('"quote"' in str(piece.body).replace("'", '"') for piece in pieces) > 0.9 * STORIES


def test_five_thousand_distinct_words_all_of_the_lists(pieces: list[Piece]) -> None:
    words = {word.strip("“”,.;:?’'").lower() for piece in pieces for word in words_of(piece)}
    plain = {word for word in words if re.fullmatch("[a-z]+", word)}
    print(len(plain), "distinct words")
    assert len(plain) >= 5_000
    own = {part for form in lexicon().forms.values() for word in form for part in word.lower().split()}
    assert len(plain - own) < 250  # what the sentences' patterns are made of


def test_a_story_is_the_same_each_time() -> None:
    known = Known(range(400), range(300), range(600), [(number, f"/{number}/") for number in range(900)])
    assert write_piece(900, GROUND, known) == write_piece(900, GROUND, known)


@pytest.mark.parametrize(
    ("word", "several"),
    [("agency", "agencies"), ("pharmacist", "pharmacists"), ("bus", "buses"), ("knife=knives", "knives"),
     ("coach", "coaches"), ("delay", "delays"), ("relief=relief", "relief")],
)  # fmt: skip
def test_plurals(word: str, several: str) -> None:
    assert plural(word) == several


def test_verbs_and_adverbs_are_written_as_they_should() -> None:
    forms = lexicon().forms
    in_forms = [forms[form] for form in ("do", "does", "did", "doing")]
    verbs = {do: others for do, *others in zip(*in_forms, strict=True)}
    assert verbs["plan"] == ["plans", "planned", "planning"]
    assert verbs["justify"] == ["justifies", "justified", "justifying"]
    assert verbs["seek"] == ["seeks", "sought", "seeking"]
    assert verbs["move"] == ["moves", "moved", "moving"]
    assert verbs["veto"] == ["vetoes", "vetoed", "vetoing"]
    assert {"dramatically", "publicly", "gently", "angrily", "capably"} <= set(forms["howly"])
