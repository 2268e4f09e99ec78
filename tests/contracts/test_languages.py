"""Every word of the interface is there in every language, and every page speaks one language."""

import ast
import re
import tomllib
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import pytest
from babel.messages.catalog import Message
from django.apps import apps
from django.conf import settings
from django.utils import translation
from django.utils.functional import Promise
from django.utils.translation import gettext
from wagtail.admin.panels import InlinePanel
from wagtail.snippets.models import get_snippet_models

import broadsheet
from broadsheet.accounts.roles import Role
from broadsheet.stories.blocks import StoryBody
from broadsheet.stories.models import Kind, State
from tests.contracts.conftest import Site
from tests.contracts.reading import Element
from tools import messages

SOURCE = Path(broadsheet.__file__).parent
WORD = re.compile(r"[^\W\d_]+(?:[-'’][^\W\d_]+)*")
LATIN, CYRILLIC = re.compile("[A-Za-z]"), re.compile("[А-Яа-яЁё]")
# Words that Russian pages write in Latin letters.
NO_WORDS = re.compile(r"<[^>]*>|[\w.-]+@[\w.-]+")  # elements, and addresses for mail
LATIN_IN_RUSSIAN = frozenset({"RSS"})
SPOKEN_ATTRIBUTES = ("alt", "aria-label", "title", "placeholder")
SPOKEN_META = ("description", "og:title", "og:description", "og:site_name", "og:image:alt")
with_site = [pytest.mark.database, pytest.mark.django_db, pytest.mark.alike]


@pytest.mark.parametrize("language", messages.LANGUAGES)
def test_every_message_is_translated_and_compiled(language: str) -> None:
    assert list(messages.problems(language)) == []


@pytest.mark.parametrize(
    ("message", "sentence"),
    [
        (Message("Back", ""), "is not translated"),
        (Message("Back", "  "), "is not translated"),
        (Message("Back", "Назад", flags=["fuzzy"]), "is fuzzy"),
        (Message("%(n)s stories", "%(m)s материалов"), "other placeholders"),
        (Message("Only these: %s", "Только эти"), "other placeholders"),
        (Message("By {name}", "Текст: {имя}"), "other placeholders"),
        (Message("Back", "Назад "), "white space"),
        (Message(("%(n)s story", "%(n)s stories"), ("%(n)s материал", "%(n)s материала")), "has 2 forms"),
        (Message(("a day", "%(n)s days"), ("%(n)s день", "%(n)s дня", "дней")), "other placeholders"),
        (Message(("a day", "%(n)s days"), ("%(n)s день", "", "%(n)s дней")), "is not translated"),
    ],
)
def test_a_bad_translation_is_noticed(message: Message, sentence: str) -> None:
    assert any(sentence in found for found in messages.problems_of(message, 3))


@pytest.mark.parametrize(
    "message",
    [
        Message("Back", "Назад"),
        Message("%(a)s and %(b)s", "%(b)s и %(a)s"),
        Message(("a day", "%(n)s days"), ("%(n)s день", "%(n)s дня", "%(n)s дней")),
    ],
)
def test_a_good_translation_is_let_through(message: Message) -> None:
    assert list(messages.problems_of(message, 3)) == []


def test_the_compiled_file_is_the_same_however_often_it_is_written() -> None:
    catalog = messages.translated("ru")
    assert messages.as_mo(catalog) == messages.as_mo(messages.translated("ru"))
    assert messages.as_po(messages.updated("ru")) == messages.po_file("ru").read_bytes()


def test_every_language_of_the_site_but_english_has_a_catalog() -> None:
    assert {code for code, _name in settings.LANGUAGES} == {"en", *messages.LANGUAGES}


def test_russian_uses_its_own_quotation_marks_and_polite_words() -> None:
    wrong = []
    for message in messages.translated("ru"):
        strings = message.string if isinstance(message.string, (tuple, list)) else (message.string or "",)
        for text in strings if message.id else ():
            if re.search(r"[“”\"]|\b([Тт]ы|[Тт]ебе|[Тт]во[йяёи])\b|[^.!?] (Вы|Вам|Вас|Ваш\w*)\b", text):
                wrong.append(text)
            if re.search(r"\s-\s|\.\.\.", text):
                wrong.append(f"{text} (a hyphen for a dash, or three dots)")
    assert wrong == []


