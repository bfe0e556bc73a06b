"""The Dutch wording of what does not fit a model."""

from __future__ import annotations

import re
from dataclasses import dataclass
from difflib import get_close_matches
from typing import Any

from pydantic_core import ErrorDetails

from mantelzorg.characters import describe

MAX_SHOWN = 60

# The errors that mean "another kind of value altogether", and the kind that is wanted.
KINDS = {
    "string_type": "een tekst",
    "int_type": "een geheel getal",
    "float_type": "een getal",
    "bool_type": "ja of nee (true of false)",
    "list_type": "een lijst",
    "tuple_type": "een lijst",
    "set_type": "een lijst",
    "frozen_set_type": "een lijst",
    "dict_type": "een groep met sleutels",
    "model_type": "een groep met sleutels",
    "model_attributes_type": "een groep met sleutels",
    "date_type": "een datum",
    "literal_error": "een van de vaste waarden",
    "enum": "een van de vaste waarden",
    "none_required": "niets",
}
_NUMBER_ERRORS = {"int_type", "int_parsing", "int_from_float", "float_type", "float_parsing"}
_LIST_ERRORS = {"list_type", "tuple_type", "set_type", "frozen_set_type"}
_LIMITS = {
    "greater_than": ("gt", "groter dan {}"),
    "greater_than_equal": ("ge", "{} of meer"),
    "less_than": ("lt", "kleiner dan {}"),
    "less_than_equal": ("le", "{} of minder"),
    "string_too_short": ("min_length", "een tekst van minstens {} tekens"),
    "string_too_long": ("max_length", "een tekst van hoogstens {} tekens"),
    "too_short": ("min_length", "een lijst van minstens {}"),
    "too_long": ("max_length", "een lijst van hoogstens {}"),
}
_EXAMPLES = ("een-naam", "een_naam", "naam", "2021-01-31", "2021-01", "2021", "https://www.voorbeeld.nl", "14036")
_NUMBER = re.compile(r"-?[0-9]+(?:[.,][0-9]+)?")


@dataclass(frozen=True)
class Told:
    """What a problem says, without its place."""

    code: str
    what: str
    why: str = ""
    instead: str = ""


def shown(value: object) -> str:
    """A value as an author would recognise it, never longer than `MAX_SHOWN` characters."""
    if isinstance(value, dict):
        return "een groep met sleutels"
    if isinstance(value, list):
        return "een lijst"
    text = str(value)
    return f"'{text if len(text) <= MAX_SHOWN else text[: MAX_SHOWN - 1] + '…'}'"


def unknown_key(key: str, known: list[str]) -> Told:
    """A key the model does not have."""
    close = get_close_matches(key, known, n=1)
    guess = f" Bedoelde u '{close[0]}'?" if close else ""
    why = _odd_character(key) or (f"Hier kan: {', '.join(known)}." if known and not close else "")
    return Told("unknown-key", f"De sleutel {shown(key)} bestaat hier niet.{guess}", why)


def missing_key(key: str, path: tuple[str | int, ...]) -> Told:
    """A key that must be there."""
    where = f" bij '{path[-1]}'" if path and isinstance(path[-1], str) else ""
    return Told("missing", f"De sleutel '{key}' ontbreekt{where}.", instead=f"{key}: …")


def no_value(path: tuple[str | int, ...]) -> Told:
    """An empty value where something is required."""
    if not path:
        return Told("empty-file", "Het bestand is leeg; er staat niets in dat gelezen kan worden.")
    after = f" na '{path[-1]}'" if isinstance(path[-1], str) else ""
    return Told("no-value", f"Hier ontbreekt een waarde{after}.")


def bad_key(details: ErrorDetails) -> Told:
    """A key that does not have the form keys have here."""
    told = bad_value(details, ())
    return Told("bad-key", f"De sleutel {shown(details['input'])} kan zo niet.", told.why or told.what, told.instead)


def bad_value(details: ErrorDetails, others: tuple[str, ...]) -> Told:
    """A value that does not fit; `others` are the kinds of value that would have fitted too."""
    kind, value = details["type"], details["input"]
    context: dict[str, Any] = details.get("ctx", {})
    if kind in {"literal_error", "enum"} and not others:
        return _not_a_choice(value, str(context.get("expected", "")))
    if kind in KINDS or kind in _NUMBER_ERRORS:
        return _other_kind(kind, value, others)
    if kind in _LIMITS:
        name, form = _LIMITS[kind]
        if value == "" or value == []:
            return Told("no-value", "Hier ontbreekt een waarde.")
        return Told("out-of-range", f"{_capital(shown(value))} past hier niet.", instead=form.format(context.get(name)))
    if kind == "string_pattern_mismatch":
        return _other_form(value, str(context.get("pattern", "")))
    if kind in {"value_error", "assertion_error"}:
        return Told("bad-value", str(context.get("error", details["msg"])))
    if kind.startswith("date"):
        return Told("bad-value", f"{_capital(shown(value))} is geen datum.", instead="een datum als 2021-01-31")
    return Told("bad-value", f"{_capital(shown(value))} past hier niet.", f"De controle meldt: {details['msg']}.")


def _other_kind(kind: str, value: object, others: tuple[str, ...]) -> Told:
    if kind == "int_from_float" or kind == "int_parsing":
        kind = "int_type"
    kind = "float_type" if kind == "float_parsing" else kind
    wanted = list(dict.fromkeys(KINDS.get(each, "een andere waarde") for each in (kind, *others)))
    what = f"Hier hoort {' of '.join(wanted)} te staan, maar er staat {shown(value)}."
    return Told("wrong-kind", what, _odd_character(value), _instead(kind, value))


def _instead(kind: str, value: object) -> str:
    if kind in _NUMBER_ERRORS and isinstance(value, str) and _NUMBER.fullmatch(value):
        return f"{value.replace(',', '.')} (met een punt, zonder aanhalingstekens)"
    if kind == "string_type" and isinstance(value, int | float):
        return "dezelfde waarde tussen aanhalingstekens"
    if kind in _LIST_ERRORS and isinstance(value, str) and value:
        return f"[{value[:MAX_SHOWN]}]"
    return ""


def _not_a_choice(value: object, expected: str) -> Told:
    choices = re.findall(r"'([^']*)'", expected)
    close = get_close_matches(value, choices, n=1) if isinstance(value, str) else []
    guess = f" Bedoelde u '{close[0]}'?" if close else ""
    what = f"{_capital(shown(value))} kan hier niet.{guess}"
    return Told("not-a-choice", what, _odd_character(value), expected.replace(" or ", " of "))


def _other_form(value: object, pattern: str) -> Told:
    example = next((text for text in _EXAMPLES if _fits(pattern, text)), "")
    why = _odd_character(value) or ("" if example else f"Het moet passen op het patroon {pattern}")
    instead = f"iets van de vorm {example}" if example else ""
    return Told("wrong-form", f"{_capital(shown(value))} heeft niet de vorm die hier nodig is.", why, instead)


def _fits(pattern: str, text: str) -> bool:
    try:
        return re.search(pattern, text) is not None
    except re.error:  # pydantic's own engine knows patterns that Python's does not
        return False


def _odd_character(value: object) -> str:
    """Names the first character beyond ASCII: it may look just like the letter that belongs there."""
    odd = next((character for character in str(value) if ord(character) > 127), None)
    if not isinstance(value, str) or odd is None:
        return ""
    return f"Let op het teken '{odd}': dat is {describe(odd)}."


def _capital(text: str) -> str:
    return text[:1].upper() + text[1:]
