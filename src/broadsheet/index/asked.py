"""What a stranger types, understood: words, “phrases”, and -words that must not be there."""

import re
from dataclasses import dataclass

from broadsheet.index.words import WORD, composed, kept_apart, plain_word, stems_of

MOST_LETTERS, MOST_TERMS, LONGEST_PHRASE = 1000, 16, 12
# A minus, then something between quotation marks of any language (or to the end), or else all up to white space.
QUOTES = '"“”„«»'
LAST = re.compile(WORD.pattern)
PART = re.compile(r'([-−–]*)(?:["“”„«»](?P<phrase>[^"“”„«»]*)["“”„«»]?|(?P<word>[^\s"“”„«»]+))')


@dataclass(frozen=True)
class Asked:
    """Terms are runs of stems: one stem is a word, several a phrase. All of `wanted`, none of `unwanted`."""

    wanted: tuple[tuple[str, ...], ...]
    unwanted: tuple[tuple[str, ...], ...]
    begun: tuple[str, ...] = ()
    """What the last word may be that is still being typed: stems, and with * at the end beginnings of stems; any."""

    def kept_apart(self, name: str) -> "Asked":
        """The same, of words that are kept apart under a name."""
        wanted, unwanted = (
            tuple(tuple(kept_apart(name, term)) for term in terms) for terms in (self.wanted, self.unwanted)
        )
        return Asked(wanted, unwanted, tuple(kept_apart(name, self.begun)))

    @property
    def stems(self) -> tuple[str, ...]:
        """Each stem that must be there."""
        return tuple(dict.fromkeys(stem for term in self.wanted for stem in term))

    @property
    def phrases(self) -> tuple[tuple[str, ...], ...]:
        """The wanted terms of several stems."""
        return tuple(term for term in self.wanted if len(term) > 1)

    @property
    def unwanted_phrases(self) -> tuple[tuple[str, ...], ...]:
        """The unwanted terms of several stems."""
        return tuple(term for term in self.unwanted if len(term) > 1)

    @property
    def unwanted_stems(self) -> tuple[str, ...]:
        """The unwanted words."""
        return tuple(term[0] for term in self.unwanted if len(term) == 1)


def understand_while_typed(words: str, *, cut: bool = False) -> Asked:
    """The same, with the last word taken as one that is not yet whole, unless a space or a quotation mark ends it.

    With `cut` it may also be longer than its stem will be: “electi” is on the way to “election”, which is found as
    “elect”. Ask so only if nothing is found otherwise, because “porter” would find “port”.
    """
    text = composed(words[:MOST_LETTERS])
    parts = text.split(" ")
    last = parts[-1]
    if not LAST.fullmatch(last) or any(mark in text for mark in QUOTES):
        return understand(words)
    whole, begun = understand(" ".join(parts[:-1])), plain_word(last)
    ways = [stems_of(last)[0], f"{begun}*"] if len(begun) > 1 else [stems_of(last)[0]]
    if cut:
        ways += [begun[:-less] for less in (1, 2, 3, 4) if len(begun) - less > 2]
    return Asked(whole.wanted, whole.unwanted, tuple(dict.fromkeys(ways)))


def understand(words: str) -> Asked:
    """What is asked for; anything is understood somehow, and what holds no word asks for nothing.

    Words that are joined without a space (north-west, 1,000) are a phrase. Only the first 16 terms count.
    """
    wanted: dict[tuple[str, ...], None] = {}
    unwanted: dict[tuple[str, ...], None] = {}
    for part in PART.finditer(composed(words[:MOST_LETTERS])):
        term = tuple(stems_of(part["word"] or part["phrase"] or "")[:LONGEST_PHRASE])
        if term and len(wanted) + len(unwanted) < MOST_TERMS:
            (unwanted if part[1] else wanted)[term] = None
    return Asked(tuple(wanted), tuple(term for term in unwanted if term not in wanted))
