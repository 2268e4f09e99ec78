"""Sentences from the grammar: each pattern is compiled once to a format and its lists of words."""

import functools
import re
import tomllib
from collections.abc import Callable, Sequence
from pathlib import Path
from random import Random

from broadsheet.config.archive.lexicon import lexicon

Pattern = tuple[str, tuple[tuple[Sequence[str], int], ...]]  # a format, and for each of its places words and how many
SLOT = re.compile(r"(?:\b([Aa] ))?\{([a-z_]+)\}")
SOUNDS_LIKE_A_VOWEL = re.compile(r"(?=[aeiou]|hon|hour)(?!use|uni(?!m|nf|nt)|unanim|eur|one)")


@functools.cache
def _patterns(kind: str) -> tuple[Pattern, ...]:
    return tuple(_compiled(text) for text in _grammar()[kind])


@functools.cache
def _grammar() -> dict[str, list[str]]:
    path = Path(__file__).parent / "grammar.toml"
    return tomllib.loads(path.read_text(encoding="utf-8"))


def _compiled(text: str) -> Pattern:
    return SLOT.sub("%s", text), tuple((words, len(words)) for words in map(_words, SLOT.findall(text)))


@functools.cache
def _words(slot: tuple[str, str]) -> tuple[str, ...]:
    """The words of a slot, with the article that stands before it, if one does."""
    article, name = slot
    found = lexicon().forms.get(name) or tuple(_grammar()[name])
    return tuple(_with_article(article, word) for word in found) if article else tuple(found)


def _with_article(article: str, word: str) -> str:
    return f"{article.strip()}n {word}" if SOUNDS_LIKE_A_VOWEL.match(word) else f"{article}{word}"


def speaker(chance: Random) -> Callable[[str], str]:
    """A function that says something of a kind (a list of the grammar), led by this chance."""
    draw = chance.random

    def say(kind: str) -> str:
        patterns = _patterns(kind)
        pattern, lists = patterns[int(draw() * len(patterns))]
        text = pattern % tuple([words[int(draw() * size)] for words, size in lists])
        return text[0].upper() + text[1:]

    return say
