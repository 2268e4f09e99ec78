"""Two texts are compared word by word: both can be read out of the comparison, and it is short."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from broadsheet.foundation.words import MOST, Run, compare_words

TEXTS = st.text(alphabet=st.sampled_from("abcж ,.\n"), max_size=60)


@given(TEXTS, TEXTS)
def test_both_texts_can_be_read_out_of_the_runs(old: str, new: str) -> None:
    runs = compare_words(old, new)
    assert "".join(run.text for run in runs if run.kind != "added") == old
    assert "".join(run.text for run in runs if run.kind != "removed") == new


@pytest.mark.parametrize(
    ("old", "new", "runs"),
    [
        ("", "", ()),
        ("The same.", "The same.", (Run("same", "The same."),)),
        (
            "The ferry came at noon.",
            "The ferry came at dawn.",
            (Run("same", "The ferry came at "), Run("removed", "noon"), Run("added", "dawn"), Run("same", ".")),
        ),
        (
            "Паром пришёл в полдень",
            "Паром ушёл в полдень",
            (Run("same", "Паром "), Run("removed", "пришёл"), Run("added", "ушёл"), Run("same", " в полдень")),
        ),
        # Two words that are changed side by side are one change.
        (
            "It was a cold day here",
            "It was one warm day here",
            (Run("same", "It was "), Run("removed", "a cold"), Run("added", "one warm"), Run("same", " day here")),
        ),
    ],
)
def test_a_comparison_is_as_a_person_would_mark_it(old: str, new: str, runs: tuple[Run, ...]) -> None:
    assert compare_words(old, new) == runs


def test_a_very_long_text_is_compared_line_by_line() -> None:
    line = "word " * 50 + "\n"
    old = line * (MOST // 50)
    runs = compare_words(old, old + "One more line.\n")
    assert [run.kind for run in runs] == ["same", "added"]