def _labels() -> Iterator[tuple[str, object]]:
    for model in apps.get_models():
        if not model.__module__.startswith("broadsheet.") or model._meta.auto_created:
            continue
        options, name = model._meta, model._meta.label
        if isinstance(options.verbose_name, Promise):
            yield name, options.verbose_name
            yield f"{name} (plural)", options.verbose_name_plural
        for field in options.get_fields():
            for part in ("verbose_name", "help_text"):
                if isinstance(text := getattr(field, part, ""), Promise):
                    yield f"{name}.{field.name} {part}", text
    for choices in (Role, Kind, State):
        yield from ((f"{choices.__name__}.{choice.name}", choice.label) for choice in choices)
    for block_name, block in StoryBody().child_blocks.items():
        yield f"block {block_name}", block.label
        for part_name, part in getattr(block, "child_blocks", {}).items():
            yield f"block {block_name}.{part_name}", part.label


def test_labels_of_the_desk_change_with_the_language_of_whoever_works_there() -> None:
    with translation.override("en"):
        english = {name: str(label) for name, label in _labels()}
    with translation.override("ru"):
        russian = {name: str(label) for name, label in _labels()}
    ours = {name: text for name, text in english.items() if not name.startswith(("accounts.User.",))}
    assert len(ours) > 100
    assert {name: text for name, text in ours.items() if not LATIN.search(text)} == {}
    same = {
        name: russian[name] for name in ours if russian[name] == english[name] or not CYRILLIC.search(russian[name])
    }
    numbers_only = {name for name in same if not WORD.search(re.sub("to", "", english[name]))}
    assert {name: text for name, text in same.items() if name not in numbers_only} == {}


def test_russian_words_come_from_our_catalog_and_not_from_anothers() -> None:
    with translation.override("ru"):
        assert gettext("standfirst") == "лид"
        assert gettext("To the front page") == "На главную"


# What a keyword argument says to a person, in the files that dress the desk.
SAYS = {"label", "heading", "help_text", "verbose_name", "verbose_name_plural", "page_title", "title", "description"}


def _unwrapped(path: Path) -> Iterator[str]:
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if not isinstance(node, ast.Call):
            continue
        for keyword in node.keywords:
            value = keyword.value
            is_text = isinstance(value, ast.Constant) and isinstance(value.value, str) and LATIN.search(value.value)
            if keyword.arg in SAYS and is_text:
                yield f"{path.relative_to(SOURCE)}:{value.lineno} {keyword.arg}={value.value!r}"


def test_no_label_of_the_desk_is_written_past_the_catalog() -> None:
    names = ("desk.py", "wagtail_hooks.py", "blocks.py", "models.py", "home.py", "mailbox.py", "forms.py")
    files = [path for path in SOURCE.rglob("*.py") if path.name in names or path.parent.name == "desk"]
    assert len(files) > 8
    assert [line for path in files for line in _unwrapped(path)] == []


def _literals(template: str) -> list[str]:
    """Words between the tags of a template, and in attributes that are spoken, outside of {{ }} and {% %}."""
    bare = re.sub(r"\{#.*?#\}|\{\{.*?\}\}|\{%.*?%\}", " ", template, flags=re.DOTALL)
    bare = re.sub(r"<(script|style)\b.*?</\1>|<!--.*?-->|<\?.*?\?>|<!.*?>", " ", bare, flags=re.DOTALL)
    spoken = re.findall(rf"\s(?:{'|'.join(SPOKEN_ATTRIBUTES)})=\"([^\"]*)\"", bare)
    return WORD.findall(" ".join([re.sub(r"<[^<>]*>", " ", bare), *spoken]))


def test_words_in_a_template_are_noticed() -> None:
    assert _literals('<p title="{{ a }}">{{ _("Back") }} {% if a %}·{% endif %}</p>') == []
    assert _literals('<p>By {{ name }}</p><img alt="Portrait">') == ["By", "Portrait"]


def test_templates_hold_no_words_of_their_own() -> None:
    files = [*SOURCE.rglob("templates/**/*.jinja"), *SOURCE.rglob("parts/**/*.jinja"), *SOURCE.rglob("**/*.html")]
    # The gallery of parts is for developers, in English; a script is no page.
    files = [
        path for path in files if path.name not in ("gallery.jinja", "state.jinja", "example.jinja", "offline.js.jinja")
    ]
    files.append(SOURCE / "design/parts/gallery/gallery.jinja")
    assert len(files) > 40
    found = {str(path.relative_to(SOURCE)): _literals(path.read_text(encoding="utf-8")) for path in files}
    assert {name: words for name, words in found.items() if words} == {}


