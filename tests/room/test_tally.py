"""What may be shown of votes."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from mantelzorg.room.steps import Rhythm, Round
from mantelzorg.room.tally import FEWEST_SHOWN, Choice, Tally, added, choices, shifts

ORDER = choices(Rhythm.QUIZ, Round.FIRST)
counts = st.dictionaries(st.sampled_from(ORDER), st.integers(0, 30), max_size=4)


@given(counts)
def test_few_votes_show_nothing_of_how_they_were_divided(votes: dict[str, int]) -> None:
    tally = Tally(ORDER, votes)
    assert tally.shown == (sum(votes.values()) >= FEWEST_SHOWN)
    if tally.shown:
        assert [name for name, _, _ in tally.bars] == list(ORDER)
        assert sum(count for _, count, _ in tally.bars) == tally.total
    else:
        assert tally.bars == ()
        assert tally.most is None
        assert shifts(tally, Tally(ORDER, {"yes": 9})) == ()


@given(counts)
def test_the_choice_with_most_votes_has_more_than_any_other(votes: dict[str, int]) -> None:
    tally = Tally(ORDER, votes)
    if tally.most is not None:
        assert all(votes.get(name, 0) < votes[tally.most] for name in ORDER if name != tally.most)


@given(counts, counts)
def test_hands_and_phones_count_alike(phones: dict[str, int], hands: dict[str, int]) -> None:
    both = added(phones, hands)
    assert sum(both.values()) == sum(phones.values()) + sum(hands.values())
    assert both == added(hands, phones)


def test_shifts_are_in_points_and_the_largest_comes_first() -> None:
    first = Tally(ORDER, {"yes": 5, "no": 5})
    second = Tally(ORDER, {"yes": 8, "no": 1, "depends": 1})
    assert shifts(first, second) == (("no", -40), ("yes", 30), ("depends", 10))


def test_no_round_speaks_of_right_or_wrong() -> None:
    assert {choice.value for choice in Choice}.isdisjoint({"right", "wrong", "good", "correct"})
    assert choices(Rhythm.RECOGNISE, Round.FIRST) == ("recognise", "not_recognise", "unsure")
    assert choices(Rhythm.QUIZ, Round.PREDICT) == ("tips", "stays", "unsure")
