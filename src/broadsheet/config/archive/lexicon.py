"""The archive's words and their forms: plurals, endings of verbs, adverbs, invented names."""

import functools
import tomllib
from dataclasses import dataclass
from pathlib import Path

VOWELS = "aeiou"


@dataclass(frozen=True)
class Lexicon:
    """Lists of words by what they are; those of one kind of word stand in the same order in each of its forms."""

    forms: dict[str, tuple[str, ...]]
    places: tuple[str, ...]
    names: tuple[str, ...]
    roles: tuple[str, ...]


@functools.cache
def lexicon() -> Lexicon:
    """The words of lexicon.toml."""
    table = tomllib.loads((Path(__file__).parent / "lexicon.toml").read_text(encoding="utf-8"))
    words = {kind: text.split() for kind, text in table.items()}
    forms: dict[str, tuple[str, ...]] = {}
    for kind in ("people", "groups", "places", "things", "matters"):
        forms[kind] = tuple(word.partition("=")[0].replace("-", " ") for word in words[kind])
        forms[f"{kind}s"] = tuple(plural(word).replace("-", " ") for word in words[kind])
    forms["do"] = tuple(word.partition("=")[0].rstrip("+") for word in words["verbs"])
    forms["does"] = tuple(_with_s(word) for word in forms["do"])
    forms["did"] = tuple(past(word) for word in words["verbs"])
    forms["doing"] = tuple(with_ing(word) for word in words["verbs"])
    forms["how"] = tuple(word.rstrip("!") for word in words["adjectives"])
    forms["howly"] = tuple(adverb(word) for word in words["adjectives"] if not word.endswith("!"))
    forms["town"] = tuple(start + end for start in words["place_starts"] for end in words["place_ends"])
    surnames = [start + end for end in words["surname_ends"] for start in words["surname_starts"]]
    return Lexicon(
        forms={kind: tuple(dict.fromkeys(found)) for kind, found in forms.items()},
        places=forms["town"],
        names=tuple(_spread(words["given_names"], surnames)),
        roles=forms["people"],
    )


def _spread(given: list[str], surnames: list[str]) -> list[str]:
    """Full names, each pair once, so that neighbours share neither part."""
    return [f"{given[(place + turn) % len(given)]} {name}" for turn in range(9) for place, name in enumerate(surnames)]


def plural(word: str) -> str:
    """The plural of a noun; an irregular one stands behind the sign of equality."""
    singular, _, irregular = word.partition("=")
    return irregular or _with_s(singular)


def _with_s(word: str) -> str:
    if word.endswith("y") and word[-2] not in VOWELS:
        return f"{word[:-1]}ies"
    if word.endswith(("s", "x", "z", "ch", "sh")) or word in ("veto", "echo"):
        return f"{word}es"
    return f"{word}s"


def past(word: str) -> str:
    """The past of a verb, which is its participle, too; a plus doubles its last letter."""
    verb, _, irregular = word.partition("=")
    if irregular:
        return irregular
    if verb.endswith("+"):
        return f"{verb[:-1]}{verb[-2]}ed"
    if verb.endswith("y") and verb[-2] not in VOWELS:
        return f"{verb[:-1]}ied"
    return f"{verb}d" if verb.endswith("e") else f"{verb}ed"


def with_ing(word: str) -> str:
    """A verb's form on -ing."""
    verb = word.partition("=")[0]
    if verb.endswith("+"):
        return f"{verb[:-1]}{verb[-2]}ing"
    return f"{verb[:-1]}ing" if verb.endswith("e") and not verb.endswith(("ee", "oe", "ye")) else f"{verb}ing"


def adverb(adjective: str) -> str:
    """An adjective's adverb."""
    if adjective.endswith("ic") and adjective != "public":
        return f"{adjective}ally"
    if adjective.endswith("le") and adjective[-3] not in VOWELS:
        return f"{adjective[:-1]}y"
    if adjective.endswith("ll"):
        return f"{adjective}y"
    return f"{adjective[:-1]}ily" if adjective.endswith("y") and adjective[-2] not in VOWELS else f"{adjective}ly"
