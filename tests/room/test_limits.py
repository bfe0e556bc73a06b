"""How often something may be done."""

from __future__ import annotations

import threading

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mantelzorg.room.limits import Limiter

STEPS = st.lists(st.floats(-5, 30), min_size=1, max_size=80)


def test_so_many_times_at_once_and_then_no_more() -> None:
    limiter = Limiter(rate=1, burst=3)
    assert [limiter.allows("a", 0.0) for _ in range(5)] == [True, True, True, False, False]


def test_it_may_be_done_again_after_a_while() -> None:
    limiter = Limiter(rate=0.5, burst=1)
    assert [limiter.allows("a", now) for now in (0.0, 1.9, 2.0, 3.9, 4.0)] == [True, False, True, False, True]


def test_one_key_does_not_use_up_what_another_has() -> None:
    limiter = Limiter(rate=1, burst=1)
    assert [limiter.allows(key, 0.0) for key in "abab"] == [True, True, False, False]


def test_to_look_costs_nothing() -> None:
    limiter = Limiter(rate=1, burst=1)
    assert all(limiter.would_allow("a", 0.0) for _ in range(3))
    assert limiter.allows("a", 0.0)
    assert not limiter.would_allow("a", 0.0)
    assert len(limiter) == 1


def test_a_flood_of_keys_takes_no_more_than_its_place() -> None:
    limiter = Limiter(rate=1, burst=1, most_keys=100)
    for number in range(10_000):
        limiter.allows(str(number), 0.0)
    assert len(limiter) == 100
    assert not limiter.allows("9999", 0.0)


def test_the_key_that_was_longest_unused_is_forgotten_first() -> None:
    limiter = Limiter(rate=0, burst=1, most_keys=2)
    for key in ("a", "b", "a", "c"):
        limiter.allows(key, 0.0)
    assert not limiter.allows("a", 0.0)
    assert limiter.allows("b", 0.0)


@given(STEPS, st.floats(0, 5), st.integers(1, 20))
def test_never_more_than_burst_and_rate_allow_together(steps: list[float], rate: float, burst: int) -> None:
    limiter, now, allowed = Limiter(rate, burst), 100.0, 0
    passed = 0.0
    for step in steps:
        before, now = now, now + step
        passed += max(0.0, now - before)
        allowed += limiter.allows("a", now)
    assert allowed <= burst + rate * passed + 1e-6


@given(STEPS)
def test_who_waits_long_enough_is_always_allowed(steps: list[float]) -> None:
    limiter, now = Limiter(rate=2, burst=4), 0.0
    for step in steps:
        now += step
        limiter.allows("a", now)
    assert limiter.allows("a", now + 0.5)


@pytest.mark.parametrize("burst", [1, 500])
def test_threads_together_get_no_more_than_one_would(burst: int) -> None:
    limiter = Limiter(rate=0, burst=burst)
    allowed: list[bool] = []
    threads = [
        threading.Thread(target=lambda: allowed.extend(limiter.allows("a", 0.0) for _ in range(250))) for _ in range(8)
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(allowed) == 2_000
    assert sum(allowed) == burst
