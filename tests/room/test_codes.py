"""Codes, PINs and keys: hard to guess, easy to type."""

from __future__ import annotations

import string
from itertools import combinations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mantelzorg.room import codes
from mantelzorg.room.steps import Round

PLACES = [(code, item, round_) for code in ("BCDF", "RRRR") for item in (0, 1, 11) for round_ in Round]


class TestCodes:
    def test_a_code_has_four_different_letters_and_no_vowel(self) -> None:
        for _ in range(2_000):
            code = codes.new_code()
            assert codes.is_code(code)
            assert len(set(code)) == 4
            assert not set(code) & set("AEIOUY")
            assert set(code) <= set(codes.LETTERS)

    def test_letters_that_look_or_sound_alike_do_not_both_occur(self) -> None:
        for pair in ("CG", "FS", "VW", "OQ", "IL", "UV", "YV", "SZ"):
            assert not set(pair) <= set(codes.LETTERS), pair

    def test_every_letter_is_drawn_in_every_place(self) -> None:
        drawn = [codes.new_code() for _ in range(2_000)]
        assert all({code[place] for code in drawn} == set(codes.LETTERS) for place in range(4))
        assert len(set(drawn)) > 1_850, "of 43,680 codes, 2,000 draws repeat some 45"

    @pytest.mark.parametrize("typed", ["BCDF", "bcdf", " b c d f ", "BC-DF", "bc.df", "b_c·d\tf\n", "Bc Df"])
    def test_a_code_is_read_as_it_was_meant(self, typed: str) -> None:
        assert codes.read_code(typed) == "BCDF"

    @pytest.mark.parametrize("typed", ["", "BCD", "BCDFG", "B1DF", "БCDF", "BC/DF", "BCDF;", "B" * 10**6, "\x00BCDF"])
    def test_what_is_no_code_is_read_as_none(self, typed: str) -> None:
        assert codes.read_code(typed) == ""

    @given(st.text())
    def test_whatever_is_typed_gives_a_code_or_none(self, typed: str) -> None:
        assert codes.read_code(typed) == "" or codes.is_code(codes.read_code(typed))
        assert codes.read_pin(typed) == "" or len(codes.read_pin(typed)) == 6


class TestPins:
    def test_a_pin_has_six_digits(self) -> None:
        pins = {codes.new_pin() for _ in range(500)}
        assert len(pins) > 490
        assert all(len(pin) == 6 and set(pin) <= set(string.digits) for pin in pins)

    def test_a_pin_fits_what_was_kept_of_it_and_no_other_does(self, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setitem(codes._SCRYPT, "n", 2**14)
        kept = codes.pin_hash("271828")
        assert codes.pin_fits("271828", kept)
        assert not any(codes.pin_fits(pin, kept) for pin in ("271829", "", "271828 ", "\ud800"))
        assert "271828" not in kept

    def test_the_same_pin_is_kept_differently_each_time(self) -> None:
        assert codes.pin_hash("271828") != codes.pin_hash("271828")

    @pytest.mark.parametrize("typed", ["271828", "271 828", " 27-18-28 "])
    def test_a_pin_is_read_as_it_was_meant(self, typed: str) -> None:
        assert codes.read_pin(typed) == "271828"

    @pytest.mark.parametrize("typed", ["", "27182", "2718281", "27182x", "٢٧١٨٢٨", "²71828", "1" * 10**6])
    def test_what_is_no_pin_is_read_as_none(self, typed: str) -> None:
        assert codes.read_pin(typed) == ""

    def test_nothing_fits_what_is_damaged(self) -> None:
        assert not codes.pin_fits("271828", "")
        assert not codes.pin_fits("", "salt$")


class TestKeys:
    def test_a_key_has_128_bits(self) -> None:
        keys = {codes.new_key() for _ in range(1_000)}
        assert len(keys) == 1_000
        assert all(codes.is_key(key) and len(bytes.fromhex(key)) == 16 for key in keys)

    @given(st.text(max_size=80))
    def test_what_is_kept_of_a_key_differs_everywhere(self, key: str) -> None:
        kept = [codes.ballot_hash(*place, key) for place in PLACES]
        kept += [codes.seat_hash(code, key) for code in ("BCDF", "RRRR")]
        kept += [codes.token_hash(code, key) for code in ("BCDF", "RRRR")]
        assert all(one != other for one, other in combinations(kept, 2))
        assert all(len(each) == 64 and key not in each for each in kept if len(key) > 8)

    def test_no_hash_is_made_of_another(self) -> None:
        key = codes.new_key()
        seat = codes.seat_hash("BCDF", key)
        assert codes.ballot_hash("BCDF", 0, Round.FIRST, seat) != codes.ballot_hash("BCDF", 0, Round.FIRST, key)

    def test_half_a_character_can_be_hashed_and_compared(self) -> None:
        assert codes.seat_hash("BCDF", "\ud800") != codes.seat_hash("BCDF", "\ud801")
        assert codes.same("ë", "ë")
        assert not codes.same("ë", "e")
