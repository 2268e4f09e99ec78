"""Words for addresses: small ASCII letters, digits and single hyphens."""

import re

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from broadsheet.foundation.slugs import LONGEST, to_slug

TABLE = [
    ("Port to stop unloading at night", "port-to-stop-unloading-at-night"),
    ("Порт встаёт на ночь", "port-vstaet-na-noch"),
    ("Съезд объявил: подъём", "sezd-obyavil-podem"),
    ("Щука и жёлтый юг", "shchuka-i-zheltyy-yug"),
    ("Über Straßen und Ölfässer", "uber-strassen-und-olfasser"),
    ("L’été à Paris", "lete-a-paris"),
    ("Rock'n'Roll isn’t dead", "rocknroll-isnt-dead"),
    ("„Nein“, sagt «sie»", "nein-sagt-sie"),
    ("  --Already--a--slug--  ", "already-a-slug"),
    ("100 % of £5.50 & more", "100-of-gbp5-50-more"),
    ("İstanbul", "istanbul"),
    ("東京", "dongjing"),
    ("UPPER_case.name", "upper-case-name"),
    ("a/b?c=d#e", "a-b-c-d-e"),
    ("line\nbreak\ttab\x00null", "line-break-tab-null"),
    ("", ""),
    (" – … | ", ""),
    ("ъь", ""),
]


@pytest.mark.parametrize(("text", "slug"), TABLE)
def test_slugs_as_a_table(text: str, slug: str) -> None:
    assert to_slug(text) == slug


def test_a_long_text_is_cut_between_words() -> None:
    slug = to_slug("unloading " * 20)
    assert slug == "-".join(["unloading"] * 8)
    assert len(slug) <= LONGEST


def test_a_text_of_exactly_the_longest_length_is_not_cut() -> None:
    text = "a" * 39 + "-" + "b" * 40
    assert to_slug(text) == text
    assert to_slug(text + "-c") == text
    assert to_slug(text + "c") == "a" * 39


def test_one_long_word_is_cut_within_it() -> None:
    assert to_slug("x" * 200) == "x" * LONGEST


def test_an_emoji_is_a_word_or_nothing_and_never_stands_itself() -> None:
    assert to_slug("Win 🏆 now").isascii()


@settings(max_examples=200, deadline=None, database=None, derandomize=True)
@given(st.text(max_size=120))
def test_every_text_gives_a_slug_that_an_address_can_hold(text: str) -> None:
    slug = to_slug(text)
    assert slug == "" or re.fullmatch(r"[a-z0-9]+(-[a-z0-9]+)*", slug)
    assert len(slug) <= LONGEST
    assert to_slug(slug) == slug
