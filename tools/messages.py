"""The words of the interface in other languages: finds them in the source, keeps their translations, writes what
Django loads. No GNU gettext is needed.

    .venv/bin/python tools/messages.py update     take new and changed words over into django.po, then translate there
    .venv/bin/python tools/messages.py compile    write django.mo
    .venv/bin/python tools/messages.py check      say what is missing or wrong, and end with 1 if anything is
    .venv/bin/python tools/messages.py extract    print every word that is to be translated, as a template (.pot)
"""

import io
import re
import sys
from collections.abc import Iterator
from pathlib import Path

from babel.messages.catalog import Catalog, Message
from babel.messages.extract import extract_from_dir
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po, write_po

ROOT = Path(__file__).resolve().parent.parent
SOURCE = ROOT / "src" / "broadsheet"
LOCALE = SOURCE / "locale"
LANGUAGES = ("ru",)
# What stands in the gallery of parts only is for developers, in English.
METHODS = [
    ("**/migrations/**", "ignore"),
    ("**/parts/**/example.jinja", "ignore"),
    ("**.py", "python"),
    ("**.jinja", "jinja2"),
]
OPTIONS = {"**.jinja": {"trimmed": "false", "newstyle_gettext": "true", "silent": "false"}}
KEYWORDS: dict[str, object] = {
    "_": None,
    "gettext": None,
    "gettext_lazy": None,
    "gettext_noop": None,
    "ngettext": (1, 2),
    "ngettext_lazy": (1, 2),
    "pgettext": ((1, "c"), 2),
    "pgettext_lazy": ((1, "c"), 2),
    "npgettext": ((1, "c"), 2, 3),
    "npgettext_lazy": ((1, "c"), 2, 3),
}
PLACEHOLDER = re.compile(r"%\(\w+\)[a-z]|%[sd]|\{\w*\}")


class SteadyCatalog(Catalog):
    """A catalog whose head holds no dates and no version of a tool: the same words always give the same bytes."""

    @property
    def mime_headers(self) -> list[tuple[str, str]]:
        return [
            ("Project-Id-Version", "Broadsheet"),
            ("Language", str(self.locale_identifier or "")),
            ("MIME-Version", "1.0"),
            ("Content-Type", "text/plain; charset=utf-8"),
            ("Content-Transfer-Encoding", "8bit"),
            ("Plural-Forms", self.plural_forms),
        ]

    @mime_headers.setter
    def mime_headers(self, headers: object) -> None:
        """What a file says of itself is left aside."""


def po_file(language: str) -> Path:
    return LOCALE / language / "LC_MESSAGES" / "django.po"


def mo_file(language: str) -> Path:
    return po_file(language).with_suffix(".mo")


def extracted() -> Catalog:
    """Every message in the source, with the files in which it stands."""
    catalog = Catalog(project="Broadsheet", charset="utf-8")
    found = extract_from_dir(str(SOURCE), METHODS, OPTIONS, KEYWORDS, comment_tags=("Translators:",))
    for file, _line, message, comments, context in found:
        catalog.add(message, None, [(f"src/broadsheet/{file}", None)], auto_comments=comments, context=context)
    return catalog


def translated(language: str) -> Catalog:
    """The catalog of a language as it lies in its file; an empty one where there is none yet."""
    if not po_file(language).exists():
        return SteadyCatalog(locale=language, fuzzy=False)
    with po_file(language).open("rb") as file:
        return _steady(read_po(file, locale=language, ignore_obsolete=True))


def _steady(catalog: Catalog) -> Catalog:
    steady = SteadyCatalog(
        locale=catalog.locale, fuzzy=False, header_comment="# Broadsheet: words of the interface.\n#"
    )
    for message in catalog:
        if message.id:
            steady[message.id] = message
    return steady


def updated(language: str) -> Catalog:
    """The catalog of a language with exactly the messages of the source; those without a translation are empty."""
    catalog = translated(language)
    catalog.update(extracted(), no_fuzzy_matching=True)
    catalog.obsolete.clear()
    return catalog


def as_po(catalog: Catalog) -> bytes:
    out = io.BytesIO()
    write_po(out, _steady(catalog), width=120, sort_by_file=True, include_lineno=False, ignore_obsolete=True)
    return out.getvalue()


def as_mo(catalog: Catalog) -> bytes:
    out = io.BytesIO()
    write_mo(out, _steady(catalog))
    return out.getvalue()


def problems(language: str) -> Iterator[str]:
    """What is wrong with a language, a sentence each: words that lack, that are superfluous, files that differ."""
    catalog, source = translated(language), extracted()
    wanted, there = {_key(message) for message in source}, {_key(message) for message in catalog}
    yield from (f"django.po lacks {key}; run update" for key in sorted(wanted - there, key=str))
    yield from (
        f"django.po has {key}, which no file says any more; run update" for key in sorted(there - wanted, key=str)
    )
    for message in catalog:
        if message.id:
            yield from (f"{_key(message)} {sentence}" for sentence in problems_of(message, catalog.num_plurals))
    if not mo_file(language).exists() or mo_file(language).read_bytes() != as_mo(catalog):
        yield "django.mo is not what django.po says; run compile"


def problems_of(message: Message, forms: int) -> Iterator[str]:
    """What is wrong with one translation."""
    strings = message.string if isinstance(message.string, (tuple, list)) else (message.string or "",)
    ids = message.id if isinstance(message.id, (tuple, list)) else (message.id,)
    if message.fuzzy:
        yield "is fuzzy"
    if not all(text.strip() for text in strings):
        yield "is not translated"
        return
    if len(strings) != (forms if message.pluralizable else 1):
        yield f"has {len(strings)} forms where there are {forms}"
    # The English form for one may say it in words ("one day"); the last form has every placeholder.
    wanted = sorted(PLACEHOLDER.findall(ids[-1]))
    for text in strings:
        if sorted(PLACEHOLDER.findall(text)) != wanted:
            yield f"has other placeholders in “{text}”"
        if text != text.strip() and ids[0] == ids[0].strip():
            yield f"begins or ends with white space in “{text}”"


def _key(message: Message) -> tuple[object, object]:
    return message.id, message.context


def main(arguments: list[str]) -> int:
    """Run one command; returns the exit code."""
    if arguments == ["extract"]:
        sys.stdout.buffer.write(as_po(extracted()))
        return 0
    if arguments not in (["update"], ["compile"], ["check"]):
        sys.stderr.write(__doc__ or "")
        return 2
    code = 0
    for language in LANGUAGES:
        if arguments == ["update"]:
            catalog = updated(language)
            po_file(language).parent.mkdir(parents=True, exist_ok=True)
            po_file(language).write_bytes(as_po(catalog))
            empty = [message for message in catalog if message.id and list(problems_of(message, catalog.num_plurals))]
            sys.stdout.write(f"{language}: {len(catalog)} messages, {len(empty)} to translate.\n")
        elif arguments == ["compile"]:
            mo_file(language).write_bytes(as_mo(translated(language)))
        else:
            found = list(problems(language))
            sys.stdout.write("".join(f"{language}: {sentence}.\n" for sentence in found))
            code = 1 if found else code
    return code


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
