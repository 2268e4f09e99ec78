"""The demo newsroom's stories: as many as promised, whole, and none that repeats another."""

import re
import tomllib
from collections import Counter
from typing import Any

import pytest

from broadsheet.newsfeed.demo import FOLDER as BRIEFS
from broadsheet.stories.demo import FOLDER
from broadsheet.stories.models import Kind

STORIES: list[dict[str, Any]] = [
    tomllib.loads(path.read_text(encoding="utf-8")) for path in sorted(FOLDER.glob("*.toml"))
]
EDITIONS = {"en": 60, "ru": 20}
SHARED_WORDS = 8
WORD = re.compile(r"[^\W_]+(?:[’'-][^\W_]+)*")
SENTENCE = re.compile(r"(?<=[.!?…])[”»’]?\s+")


def texts_of(story: dict[str, Any]) -> list[str]:
    """Everything in a story that a reader reads as prose: standfirst, paragraphs, quotes, boxes, timelines."""
    found = [story["standfirst"]]
    for block in story["body"]:
        if block["type"] in ("paragraph", "quote"):
            found.append(block["text"])
        found += block.get("paragraphs", [])
        found += [entry["text"] for entry in block.get("entries", [])]
    return [re.sub(r"<[^>]+>", "", text) for text in found]


def words_of(story: dict[str, Any]) -> list[str]:
    return [word.casefold() for text in texts_of(story) for word in WORD.findall(text)]


def named(edition: str) -> list[dict[str, Any]]:
    return [story for story in STORIES if story["edition"] == edition]


@pytest.mark.parametrize(("edition", "most"), EDITIONS.items())
def test_there_are_as_many_stories_as_promised(edition: str, most: int) -> None:
    assert len(named(edition)) == most


def test_there_are_stories_of_every_kind() -> None:
    assert {story["kind"] for story in named("en")} == set(Kind.values)
    assert sum(story["kind"] == "in-brief" for story in named("en")) >= 2


def test_twelve_russian_stories_have_a_counterpart() -> None:
    counterparts = Counter(story["counterpart"] for story in STORIES if story["counterpart"])
    assert sum(number == 2 for number in counterparts.values()) >= 12
    assert max(counterparts.values()) == 2


@pytest.mark.parametrize("story", STORIES, ids=lambda story: f"{story['edition']} {story['key']}")
def test_a_story_is_whole(story: dict[str, Any]) -> None:
    assert len(words_of(story)) >= 300
    assert len(words_of({**story, "standfirst": ""})) <= 900
    quotes = [block for block in story["body"] if block["type"] == "quote"]
    assert len(quotes) >= (10 if story["kind"] == "in-brief" else 3)
    assert all(block["speaker"] for block in quotes)
    assert story["headline"]
    assert story["standfirst"]
    assert story["bylines"]
    kinds = {block["type"] for block in story["body"]}
    assert story["kind"] != "gallery" or "gallery" in kinds
    assert story["kind"] != "live" or "timeline" in kinds
    if story["kind"] == "explainer":
        assert sum(block["type"] == "subhead" and block["text"].endswith("?") for block in story["body"]) >= 3


def test_no_sentence_stands_twice() -> None:
    briefs = [tomllib.loads(path.read_text(encoding="utf-8")) for path in sorted(BRIEFS.glob("*.toml"))]
    brief_texts = [brief["text"] for file in briefs for brief in file["brief"]]
    sentences = Counter(
        sentence.strip(" “”«»").casefold()
        for text in [*(text for story in STORIES for text in texts_of(story)), *brief_texts]
        for sentence in SENTENCE.split(text)
        if len(WORD.findall(sentence)) > 1
    )
    assert {sentence: number for sentence, number in sentences.items() if number > 1} == {}


def test_no_two_stories_share_a_run_of_eight_words() -> None:
    owners: dict[tuple[str, ...], str] = {}
    shared = []
    for story in STORIES:
        words, own = words_of(story), f"{story['edition']} {story['key']}"
        for place in range(len(words) - SHARED_WORDS + 1):
            run = tuple(words[place : place + SHARED_WORDS])
            if owners.setdefault(run, own) != own:
                shared.append(f"{own} and {owners[run]}: {' '.join(run)}")
    print(f"{len(owners)} runs of {SHARED_WORDS} words in {len(STORIES)} stories")
    assert shared == []


def test_no_picture_leads_more_than_two_stories_of_an_edition() -> None:
    leads = Counter((story["edition"], story["lead_picture"]) for story in STORIES if story["lead_picture"])
    assert {lead: number for lead, number in leads.items() if number > 2} == {}
