"""Captions that come in: WebVTT, one file a language, read line by line (W3C WebVTT, section 4)."""

import re
from typing import IO

from django.utils.translation import gettext as _

from broadsheet.foundation.refusals import Refused
from broadsheet.mediabank.films.measured import refusal

MOST_BYTES = 500_000
TIME = r"(?:(\d{2,}):)?([0-5]\d):([0-5]\d)\.(\d{3})"
TIMES = re.compile(rf"{TIME}[ \t]+-->[ \t]+{TIME}(?:[ \t]+\S.*)?", re.ASCII)
SETTINGS = re.compile(r"(?:(?:vertical|line|position|size|align|region):[^\s:]+(?:\s+|\Z))*", re.ASCII)
TAG = re.compile(r"<(/?)([a-z]*)([^<>]*)>")
SPANS = {"c", "i", "b", "u", "v", "ruby", "rt", "lang"}


def read_captions(file: IO[bytes]) -> bytes:
    """The captions in UTF-8 with plain line ends; Refused, with the line, where they are not well-formed."""
    file.seek(0)
    data = file.read(MOST_BYTES + 1)
    if len(data) > MOST_BYTES:
        raise refusal("captions.too-large", _("The captions are larger than %d kB.") % (MOST_BYTES // 1000))
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError:
        raise refusal(
            "captions.letters", _("The captions are not in UTF-8. Save them so, and add them again.")
        ) from None
    text = re.sub(r"\r\n?", "\n", text)
    lines = text.split("\n")
    if "\0" in text or not re.fullmatch(r"WEBVTT(?:[ \t].*)?", lines[0]):
        raise refusal("captions.no-vtt", _("The file holds no captions in WebVTT: its first line must be WEBVTT."))
    _check(lines)
    return text.encode()


def _check(lines: list[str]) -> None:
    at, cues, began = 1, 0, -1
    while at < len(lines) and lines[at]:
        if "-->" in lines[at]:
            raise _wrong(at, _("an empty line is missing before it"))
        at += 1
    while at < len(lines):
        if not lines[at]:
            at += 1
            continue
        end = next((number for number in range(at, len(lines)) if not lines[number]), len(lines))
        if not _is_note(lines[at], cues):
            began = _check_cue(lines, at, end, began)
            cues += 1
        at = end
    if not cues:
        raise refusal("captions.empty", _("The captions hold no words yet."))


def _is_note(line: str, cues: int) -> bool:
    if re.fullmatch(r"NOTE(?:[ \t].*)?", line):
        return True
    return not cues and re.fullmatch(r"(?:STYLE|REGION)[ \t]*", line) is not None


def _check_cue(lines: list[str], at: int, end: int, before: int) -> int:
    """Check the cue in these lines; when it begins, in milliseconds."""
    times = at if "-->" in lines[at] else at + 1
    found = TIMES.fullmatch(lines[times].strip()) if times < end else None
    if found is None or not SETTINGS.fullmatch(_settings(lines[times])):
        raise _wrong(min(times, end - 1), _("the times must be written as 00:01.000 --> 00:04.000"))
    begins, ends = _moment(found.groups()[:4]), _moment(found.groups()[4:])
    if ends <= begins:
        raise _wrong(times, _("the words would end before they begin"))
    if begins < before:
        raise _wrong(times, _("it begins before the one that stands above it"))
    if times + 1 >= end:
        raise _wrong(times, _("no words follow"))
    for number in range(times + 1, end):
        if "-->" in lines[number]:
            raise _wrong(number, _("an empty line is missing before it"))
    _check_spans("\n".join(lines[times + 1 : end]), times + 1)
    return begins


def _settings(line: str) -> str:
    return line.partition("-->")[2].strip().partition(" ")[2].strip()


def _check_spans(words: str, at: int) -> None:
    """Each span that is opened is one of WebVTT's, and is closed again; `v` alone may stay open to the end."""
    open_spans: list[str] = []
    for slash, name, _rest in TAG.findall(words):
        if not name and not slash:
            continue  # a time within the words
        if name not in SPANS:
            raise _wrong(at, _("<%s> means nothing in captions") % (slash + name))
        if not slash:
            open_spans.append(name)
        elif not open_spans or open_spans.pop() != name:
            raise _wrong(at, _("</%s> closes nothing") % name)
    if [name for name in open_spans if name not in ("v", "rt")]:
        raise _wrong(at, _("<%s> is not closed") % open_spans[-1])


def _moment(parts: tuple[str | None, ...]) -> int:
    hours, minutes, seconds, thousandths = (int(part or 0) for part in parts)
    return ((hours * 60 + minutes) * 60 + seconds) * 1000 + thousandths


def _wrong(at: int, what: str) -> Refused:
    return refusal("captions.malformed", _("Line %(line)d of the captions: %(what)s.") % {"line": at + 1, "what": what})
