"""How an action says no."""

from broadsheet.foundation.refusals import Refused


def test_a_refusal_says_what_happened_and_what_is_safe() -> None:
    assert str(Refused("x.y", "It is locked.", "Nothing was changed.")) == "It is locked. Nothing was changed."
    assert str(Refused("x.y", "It is locked.")) == "It is locked."