def test_templates_of_the_desk_hold_no_messages_because_nothing_finds_them_there() -> None:
    for path in SOURCE.rglob("templates/**/*.html"):
        assert not re.search(
            r"\{%\s*(trans|translate|blocktrans|blocktranslate)\b", path.read_text(encoding="utf-8")
        ), path


def spoken(tag: Element, language: str = "") -> Iterator[tuple[str, str]]:
    """Everything that a page says, each with the language that it is marked with."""
    if tag.tag in ("script", "style"):
        return
    language = tag.get("lang") or language
    if tag.tag == "meta" and (tag.get("name") or tag.get("property")) in SPOKEN_META:
        yield language, tag.get("content", "")
    yield from ((language, tag.get(name, "")) for name in SPOKEN_ATTRIBUTES if tag.get(name))
    if tag.text:
        yield language, tag.text
    for child in tag:
        yield from spoken(child, language)
        if child.tail:
            yield language, child.tail


@cache
def latin_words_of_russian_data() -> frozenset[str]:
    """Names that the demo's own Russian texts and its true credits write in Latin letters."""
    texts: list[str] = []

    def gather(value: object, name: str = "") -> None:
        if isinstance(value, dict):
            for key, part in value.items():
                if key != "en":
                    gather(part, key)
        elif isinstance(value, list):
            for part in value:
                gather(part, name)
        elif isinstance(value, str) and (CYRILLIC.search(value) or name in ("creator", "agency", "licence")):
            texts.append(NO_WORDS.sub(" ", value))

    for path in SOURCE.rglob("demo*/*.toml"):
        gather(tomllib.loads(path.read_text(encoding="utf-8")))
    return frozenset(word for text in texts for word in WORD.findall(text) if LATIN.search(word))


def in_the_wrong_script(language: str, text: str) -> list[str]:
    text = NO_WORDS.sub(" ", text)
    if language == "ru":
        allowed = LATIN_IN_RUSSIAN | latin_words_of_russian_data()
        return [word for word in WORD.findall(text) if LATIN.search(word) and word not in allowed]
    return [word for word in WORD.findall(text) if CYRILLIC.search(word)]


def test_a_word_in_the_wrong_script_is_noticed() -> None:
    assert in_the_wrong_script("ru", "Older stories") == ["Older", "stories"]
    assert in_the_wrong_script("en", "Старые stories") == ["Старые"]
    assert in_the_wrong_script("ru", "Лента новостей (RSS)") == []


class TestOnEveryPage:
    pytestmark = with_site

    def test_every_page_is_in_the_script_of_its_language(self, site: Site) -> None:
        wrong = [
            f"{page.address} [{language}] {words} in {text.strip()[:80]!r}"
            for page in site.html
            for language, text in spoken(page.root)
            if (words := in_the_wrong_script(language, text))
        ]
        assert wrong == []

    def test_everything_that_is_said_is_marked_with_a_language_of_the_site(self, site: Site) -> None:
        languages = {language for page in site.html for language, text in spoken(page.root) if text.strip()}
        assert languages == {"en", "ru"}

    def test_feeds_are_in_the_script_of_their_language(self, site: Site) -> None:
        feeds = [answer for answer in site.pages.values() if answer.type == "application/rss+xml"]
        assert len(feeds) >= 10
        for feed in feeds:
            russian = feed.address.startswith("/ru/")
            titles = re.findall(r"<title>(.*?)</title>", feed.text)
            assert titles
            for title in titles:
                assert in_the_wrong_script("ru" if russian else "en", title) == [], (feed.address, title)


def _rows_of_forms() -> Iterator[tuple[str, InlinePanel]]:
    shown = ((model.__name__, model.snippet_viewset.get_edit_handler()) for model in get_snippet_models())
    waiting = [(name, handler) for name, handler in shown if handler is not None]
    while waiting:
        where, panel = waiting.pop()
        waiting += [(where, child) for child in getattr(panel, "children", ())]
        if isinstance(panel, InlinePanel):
            yield f"{where}.{panel.relation_name}", panel


def test_rows_that_are_added_in_a_form_are_called_in_its_language() -> None:
    """A heading that is left out is made of the name of the relation, in English."""
    rows = dict(_rows_of_forms())
    assert len(rows) > 5
    bare = [
        name for name, one in rows.items() if not (isinstance(one.heading, Promise) and isinstance(one.label, Promise))
    ]
    assert bare == []
