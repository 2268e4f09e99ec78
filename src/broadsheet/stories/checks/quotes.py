"""Quotes and quotations: whether a reader learns who said it."""

import re
from collections.abc import Iterator

from django.utils.translation import gettext as _

from broadsheet.stories.checks.findings import Finding, Version
from broadsheet.stories.checks.texts import paragraphs_of

FEWEST_WORDS = 6
"""So many words between quotation marks are what somebody said; fewer are mostly a title, a name or a word at a
distance."""
QUOTATIONS = {
    "en": re.compile(r"“([^”“]+)(?:”|\Z)|\"([^\"]+)\""),
    "ru": re.compile(r"«([^»«]+)(?:»|\Z)|„([^“„]+)“|“([^”“]+)”|\"([^\"]+)\""),
}
# A verb of saying in any of its forms, or a thing in which words stand.
SAYING = {
    "en": re.compile(
        r"\b(?:says?|said|saying|tells?|told|telling|repl(?:y|ies|ied)|writ(?:es?|ing|ten)|wrote|reads?|goes on|went on"
        r"|puts? it|thinks?|thought|means?|meant|cr(?:y|ies|ied)|den(?:y|ies|ied)|according to|words?|letters?|slogans?"
        r"|mottos?|questions?|sentences?|notices?|rules?|paragraphs?"
        r"|(?:add|answer|ask|call|complain|explain|insist|recall|remark|remember|report|shout|whisper|warn|object|comment"
        r"|claim|read|sign)(?:s|ed|ing)?"
        r"|(?:admit|argu|announc|agre|believ|conced|declar|jok|not|promis|quot|stat|observ|describ)(?:e?s|e|ed|t?ted|t?ting"
        r"|ing)?)\b",
        re.IGNORECASE,
    ),
    "ru": re.compile(
        r"\b(?:(?:сказа|скаж|говор|рассказ|спрос|спраш|отвеч|ответи|добав|напис|пиш|объясн|предупре|настаива|отрица|утвержд"
        r"|заяв|сообщ|вспомн|вспомин|замети|замеча|полага|шути|крич|крикн|шепт|шепч|цитир|обеща|возраз|возраж|повтор|произн"
        r"|назыв|назва|подчерк|отмети|отмеча|гласи|звуч|вопрос|письм|табличк|надпис|лозунг|фраз|объявлени|записк)\w*"
        r"|(?:счита|дума|призна|писа|чита)(?:ет|ёт|ют|л|ла|ли|ло)|согла(?:сил|ша)\w*|по словам|по мнению"
        r"|слов(?:а|ами|ах)?|строк(?:а|и|у|ой)?|правил(?:о|а|у))\b",
        re.IGNORECASE,
    ),
}
NAME = re.compile(
    r"(?<=[^\s.!?…:;«“„\"(\[–—-]\s)[^\W\d_a-zа-яё][^\W\d_]+|[^\W\d_a-zа-яё][^\W\d_]+\s[^\W\d_a-zа-яё][^\W\d_]+"
)


def quotes_have_a_speaker(version: Version) -> Iterator[Finding]:
    """Whoever is quoted in a block of its own is chosen, so that the page names them."""
    for block in version.blocks:
        if block.kind == "quote" and block.word("text").strip() and not block.value.get("speaker"):
            sentence = _("The quote “%(quote)s” has no speaker.") % {"quote": _beginning(block.word("text"))}
            yield Finding("no-speaker", "warning", sentence, _("Choose who said it."), block.id)


def quotations_are_attributed(version: Version) -> Iterator[Finding]:
    """What stands between quotation marks in a paragraph has beside it a verb of saying or a name.

    Beside it is the rest of its paragraph; where somebody speaks on, the end of the paragraph before.
    """
    if version.language not in QUOTATIONS:
        return
    before = ""
    for block in version.blocks:
        if block.kind != "paragraph":
            before = ""
            continue
        for paragraph in paragraphs_of(block):
            unsaid = unattributed(paragraph, version.language, before)
            if unsaid:
                sentence = _("Nobody is named for “%(quotation)s”.") % {"quotation": _beginning(unsaid)}
                yield Finding("unattributed", "warning", sentence, _("Say in the paragraph who said it."), block.id)
            before = paragraph


def unattributed(paragraph: str, language: str, before: str = "") -> str:
    """The first quotation of a paragraph that nobody is named for; empty if there is none."""
    pattern = QUOTATIONS[language]
    found = ["".join(filter(None, match.groups())) for match in pattern.finditer(paragraph)]
    long = [quotation for quotation in found if len(quotation.split()) >= FEWEST_WORDS]
    if not long or is_attributed(pattern.sub(" ", paragraph), language):
        return ""
    return "" if is_attributed(pattern.sub(" ", before), language) else long[0]


def is_attributed(words: str, language: str) -> bool:
    """Whether words beside a quotation say whose it is: by a verb of saying, or by a name."""
    return bool(SAYING[language].search(words) or NAME.search(words))


def _beginning(text: str) -> str:
    words = text.split()
    return " ".join(words[:6]) + (" …" if len(words) > 6 else "")
