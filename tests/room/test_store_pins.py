"""The trainer comes back with a PIN; nobody gets in by trying."""

from __future__ import annotations

import threading

from rooms_at_work import CODE, NOW, PIN, TOKEN, opened, room

from mantelzorg.room.store import LOCKED, MOST_TRIES, Opened, Reclaim, Store


def test_the_token_of_a_room_is_that_of_its_trainer_only(store: Store) -> None:
    opened(store)
    store.open(room("RRRR"), PIN, "another trainer's", NOW)
    assert store.has_token(CODE, TOKEN, NOW)
    assert not any(store.has_token(CODE, token, NOW) for token in ("", "x", TOKEN + " ", "another trainer's", "\ud800"))
    assert not store.has_token("RRRR", TOKEN, NOW)


def test_with_the_pin_a_new_token_takes_the_place_of_the_old(store: Store) -> None:
    opened(store)
    assert store.reclaim(CODE, "271 828", "new", NOW) is Reclaim.OK
    assert store.has_token(CODE, "new", NOW)
    assert not store.has_token(CODE, TOKEN, NOW)


def test_a_wrong_pin_changes_nothing(store: Store) -> None:
    opened(store)
    assert [store.reclaim(CODE, pin, "new", NOW) for pin in ("271829", "", "x" * 10**6)] == [Reclaim.WRONG] * 3
    assert not store.has_token(CODE, "new", NOW)
    assert store.has_token(CODE, TOKEN, NOW)


def test_after_five_wrong_pins_nobody_gets_in_for_a_minute(store_url: str, store: Store) -> None:
    opened(store)
    for _ in range(MOST_TRIES):
        assert store.reclaim(CODE, "000000", "new", NOW) is Reclaim.WRONG
    assert store.reclaim(CODE, PIN, "new", NOW + LOCKED - 1) is Reclaim.LOCKED
    elsewhere = Store(store_url)
    assert elsewhere.reclaim(CODE, PIN, "new", NOW + LOCKED - 1) is Reclaim.LOCKED, "also in another process"
    elsewhere.dispose()
    assert store.has_token(CODE, TOKEN, NOW), "who is in stays in"
    assert store.reclaim(CODE, PIN, "new", NOW + LOCKED) is Reclaim.OK


def test_after_the_minute_there_are_five_tries_again(store: Store) -> None:
    opened(store)
    for minute in range(3):
        then = NOW + minute * LOCKED
        found = [store.reclaim(CODE, "000000", "new", then) for _ in range(MOST_TRIES + 2)]
        assert found == [Reclaim.WRONG] * MOST_TRIES + [Reclaim.LOCKED] * 2


def test_the_right_pin_wipes_out_the_wrong_ones(store: Store) -> None:
    opened(store)
    for _ in range(3):
        for _ in range(MOST_TRIES - 2):
            assert store.reclaim(CODE, "000000", "new", NOW) is Reclaim.WRONG
        assert store.reclaim(CODE, PIN, "new", NOW) is Reclaim.OK


def test_the_fifth_try_may_be_the_right_one(store: Store) -> None:
    opened(store)
    for _ in range(MOST_TRIES - 1):
        store.reclaim(CODE, "000000", "new", NOW)
    assert store.reclaim(CODE, PIN, "new", NOW) is Reclaim.OK
    assert store.reclaim(CODE, PIN, "newer", NOW) is Reclaim.OK


def test_who_tries_many_at_once_gets_no_more_tries(store: Store) -> None:
    opened(store)
    found: list[Reclaim] = []
    threads = [
        threading.Thread(target=lambda pin=f"{pin:06}": found.append(store.reclaim(CODE, pin, "new", NOW)))
        for pin in range(30)
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert found.count(Reclaim.WRONG) == MOST_TRIES
    assert found.count(Reclaim.LOCKED) == 30 - MOST_TRIES


def test_one_room_that_is_locked_locks_no_other(store: Store) -> None:
    opened(store)
    assert store.open(room("RRRR"), PIN, TOKEN, NOW) is Opened.OK
    for _ in range(MOST_TRIES):
        store.reclaim(CODE, "000000", "new", NOW)
    assert store.reclaim("RRRR", PIN, "new", NOW) is Reclaim.OK
