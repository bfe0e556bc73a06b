"""How often something may be done: a bucket of tokens for each key, in memory only.

A bucket starts full, each time takes a token, and tokens come back steadily. Nothing is written anywhere: the keys are
addresses, and those are not kept.
"""

from __future__ import annotations

from collections import OrderedDict
from threading import Lock

MOST_KEYS = 10_000
"""What is remembered; beyond it the key that was longest unused is forgotten."""


class Limiter:
    """At most `burst` times at once and `rate` times a second in the long run, for each key. Safe between threads."""

    def __init__(self, rate: float, burst: float, most_keys: int = MOST_KEYS) -> None:
        self._rate = rate
        self._burst = burst
        self._most_keys = most_keys
        self._buckets: OrderedDict[str, tuple[float, float]] = OrderedDict()
        self._lock = Lock()

    def allows(self, key: str, now: float) -> bool:
        """Whether this key may do it at `now` (seconds, any clock); when it may, that counts as done."""
        with self._lock:
            tokens = self._tokens(key, now)
            allowed = tokens >= 1
            self._buckets[key] = (tokens - 1 if allowed else tokens, now)
            self._buckets.move_to_end(key)
            while len(self._buckets) > self._most_keys:
                self._buckets.popitem(last=False)
            return allowed

    def would_allow(self, key: str, now: float) -> bool:
        """Whether `allows` would say yes; nothing counts as done."""
        with self._lock:
            return self._tokens(key, now) >= 1

    def __len__(self) -> int:
        """How many keys are remembered."""
        with self._lock:
            return len(self._buckets)

    def _tokens(self, key: str, now: float) -> float:
        tokens, since = self._buckets.get(key, (self._burst, now))
        # A clock that is set back takes nothing away and gives nothing.
        return min(self._burst, tokens + max(0.0, now - since) * self._rate)
