"""Codes, PINs and keys of a training room: how they are drawn, read from what somebody typed, and kept as hashes."""

from __future__ import annotations

import hashlib
import hmac
import re
import secrets

from mantelzorg.room.steps import Round

LETTERS = "BCDFHJKLMNPRTVXZ"
"""No vowels or Y, so that a code is never a word by accident. No G, Q, S, W: eye and ear take them for C, O, F, V."""
CODE_LENGTH = 4
PIN_LENGTH = 6

_CODE = re.compile(r"[A-Z]{4}")
_KEY = re.compile(r"[A-Za-z0-9_-]{22,64}")
_BETWEEN = re.compile(r"[\s.·_-]+")
_SCRYPT = {"n": 2**14, "r": 8, "p": 1, "dklen": 32}
"""16 MB and some 50 ms for each try."""


def new_code() -> str:
    """A code of four different letters, out of 43,680."""
    return "".join(secrets.SystemRandom().sample(LETTERS, CODE_LENGTH))


def new_pin() -> str:
    """Six digits."""
    return "".join(secrets.choice("0123456789") for _ in range(PIN_LENGTH))


def new_key() -> str:
    """128 random bits, for a trainer's token or a seat: 32 hexadecimal digits."""
    return secrets.token_hex(16)


def read_code(typed: str) -> str:
    """The code that somebody meant: small letters, spaces, dots and hyphens do not matter. Empty when it is none."""
    if len(typed) > 40:
        return ""
    code = _BETWEEN.sub("", typed).upper()
    return code if is_code(code) else ""


def read_pin(typed: str) -> str:
    """The PIN that somebody meant, or empty when it is none."""
    pin = _BETWEEN.sub("", typed) if len(typed) <= 40 else ""
    return pin if len(pin) == PIN_LENGTH and pin.isascii() and pin.isdigit() else ""


def is_code(text: str) -> bool:
    """Whether a room could have this code, exactly as it stands."""
    return _CODE.fullmatch(text) is not None


def is_key(text: str) -> bool:
    """Whether this could be a key of at least 128 bits: 22 to 64 letters, digits, hyphens and underscores."""
    return _KEY.fullmatch(text) is not None


def pin_hash(pin: str) -> str:
    """What is kept of a PIN: a salt and a slow hash, `salt$hash`."""
    salt = secrets.token_hex(16)
    return f"{salt}${_slow(pin, salt)}"


def pin_fits(pin: str, kept: str) -> bool:
    """Whether this is the PIN of which `kept` was made."""
    salt, _, hashed = kept.partition("$")
    return same(_slow(pin, salt), hashed)


def token_hash(code: str, token: str) -> str:
    """What is kept of a trainer's token."""
    return _digest("token", code, token)


def seat_hash(code: str, key: str) -> str:
    """What is kept of a participant's key in one room."""
    return _digest("seat", code, key)


def ballot_hash(code: str, item: int, round_: Round, key: str) -> str:
    """What is kept beside a vote: another for every case and round, so that nobody can put votes side by side."""
    return _digest("ballot", code, str(item), round_.value, key)


def same(one: str, other: str) -> bool:
    """Whether two hashes are equal, in a time that tells nothing."""
    return hmac.compare_digest(one.encode(), other.encode())


def _digest(*parts: str) -> str:
    # A key may be anything that was sent, also half a character: every text has exactly one encoding here.
    return hashlib.sha256("|".join(parts).encode("utf-8", "surrogatepass")).hexdigest()


def _slow(pin: str, salt: str) -> str:
    secret = pin.encode("utf-8", "surrogatepass")
    return hashlib.scrypt(secret, salt=salt.encode(), **_SCRYPT).hex()
