"""What other processes do in the tests of the store: vote, all at once or until they are killed."""

from __future__ import annotations

import multiprocessing
import resource
import threading
from collections.abc import Callable, Sequence
from contextlib import suppress
from dataclasses import replace
from itertools import count
from multiprocessing.connection import Connection
from typing import Any

from rooms_at_work import CODE, KEYS, NOW, PIN, TOKEN, room, vote

from mantelzorg.room.store import Store, StoreGone

OTHERS = multiprocessing.get_context("forkserver")
OTHERS.set_forkserver_preload(["mantelzorg.room.store", "mantelzorg.room.store.impatient"])
"""Processes of their own that start quickly and share nothing with the tests."""

CHOICES = ("yes", "no", "depends", "unsure")


def received(end: Connection) -> Any:
    """What comes through a pipe. Fails when nothing does: the process at the other end is gone."""
    assert end.poll(60), "the other process says nothing"
    return end.recv()


def together(jobs: Sequence[Callable[[], object]]) -> None:
    """Do all of this at once, in threads that begin at the same moment. Raises what one of them raises."""
    start = threading.Barrier(len(jobs))
    failed: list[BaseException] = []

    def run(job: Callable[[], object]) -> None:
        start.wait()
        try:
            job()
        except BaseException as error:
            failed.append(error)

    threads = [threading.Thread(target=run, args=(job,)) for job in jobs]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    if failed:
        raise failed[0]


def vote_in_threads(url: str, keys: Sequence[str], changes: int, answers: Connection) -> None:
    """Four threads, each with a part of the keys: join, vote, and change their minds. Sends how many were taken."""
    store, taken = Store(url), []

    def part(own: Sequence[str]) -> None:
        for key in own:
            assert store.take_seat(CODE, key, NOW) is None
        for n in range(1, changes + 1):
            for key in own:
                choice = CHOICES[(int(key, 16) + n) % 4]
                taken.append(store.vote(vote(seat=key, n=n, choice=choice), NOW))

    try:
        together([lambda own=keys[number::4]: part(own) for number in range(4)])
        answers.send([answer and answer.value for answer in taken])
    except StoreGone as gone:
        answers.send(gone.reason)


def vote_until_killed(url: str, seed: int, acknowledged: Connection) -> None:
    """Vote for ever, and tell each vote only after it was taken."""
    store = Store(url)
    for n in count(seed * 1_000_000):
        key, choice = KEYS[n % len(KEYS)], CHOICES[n % 4]
        if store.vote(vote(seat=key, n=n, choice=choice), NOW) is None:
            acknowledged.send((key, n, choice))


def fill_the_disk(url: str, size: int, answers: Connection) -> None:
    """Open rooms until no file may grow any more, then once more with space again; sends what came of it."""
    store, soft = Store(url), resource.getrlimit(resource.RLIMIT_FSIZE)
    letters = "BCDFHJKLMNPRTVXZ"
    names = (f"{a}{b}{c}B" for a in letters for b in letters for c in letters)
    resource.setrlimit(resource.RLIMIT_FSIZE, (size, soft[1]))
    kept: list[str] = []
    reason = ""
    with suppress(StopIteration):
        while not reason:
            code = next(names)
            try:
                if not store.open(replace(room(code), language="x" * 3_000), PIN, TOKEN, NOW):
                    break
                kept.append(code)
            except StoreGone as gone:
                reason = gone.reason
    found = [code for code in kept if store.find(code, NOW)]
    resource.setrlimit(resource.RLIMIT_FSIZE, soft)
    again = bool(store.open(room("ZZZZ"), PIN, TOKEN, NOW))
    answers.send((reason, kept == found, len(kept), again))
