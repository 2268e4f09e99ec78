"""From a text to the stems by which it is found: the same for what is put in and for what is asked.

Both engines get stems that were made here and take them as they are. Dictionaries of their own would find different
things: they part texts at different places, and each version of PostgreSQL brings another version of the stemmer.
"""

import re
import threading
import unicodedata
from collections.abc import Iterable, Iterator
from functools import lru_cache
from importlib.metadata import version

from snowballstemmer.english_stemmer import EnglishStemmer
from snowballstemmer.russian_stemmer import RussianStemmer

RECIPE = f"1-{version('snowballstemmer')}"
"""How stems are made; entries of another recipe are to be made anew. Count its first part up with a change here."""
LONGEST = 40
"""Letters of a word that count; what is longer is no word."""
# Marks that stand on a letter without being one: accents, and the points of Hebrew and Arabic; and the soft hyphen.
ON_LETTERS = "\u0300-\u036f\u0591-\u05bd\u05bf\u05c1\u05c2\u064b-\u065f\u0670\u00ad"
LETTER = rf"[^\W_][{ON_LETTERS}]*"
WORD = re.compile(rf"(?:{LETTER})+(?:['’ʼ](?:{LETTER})+)*")
APOSTROPHE = re.compile(r"['’ʼ]s?$|['’ʼ]")
LATIN, CYRILLIC = re.compile("[a-z]+"), re.compile("[а-я]+")
_of_thread = threading.local()


def words_in(text: str) -> Iterator[re.Match[str]]:
    """Each word of a text with its place; the text is expected in Unicode's composed form (`composed`)."""
    return WORD.finditer(text)


def composed(text: str) -> str:
    """The text in Unicode's composed form, without characters that no text holds."""
    return unicodedata.normalize("NFC", text.replace("\x00", " "))


def plain_word(word: str) -> str:
    """One word as stems are written, with its ending: without capitals and accents."""
    return _plain(word)


def stems_of(text: str) -> list[str]:
    """The stem of each word of a text, in their order."""
    return [stem(word.group()) for word in words_in(text)]


def kept_apart(name: str, stems: Iterable[str]) -> list[str]:
    """Stems as they are kept under a name; the half of a word that is being typed is then sought among few."""
    return [f"{name}·{one}" for one in stems] if name else list(stems)


@lru_cache(maxsize=50_000)
def stem(word: str) -> str:
    """The stem of one word: without capitals, accents and endings; English for Latin letters, Russian for Cyrillic."""
    plain = _plain(word)
    if LATIN.fullmatch(plain):
        return str(_stemmers().english.stemWord(plain)) or plain
    if CYRILLIC.fullmatch(plain):
        return str(_stemmers().russian.stemWord(plain)) or plain
    return plain


def _plain(word: str) -> str:
    folded = APOSTROPHE.sub("", word[: LONGEST * 2].casefold())
    if not folded.isascii():
        folded = "".join(map(_bare_letter, unicodedata.normalize("NFC", folded)))
    return folded[:LONGEST] or "x"


def _bare_letter(letter: str) -> str:
    if "\u0400" <= letter <= "\u04ff":
        return "е" if letter == "ё" else letter
    return "".join(part for part in unicodedata.normalize("NFKD", letter).casefold() if part.isalnum())


def _stemmers() -> threading.local:
    # A stemmer holds the word that it works on, so threads do not share one.
    if not hasattr(_of_thread, "english"):
        _of_thread.english, _of_thread.russian = EnglishStemmer(), RussianStemmer()
    return _of_thread
