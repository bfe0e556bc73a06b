"""The real server with real clients: killed in the middle of a vote, and started again on what it kept."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from runpy import run_path

ROOT = Path(__file__).parents[2]


def test_a_server_that_is_killed_loses_no_vote_and_counts_none_twice() -> None:
    bench = run_path(str(ROOT / "benchmarks" / "room.py"), run_name="room")
    with ThreadPoolExecutor(1) as thread:  # Where a browser is driven, this thread has a loop already.
        found = thread.submit(bench["measured"], lambda server: bench["killed"](server, 100, cases=2)).result()
    assert found.votes == 200
    assert found.again > 0, "the server was killed when nobody voted"
    assert (found.lost, found.double) == (0, 0)
