"""Which words of a text are in no dictionary of its language, by Hunspell's rules, beside the newsroom's own words."""

import functools
import re
import threading
import unicodedata
from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import snowballstemmer

FOLDER = Path(__file__).parent / "dictionaries"
# An edition's language says nothing of a country: what is right in London or in New York is right.
DICTIONARIES = {"en": ("en_GB", "en_US"), "ru": ("ru_RU",)}
STEMMERS = {"en": "english", "ru": "russian"}
SCRIPTS = {"en": "LATIN", "ru": "CYRILLIC"}
MOST_LETTERS = 60
"""A longer run of letters is no word; Hunspell itself gives up at a hundred."""
LONGEST_KEPT = 20_000
"""Characters of a text for which it is kept what was found in it."""
SHORTEST_STEM = 5
"""So many letters of a name must begin a word for it to be made of the name, as “Sorvikers” is of “Sorvik”."""
WORD = re.compile(r"[^\W_]+(?:[’'ʼ‑-][^\W_]+)*")
# Addresses, names of accounts and sites. Each run is bounded, or a long text without a space would take for ever.
NO_WORDS = re.compile(
    r"(?:https?://|www\.)\S+|\S{1,80}@\S+|[@#]\w+|\b[\w-]{1,60}(?:\.[a-z]{2,20}){1,5}\b(?!\s[A-ZА-Я])"
)
INVISIBLE = re.compile("[\u00ad\u200b\u2060\ufeff\u0301]")
# After a full stop or a dash, or where quoted words begin as speech does; “the ship «Hestmur»” begins none.
SENTENCE_ENDS = re.compile(r"(?:^|[.!?…:;|\n•])[\s\"'“”„«»‘’()\[\]–—-]*\Z|,\s*[“„«\"]\s*\Z|(?:^|\s)[–—-]\s+[“„«\"]?\Z")

REACH = 12
"""Characters before a word that are looked at to see whether it begins a sentence."""
SURNAME = re.compile(r" [^\W\d_a-zа-яё]")

_lock = threading.Lock()


@dataclass(frozen=True)
class Token:
    """A word as it stands in a text."""

    word: str
    begins_sentence: bool
    before_a_name: bool = False
    """Whether the next word has a capital letter, as a surname after a first name has."""


def is_checked(language: str) -> bool:
    """Whether there are dictionaries for a language, and the program that reads them."""
    return language in DICTIONARIES and bool(_engines(language))


def unknown_words(texts: Sequence[str], language: str, known: Collection[str] = ()) -> list[list[str]]:
    """For each of a story's texts its words that are in no dictionary, each word once in the whole story.

    `known` are further words that are right, such as names. A word with a capital letter within a sentence is a name,
    and one that is written so elsewhere in the story; what is made of a name is known with it.
    """
    if not is_checked(language):
        return [[] for _text in texts]
    look = (_doubtful if len(text) <= LONGEST_KEPT else _doubtful.__wrapped__ for text in texts)
    doubtful = [doubts(text, language) for doubts, text in zip(look, texts, strict=True)]
    if not any(doubtful):
        return [[] for _part in doubtful]
    names = _Names(language, [*known, *(token.word for part in doubtful for token in part if _is_name(token))])
    seen: set[str] = set()
    return [[word for word in _once(part, seen) if not names.hold(word)] for part in doubtful]


def _once(tokens: Iterable[Token], seen: set[str]) -> Iterator[str]:
    for token in tokens:
        word = token.word.removesuffix("'s").rstrip("'")
        if not _is_name(token) and word.casefold() not in seen:
            seen.add(word.casefold())
            yield word


def tokens_of(text: str) -> Iterator[Token]:
    """The words of a plain text that can be looked up: no addresses, no numbers, nothing without a letter."""
    plain = INVISIBLE.sub("", unicodedata.normalize("NFC", text))
    plain = NO_WORDS.sub(lambda found: "0" * len(found[0]), plain)
    for found in WORD.finditer(plain):
        word = found[0].replace("’", "'").replace("ʼ", "'").replace("‑", "-")
        if 1 < len(word) <= MOST_LETTERS and not any(character.isdigit() for character in word):
            begins = SENTENCE_ENDS.search(plain[max(0, found.start() - REACH) : found.start()])
            yield Token(word, bool(begins), bool(SURNAME.match(plain, found.end())))


@functools.lru_cache(maxsize=4_096)
def _doubtful(text: str, language: str) -> tuple[Token, ...]:
    """The words of a text that no dictionary has, names too; kept, for most of a story stays from save to save."""
    return tuple(token for token in tokens_of(text) if not _is_right(token.word, language))


class _Names:
    """Words that are known though they are in no dictionary, and whatever begins with the stem of one."""

    def __init__(self, language: str, words: Iterable[str]) -> None:
        self.language = language
        self.words = {part.casefold() for word in words for part in _parts(word)}
        stems = {stem_of(word, language) for word in self.words}
        self.stems = {stem for stem in stems if len(stem) >= SHORTEST_STEM}

    def hold(self, word: str) -> bool:
        return all(self._hold_part(part) for part in _parts(word))

    def _hold_part(self, part: str) -> bool:
        lower = part.casefold()
        if lower in self.words or _is_right(part, self.language):
            return True
        return any(lower[:length] in self.stems for length in range(SHORTEST_STEM, len(lower) + 1))


def _parts(word: str) -> list[str]:
    return [part for part in word.removesuffix("'s").rstrip("'").split("-") if part]


def _is_name(token: Token) -> bool:
    """A capital letter within a sentence; several anywhere are an abbreviation, or a brand's own way to be written."""
    capitals = sum(character.isupper() for character in token.word)
    if capitals and (token.before_a_name or not token.begins_sentence):
        return True
    return capitals > 1 or (capitals == 1 and not token.word[0].isupper())


@functools.lru_cache(maxsize=100_000)
def _is_right(word: str, language: str) -> bool:
    """Whether Hunspell knows a word, or cannot judge it: it is of another script."""
    scripts = _scripts_of(word)
    if len(scripts) > 1:
        return all(len(_scripts_of(part)) < 2 for part in _parts(word))
    if scripts != {SCRIPTS[language]}:
        return True
    bare = word.removesuffix("'s").rstrip("'") or word
    return any(engine.spell(form) for engine in _engines(language) for form in {word, bare})


def _scripts_of(word: str) -> set[str]:
    return {unicodedata.name(character, "UNKNOWN").split()[0] for character in word if character.isalpha()}


@functools.lru_cache(maxsize=20_000)
def stem_of(word: str, language: str) -> str:
    """What a word and its inflections share, or the word itself."""
    with _lock:
        return str(_stemmer(language).stemWord(word.casefold()))


@functools.cache
def _stemmer(language: str) -> Any:
    return snowballstemmer.stemmer(STEMMERS[language])


def _engines(language: str) -> tuple[Any, ...]:
    with _lock:
        return _loaded(language)


@functools.cache
def _loaded(language: str) -> tuple[Any, ...]:
    """The dictionaries of a language, loaded once a process; none where there is no Hunspell for the machine."""
    try:
        from hunspell import Hunspell
    except ImportError:
        return ()
    return tuple(Hunspell(name, hunspell_data_dir=str(FOLDER)) for name in DICTIONARIES[language])
