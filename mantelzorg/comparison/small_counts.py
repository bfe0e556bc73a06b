"""Counts of people that may be shown: small ones are added up until they no longer point at anybody.

What is shown always adds up to the exact total, so hiding one small count would not hide it. It goes into a pool with
the next larger ones, until the pool is itself no small count, and so has two or more. What a pool says of any of
its counts is no more than that it is not zero and not larger than the pool.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Generic, TypeVar

SMALL = 10
"""Fewer rows than this are never shown as a number."""
Key = TypeVar("Key")


@dataclass(frozen=True)
class Protected(Generic[Key]):
    """`shown` counts, and `pooled` ones of which only the sum may be told; both with the largest first."""

    shown: Mapping[Key, int]
    pooled: tuple[Key, ...] = ()
    pool: int = 0


def protect(counts: Mapping[Key, int]) -> Protected[Key] | None:
    """What may be told of counts whose sum is known; None where that is nothing at all. Zeros are left out."""
    ordered = sorted(((key, count) for key, count in counts.items() if count), key=lambda own: own[1])
    total = sum(count for _, count in ordered)
    if total < SMALL:
        return None if total else Protected({})
    taken = sum(count < SMALL for _, count in ordered)
    while 0 < sum(count for _, count in ordered[:taken]) < SMALL:
        taken += 1
    shown = dict(reversed(ordered[taken:]))
    return Protected(shown, tuple(key for key, _ in ordered[:taken][::-1]), total - sum(shown.values()))
