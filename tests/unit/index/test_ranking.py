"""In which order hits stand."""

from broadsheet.index.ranking import HALF_LIFE, Candidate, in_order

PORT = (("port",),)
BOTH = (("port",), ("night",))


def entry(place: int, head: str, minute: int = 0) -> Candidate:
    return Candidate(place, minute, head)


def test_a_word_in_the_title_counts_more_than_in_the_standfirst_and_that_more_than_in_the_text() -> None:
    found = [
        entry(1, " a | b | c "),
        entry(2, " a | b | port "),
        entry(3, " a | port | c "),
        entry(4, " port | b | c "),
    ]
    assert in_order(found, PORT) == [4, 3, 2, 1]


def test_both_words_in_the_title_come_before_one() -> None:
    found = [entry(1, " port night | | "), entry(2, " port day | night | ")]
    assert in_order(found, BOTH) == [1, 2]


def test_what_is_a_little_newer_comes_first_and_what_is_much_better_though_old() -> None:
    week, years = 7 * 24 * 60, 10 * HALF_LIFE
    assert in_order([entry(1, " port | | "), entry(2, " port | | ", week)], PORT) == [2, 1]
    assert in_order([entry(1, " port | | "), entry(2, " a | | port ", years)], PORT) == [1, 2]


def test_equal_ones_stand_by_their_place_the_last_first() -> None:
    assert in_order([entry(2, " port | | "), entry(3, " port | | "), entry(1, " port | | ")], PORT) == [3, 2, 1]


def test_age_is_counted_from_the_newest_so_that_the_order_does_not_change_by_itself() -> None:
    found = [entry(1, " a | port | ", 100), entry(2, " port | | ", 50), entry(3, " a | | port ", HALF_LIFE)]
    later = [Candidate(one.place, one.minute + 10 * HALF_LIFE, one.head) for one in found]
    assert in_order(found, PORT) == in_order(later, PORT)


def test_nothing_is_in_order() -> None:
    assert in_order([], PORT) == []
