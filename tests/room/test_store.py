"""What the store of rooms promises, on SQLite and on PostgreSQL."""

from __future__ import annotations

from dataclasses import replace

import pytest
from rooms_at_work import CODE, KEYS, NOW, PIN, SEATS, TOKEN, at_vote, counts, opened, room, settled, vote

from mantelzorg.room.room import Item
from mantelzorg.room.steps import Place, Round, Step
from mantelzorg.room.store import LIFE, MOST_SEATS, Opened, Reclaim, Refusal, Store
from mantelzorg.room.store import store as stores


class TestOpen:
    def test_a_room_is_found_as_it_was_opened(self, store: Store) -> None:
        assert store.open(room(), PIN, TOKEN, NOW) is Opened.OK
        kept = store.find(CODE, NOW)
        assert kept is not None
        assert (kept.room, kept.expires) == (room(), NOW + LIFE)

    def test_a_code_in_use_is_not_given_twice(self, store: Store) -> None:
        opened(store)
        other = replace(room(), language="en")
        assert store.open(other, PIN, TOKEN, NOW + 1) is Opened.TAKEN
        assert not Opened.TAKEN
        assert store.find(CODE, NOW + 1).room.language == "nl"  # type: ignore[union-attr]

    def test_the_code_of_a_room_that_ended_can_be_used_again(self, store: Store) -> None:
        at_vote(store)
        store.take_seat(CODE, KEYS[0], NOW)
        assert store.open(room(), PIN, "another", NOW + LIFE) is Opened.OK
        assert store.seats(CODE) == 0
        assert not store.has_token(CODE, TOKEN, NOW + LIFE)

    def test_only_so_many_rooms_are_open_at_once(self, store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setattr(stores, "MOST_ROOMS", 2)
        assert [store.open(replace(room(), code=code), PIN, TOKEN, NOW) for code in ("BBBB", "CCCC", "DDDD")] == [
            Opened.OK,
            Opened.OK,
            Opened.FULL,
        ]
        assert store.open(replace(room(), code="DDDD"), PIN, TOKEN, NOW + LIFE) is Opened.OK

    def test_a_code_that_nobody_can_type_is_refused(self, store: Store) -> None:
        with pytest.raises(ValueError, match="capitals"):
            store.open(replace(room(), code="bc'; DROP TABLE room"), PIN, TOKEN, NOW)


class TestEnd:
    def test_a_room_is_there_until_its_last_second(self, store: Store) -> None:
        opened(store)
        assert store.find(CODE, NOW + LIFE - 1) is not None

    def test_a_room_that_ended_answers_nobody(self, store: Store) -> None:
        at_vote(store)
        store.take_seat(CODE, KEYS[0], NOW)
        end = NOW + LIFE
        assert store.find(CODE, end) is None
        assert not store.has_token(CODE, TOKEN, end)
        assert store.vote(vote(), end) is Refusal.UNKNOWN
        assert store.take_seat(CODE, KEYS[1], end) is Refusal.UNKNOWN
        assert store.reclaim(CODE, PIN, "new", end) is Reclaim.UNKNOWN
        assert not store.save(room().forward().forward().forward(), 2, end)

    def test_rooms_that_ended_are_forgotten_with_all_that_is_in_them(self, store: Store) -> None:
        at_vote(store)
        store.take_seat(CODE, KEYS[0], NOW)
        store.vote(vote(), NOW)
        store.open(replace(room(), code="RRRR"), PIN, TOKEN, NOW + 60)
        assert store.forget_expired(NOW + LIFE) == 1
        assert (store.seats(CODE), store.all_counts(CODE)) == (0, {})
        assert store.find("RRRR", NOW + LIFE) is not None

    def test_closing_a_room_deletes_everything_of_it_and_nothing_else(self, store: Store) -> None:
        at_vote(store, seats=2)
        at_vote(store, "RRRR", seats=2)
        for code in (CODE, "RRRR"):
            store.vote(vote(code=code), NOW)
        store.close(CODE)
        store.close(CODE)
        assert (store.find(CODE, NOW), store.seats(CODE), store.all_counts(CODE)) == (None, 0, {})
        assert (store.seats("RRRR"), counts(store, "RRRR", 0, Round.FIRST)) == (2, {"yes": 1})


class TestSeats:
    def test_asking_again_gives_no_second_seat(self, store: Store) -> None:
        opened(store)
        assert [store.take_seat(CODE, KEYS[0], NOW) for _ in range(3)] == [None] * 3
        assert store.seats(CODE) == 1

    def test_ten_thousand_requests_fill_the_room_and_no_more(self, store_url: str, store: Store) -> None:
        opened(store)
        requests = 10_000 if store_url.startswith("sqlite") else 1_000
        keys = [f"{number:032x}" for number in range(requests)]
        answers = [store.take_seat(CODE, key, NOW) for key in keys]
        assert answers.count(None) == MOST_SEATS == 300
        assert answers.count(Refusal.FULL) == requests - 300
        assert store.seats(CODE) == 300
        assert store.take_seat(CODE, keys[0], NOW) is None, "who was in stays in"

    def test_what_is_no_key_gets_no_seat(self, store: Store) -> None:
        opened(store)
        keys = ["", "short", "x" * 65, "x" * 30 + "\x00", "x" * 30 + "\ud800", "ë" * 30]
        assert {store.take_seat(CODE, key, NOW) for key in keys} == {Refusal.SEAT}
        assert store.seats(CODE) == 0

    def test_an_unknown_code_opens_nothing(self, store: Store) -> None:
        at_vote(store)
        for code in ["ZZZZ", "", "bcdf", "BCDF\x00", "BCDF ", "' OR 1=1 --", "\ud800BCD"]:
            assert store.find(code, NOW) is None
            assert store.take_seat(code, KEYS[0], NOW) is Refusal.UNKNOWN
            assert store.vote(vote(code=code), NOW) is Refusal.UNKNOWN
            assert not store.has_token(code, TOKEN, NOW)
            assert store.reclaim(code, PIN, "new", NOW) is Reclaim.UNKNOWN
            assert (store.seats(code), store.all_counts(code)) == (0, {})


class TestVote:
    def test_the_last_vote_of_a_phone_counts(self, store: Store) -> None:
        at_vote(store, seats=1)
        assert [store.vote(vote(n=n, choice=choice), NOW) for n, choice in ((1, "yes"), (2, "no"))] == [None, None]
        assert counts(store, CODE, 0, Round.FIRST) == {"no": 1}

    def test_what_arrives_late_is_acknowledged_and_changes_nothing(self, store: Store) -> None:
        at_vote(store, seats=1)
        store.vote(vote(n=2, choice="no"), NOW)
        assert store.vote(vote(n=1, choice="yes"), NOW) is None
        assert store.vote(vote(n=2, choice="yes"), NOW) is None
        assert counts(store, CODE, 0, Round.FIRST) == {"no": 1}

    def test_a_phone_without_a_seat_does_not_vote(self, store: Store) -> None:
        at_vote(store, seats=1)
        assert store.vote(vote(seat=KEYS[1]), NOW) is Refusal.SEAT

    def test_a_seat_of_another_room_is_none_here(self, store: Store) -> None:
        at_vote(store)
        at_vote(store, "RRRR", seats=1)
        assert store.vote(vote(), NOW) is Refusal.SEAT
        assert counts(store, CODE, 0, Round.FIRST) == {}

    def test_what_is_not_open_cannot_be_voted(self, store: Store) -> None:
        at_vote(store, seats=1)
        wrong = [vote(item=1), vote(item=-1), vote(item=2**70), vote(round=Round.SECOND), vote(round=Round.ASK)]
        assert {store.vote(each, NOW) for each in wrong} == {Refusal.CLOSED}
        assert store.all_counts(CODE) == {}

    def test_a_round_is_open_during_its_step_only(self, store: Store) -> None:
        now_at, open_during = opened(store, seats=1), []
        for step in Step:
            then = replace(now_at, place=Place(0, step), revision=now_at.revision + 1)
            assert store.save(then, now_at.revision, NOW)
            now_at, refusal = then, store.vote(vote(n=then.revision), NOW)
            assert refusal in (None, Refusal.CLOSED)
            open_during += [step] if refusal is None else []
        assert open_during == [Step.VOTE]

    def test_what_was_not_offered_cannot_be_chosen(self, store: Store) -> None:
        at_vote(store, seats=1)
        choices = ["", "tips", "recognise", "YES", "living_together", "yes\x00", "\ud800", "x" * 100_000]
        assert {store.vote(vote(choice=choice), NOW) for choice in choices} == {Refusal.CHOICE}
        assert store.all_counts(CODE) == {}

    def test_a_number_that_no_browser_counts_to_is_refused(self, store: Store) -> None:
        at_vote(store, seats=1)
        assert {store.vote(vote(n=n), NOW) for n in (-1, 2**53, 10**40)} == {Refusal.CHOICE}
        assert store.vote(vote(n=2**53 - 1), NOW) is None

    def test_facts_that_the_case_offers_can_be_asked_for(self, store: Store) -> None:
        opened(store, replace(room(), place=Place(0, Step.DISCUSS)), seats=1)
        assert store.vote(vote(round=Round.ASK, choice="living_together"), NOW) is None
        assert store.vote(vote(round=Round.ASK, n=2, choice="something_else"), NOW) is Refusal.CHOICE
        assert counts(store, CODE, 0, Round.ASK) == {"living_together": 1}

    def test_rooms_do_not_touch_each_other(self, store: Store) -> None:
        for code in (CODE, "RRRR"):
            at_vote(store, code, seats=SEATS)
        for number, key in enumerate(KEYS[:SEATS]):
            store.vote(vote(seat=key), NOW)
            store.vote(vote(code="RRRR", seat=key, choice="no" if number % 2 else "depends"), NOW)
        assert counts(store, CODE, 0, Round.FIRST) == {"yes": SEATS}
        assert counts(store, "RRRR", 0, Round.FIRST) == {"no": SEATS // 2, "depends": SEATS - SEATS // 2}


class TestSave:
    def test_a_change_is_kept(self, store: Store) -> None:
        opened(store)
        assert store.save(room().forward(), 0, NOW)
        assert store.find(CODE, NOW).room == room().forward()  # type: ignore[union-attr]

    def test_who_comes_second_changes_nothing(self, store: Store) -> None:
        opened(store)
        assert store.save(room().forward(), 0, NOW)
        assert not store.save(room().with_hands(True), 0, NOW)
        assert store.find(CODE, NOW).room == room().forward()  # type: ignore[union-attr]

    def test_nothing_changed_is_no_conflict(self, store: Store) -> None:
        opened(store)
        assert store.save(room().back(), 0, NOW)
        assert not store.save(room(), 1, NOW)

    def test_a_room_that_is_not_there_is_not_made(self, store: Store) -> None:
        assert not store.save(room().forward(), 0, NOW)
        assert store.find(CODE, NOW) is None


class TestLeftCases:
    def test_a_case_that_is_left_becomes_counts(self, store: Store) -> None:
        now_at = at_vote(store, seats=3)
        for key, choice in zip(KEYS, ("yes", "yes", "no"), strict=False):
            store.vote(vote(seat=key, choice=choice), NOW)
        assert not settled(store, CODE, 0)
        assert store.save(now_at.skip_case(), now_at.revision, NOW)
        assert counts(store, CODE, 0, Round.FIRST) == {"yes": 2, "no": 1}
        assert store.all_counts(CODE) == {(0, Round.FIRST): {"yes": 2, "no": 1}}
        assert settled(store, CODE, 0)
        assert store.settled_rounds(CODE) == {(0, Round.FIRST)}

    def test_votes_stay_open_while_the_case_is_on_the_screen(self, store: Store) -> None:
        now_at = at_vote(store, seats=1)
        store.vote(vote(), NOW)
        revealed = now_at.forward()
        assert store.save(revealed, now_at.revision, NOW)
        assert store.save(revealed.back(), revealed.revision, NOW)
        assert store.vote(vote(n=2, choice="no"), NOW) is None
        assert counts(store, CODE, 0, Round.FIRST) == {"no": 1}

    def test_what_was_counted_for_good_is_closed_when_the_trainer_goes_back(self, store: Store) -> None:
        now_at = at_vote(store, seats=1)
        store.vote(vote(), NOW)
        gone_on = now_at.skip_case()
        store.save(gone_on, now_at.revision, NOW)
        store.save(gone_on.back(), gone_on.revision, NOW)
        assert store.vote(vote(n=2, choice="no"), NOW) is Refusal.CLOSED
        assert counts(store, CODE, 0, Round.FIRST) == {"yes": 1}

    def test_a_case_that_was_skipped_by_mistake_can_still_be_voted(self, store: Store) -> None:
        now_at = at_vote(store, seats=1)
        gone_on = now_at.skip_case()
        store.save(gone_on, now_at.revision, NOW)
        store.save(gone_on.back(), gone_on.revision, NOW)
        assert not settled(store, CODE, 0)
        assert store.vote(vote(), NOW) is None

    def test_the_end_leaves_the_last_case(self, store: Store) -> None:
        last = at_vote(store, seats=1, at=Place(1, Step.VOTE))
        store.vote(vote(item=1), NOW)
        assert store.save(last.skip_case(), last.revision, NOW)
        assert settled(store, CODE, 1)
        assert store.all_counts(CODE) == {(1, Round.FIRST): {"yes": 1}}

    def test_an_own_case_in_between_moves_the_votes_of_later_cases_along(self, store: Store) -> None:
        second = at_vote(store, seats=1, at=Place(1, Step.VOTE))
        store.vote(vote(item=1, choice="depends"), NOW)
        story = replace(second, place=Place(0, Step.DEBRIEF), revision=second.revision + 1)
        assert store.save(story, second.revision, NOW)
        more = story.with_own_case(Item(own={"care_now": "yes"}))
        assert store.save(more, story.revision, NOW)
        assert more.items[2].case == "second"
        assert store.all_counts(CODE) == {(2, Round.FIRST): {"depends": 1}}
        assert settled(store, CODE, 2)
        assert not settled(store, CODE, 1)

    def test_votes_of_several_later_cases_keep_apart_when_they_move(self, store: Store) -> None:
        start = replace(room(), items=tuple(Item(name) for name in "abcd"))
        opened(store, start, seats=1)
        now_at = start
        for number, choice in enumerate(("yes", "no", "depends", "unsure")):
            then = replace(now_at, place=Place(number, Step.VOTE), revision=now_at.revision + 1)
            assert store.save(then, now_at.revision, NOW)
            assert store.vote(vote(item=number, choice=choice), NOW) is None
            now_at = then
        back = replace(now_at, place=Place(0, Step.DEBRIEF), revision=now_at.revision + 1)
        assert store.save(back, now_at.revision, NOW)
        assert store.save(back.with_own_case(Item(own={})), back.revision, NOW)
        counts = {item: dict(found) for (item, _), found in store.all_counts(CODE).items()}
        assert counts == {0: {"yes": 1}, 2: {"no": 1}, 3: {"depends": 1}, 4: {"unsure": 1}}
