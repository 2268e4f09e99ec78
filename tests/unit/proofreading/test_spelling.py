"""Which words are unknown: before, a text; after, the words that are in no dictionary."""

import json
import subprocess
import sys

import pytest

from broadsheet.proofreading import spelling
from broadsheet.proofreading.spelling import FOLDER, is_checked, tokens_of, unknown_words

TABLE = {
    "en": [
        ("The harbour is quiet.", []),
        ("They recieved it, and recieved it again. Recieved!", ["recieved"]),
        ("Colour or color, organise or organize.", []),
        ("The café’s façade, a naïve idea, the minister’s car, the ministers’ cars.", []),
        ("A storm-surge, a well-known thing, the sluice-gates.", []),
        ("The storm-srge came.", ["storm-srge"]),
        ("On the quay of Lusvik stood Kvamme.", []),
        ("Kvamme stood there. So said Kvamme.", []),
        ("Dorthe Kvamme stood there.", []),
        ("Lusvikers are quiet people in Lusvik.", []),
        ("Ztandrd words fail.", ["Ztandrd"]),
        ("The NATO, the ÖBB and iPhone in 5G, on the 20th, at https://exmple.org/qwrtz, a@exmpl.org, #hshtag.", []),
        ("The “Hestmur” sailed.", []),
        ("Порт молчит ночью, and then some.", []),
        ("الميناء صامت", []),
        ("pоrt with a Cyrillic о", ["pоrt"]),
        ("na\u00adtion\u00adal and cafe\u0301", []),
        ("x" * 500, []),
        ("", []),
    ],
    "ru": [
        ("Порт молчит, краны разгружаются.", []),
        ("Краны стаят. Стаят ночью.", ["стаят"]),
        ("Ёлка и елка, по-новому, северо-западный ветер.", []),
        ("Лусвикский порт — в Лусвике.", []),
        ("Судно «Хестмур» пришло, и «Хестмуром» гордятся.", []),
        ("Слово за́мок с ударением.", []),
        ("The port is quiet.", []),
    ],
}  # fmt: skip


@pytest.mark.parametrize(
    ("language", "text", "expected"), [(language, *row) for language, rows in TABLE.items() for row in rows]
)
def test_a_word_is_unknown_when_no_dictionary_and_no_name_has_it(language: str, text: str, expected: list[str]) -> None:
    known = ["Лусвик"] if language == "ru" else ["Lusvik"]
    assert unknown_words([text], language, known if "икский" in text else ()) == [expected]


def test_a_word_is_named_once_in_a_whole_story_where_it_stands_first() -> None:
    assert unknown_words(["All well.", "A teh.", "Teh teh."], "en") == [[], ["teh"], []]


def test_a_language_without_a_dictionary_is_not_checked() -> None:
    assert not is_checked("fi")
    assert unknown_words(["Qwrtz asdfg", "b"], "fi") == [[], []]


def test_where_there_is_no_hunspell_spelling_is_not_checked(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "hunspell", None)
    monkeypatch.setattr(spelling, "_loaded", spelling._loaded.__wrapped__)
    assert not is_checked("en")
    assert unknown_words(["teh"], "en") == [[]]


def test_addresses_and_numbers_are_no_words() -> None:
    assert [token.word for token in tokens_of("See www.example.org, 2nd or no-one’s at 14:05")] == [
        "See",
        "or",
        "no-one's",
        "at",
    ]


def test_dictionaries_are_loaded_when_they_are_needed_and_not_before() -> None:
    code = (
        "import json, sys; from broadsheet.proofreading import spelling as s; before = 'hunspell' in sys.modules;"
        "s.unknown_words(['a'], 'en'); info = s._loaded.cache_info();"
        "s.unknown_words(['b'], 'en'); print(json.dumps([before, info.misses, s._loaded.cache_info().misses]))"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert json.loads(done.stdout) == [False, 1, 1]


def test_every_dictionary_has_its_source_and_its_licence_beside_it() -> None:
    said = (FOLDER / "README.md").read_text(encoding="utf-8")
    for name in {path.stem for path in FOLDER.glob("*.dic")}:
        assert f"`{name}.aff`, `{name}.dic`" in said
    named = [part for part in said.split("`") if part.endswith(".txt")]
    assert len(named) == 4
    assert all((FOLDER / name).stat().st_size > 500 for name in named)
