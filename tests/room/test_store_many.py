"""Many at once: in threads, in processes, and while the trainer goes on."""

from __future__ import annotations

import threading
from collections import Counter
from dataclasses import replace
from typing import Any

import pytest
from rooms_at_work import CODE, KEYS, NOW, at_vote, counts, opened, room, settled, vote
from voters import CHOICES, OTHERS, received, together, vote_in_threads

from mantelzorg.room.room import Item
from mantelzorg.room.steps import Place, Round, Step
from mantelzorg.room.store import Refusal, Store, ballots

CHANGES = 3


def test_two_processes_with_four_threads_each_lose_nothing(store_url: str, store: Store) -> None:
    at_vote(store)
    keys = [f"{number:032x}" for number in range(80)]
    ends = [OTHERS.Pipe(duplex=False) for _ in range(2)]
    processes = [
        OTHERS.Process(target=vote_in_threads, args=(store_url, keys[number::2], CHANGES, ends[number][1]))
        for number in range(2)
    ]
    for process in processes:
        process.start()
    answers = [received(ends[number][0]) for number in range(2)]
    for process, (receiving, sending) in zip(processes, ends, strict=True):
        process.join(timeout=30)
        receiving.close()
        sending.close()
    assert answers == [[None] * 40 * CHANGES] * 2
    assert store.seats(CODE) == 80
    last = Counter(CHOICES[(int(key, 16) + CHANGES) % 4] for key in keys)
    assert counts(store, CODE, 0, Round.FIRST) == last


def test_processes_that_begin_on_an_empty_database_at_once_all_find_their_tables(store_url: str) -> None:
    stores = [Store(store_url) for _ in range(6)]
    together([lambda each=each: each.find(CODE, NOW) for each in stores])
    for each in stores:
        each.dispose()


def test_a_retry_beside_the_first_try_is_one_vote(store: Store) -> None:
    at_vote(store, seats=1)
    together([lambda: store.vote(vote(), NOW)] * 8)
    assert counts(store, CODE, 0, Round.FIRST) == {"yes": 1}


def test_a_phone_that_joins_twice_at_once_has_one_seat(store: Store) -> None:
    opened(store)
    together([lambda: store.take_seat(CODE, KEYS[0], NOW)] * 8)
    assert store.seats(CODE) == 1


def test_the_last_seats_are_given_once(store: Store) -> None:
    opened(store)
    for number in range(297):
        store.take_seat(CODE, f"{number:032x}", NOW)
    found: list[Refusal | None] = []
    together([lambda key=f"{key:032x}": found.append(store.take_seat(CODE, key, NOW)) for key in range(1000, 1012)])
    assert Counter(found) == {None: 3, Refusal.FULL: 9}
    assert store.seats(CODE) == 300


def test_of_many_changes_of_one_revision_one_is_kept(store: Store) -> None:
    opened(store)
    found: dict[str, bool] = {}

    def save(name: str) -> None:
        found[name] = store.save(replace(room(), language=name, revision=1), 0, NOW)

    together([lambda name=str(number): save(name) for number in range(8)])
    assert Counter(found.values()) == {True: 1, False: 7}
    kept = store.find(CODE, NOW)
    assert kept is not None
    assert found[kept.room.language]


def test_a_code_that_two_open_at_once_is_given_once(store: Store) -> None:
    found: list[bool] = []
    together([lambda: found.append(bool(store.open(room(), "271828", "t", NOW)))] * 6)
    assert Counter(found) == {True: 1, False: 5}


def test_every_vote_that_was_taken_is_counted_though_the_trainer_goes_on(store: Store) -> None:
    now_at = at_vote(store, seats=len(KEYS))
    taken: list[str] = []
    refused: list[Refusal] = []

    def phones(own: tuple[str, ...]) -> None:
        for key in own:
            refusal = store.vote(vote(seat=key), NOW)
            taken.append(key) if refusal is None else refused.append(refusal)

    def trainer() -> None:
        while len(taken) < 8 and len(taken) + len(refused) < len(KEYS):
            store.find(CODE, NOW)
        assert store.save(now_at.skip_case(), now_at.revision, NOW)

    together([trainer, *(lambda own=KEYS[number::4]: phones(own) for number in range(4))])
    assert len(taken) >= 8
    assert set(refused) <= {Refusal.CLOSED}
    assert len(taken) + len(refused) == len(KEYS)
    assert store.all_counts(CODE) == {(0, Round.FIRST): {"yes": len(taken)}}
    assert settled(store, CODE, 0)


def test_the_trainer_waits_for_a_vote_that_is_being_written(store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    """Otherwise the vote would come after the counting of its case, and stay a ballot for ever."""
    now_at = at_vote(store, seats=1)
    saved: list[bool] = []
    trainer = threading.Thread(target=lambda: saved.append(store.save(now_at.skip_case(), now_at.revision, NOW)))
    put = ballots.put

    def slowly(*arguments: Any) -> None:
        trainer.start()
        trainer.join(timeout=0.3)
        put(*arguments)

    monkeypatch.setattr(ballots, "put", slowly)
    assert store.vote(vote(), NOW) is None
    trainer.join()
    assert saved == [True]
    assert settled(store, CODE, 0)
    assert counts(store, CODE, 0, Round.FIRST) == {"yes": 1}


def test_nobody_ever_sees_fewer_votes_than_before(store: Store) -> None:
    """Either the ballots of a case or its counts, and never a moment in between."""
    cases = 12
    whole = replace(room(), items=tuple(Item(str(number)) for number in range(cases)), place=Place(0, Step.VOTE))
    opened(store, whole, seats=3)
    done: list[bool] = []

    def play() -> None:
        now_at = whole
        for number in range(cases):
            then = replace(now_at, place=Place(number, Step.VOTE), revision=now_at.revision + 1)
            assert store.save(then, now_at.revision, NOW)
            now_at = then
            assert {store.vote(vote(seat=key, item=number), NOW) for key in KEYS[:3]} == {None}
        done.append(True)

    def poll() -> None:
        most = 0
        while not done:
            seen = sum(counts["yes"] for counts in store.all_counts(CODE).values())
            assert seen >= most
            most = seen

    try:
        together([play, poll, poll])
    finally:
        done.append(True)
