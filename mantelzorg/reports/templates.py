"""Fills a Jinja template in a sandbox. A template can read what it is given and nothing else."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from functools import cache
from pathlib import Path
from types import TracebackType
from typing import Any

from jinja2 import FileSystemLoader, StrictUndefined, TemplateError, TemplateNotFound, TemplateSyntaxError
from jinja2.exceptions import SecurityError
from jinja2.ext import Extension
from jinja2.lexer import Token, TokenStream
from jinja2.runtime import LoopContext
from jinja2.sandbox import ImmutableSandboxedEnvironment

from mantelzorg.reports.context import Plain
from mantelzorg.reports.errors import ReportError

FOLDER = Path(__file__).resolve().parents[2] / "reports"
LONGEST_OUTPUT = 200_000
# No include and no import: a report is one file. No autoescape: it would open the one place that escapes.
_STATEMENTS = ("if", "elif", "else", "endif", "for", "endfor", "set")
_FILTERS = ("default", "escape", "e", "first", "join", "last", "length", "lower", "replace", "trim", "upper")


class _Places(Extension):
    """Writes into every tag of a template where it stands, so that a fault in it can be pointed out.

    On its way it refuses the statements a report does not need.
    """

    def filter_stream(self, stream: TokenStream) -> Iterator[Token]:
        opened = False
        for token in stream:
            if opened and token.value not in _STATEMENTS:
                allowed = ", ".join(_STATEMENTS)
                raise TemplateSyntaxError(f"'{token.value}' kan hier niet, wel: {allowed}", token.lineno)
            opened = token.type == "block_begin"
            if token.type == "data":
                yield Token(token.lineno, "data", _with_places(token, stream.name or "?"))
            else:
                yield token


def _with_places(token: Token, name: str) -> str:
    def mark(tag: re.Match[str]) -> str:
        line = token.lineno + token.value.count("\n", 0, tag.start())
        return f'{tag[0]} data-place="{name}:{line}"'

    return re.sub(r"<[a-zA-Z][^\s/>]*", mark, token.value)


class _Sandbox(ImmutableSandboxedEnvironment):
    """Jinja's sandbox, made narrower: no attributes or methods at all, no repeating or formatting of text."""

    intercepted_binops = frozenset({"*", "**", "%"})

    def call_binop(self, context: Any, operator: str, left: Any, right: Any) -> Any:
        if operator == "**" or not all(isinstance(side, int | float) for side in (left, right)):
            raise SecurityError(f"{operator!r} kan niet in een sjabloon")
        return super().call_binop(context, operator, left, right)

    def getattr(self, obj: Any, attribute: str) -> Any:
        # A key is meant, never a method of dict: context keys may be called "items".
        return self.getitem(obj, attribute) if isinstance(obj, dict) else super().getattr(obj, attribute)

    def is_safe_attribute(self, obj: Any, attr: str, value: Any) -> bool:
        return isinstance(obj, LoopContext) and not attr.startswith("_")


def sentence(parts: str | list[str]) -> str:
    """One sentence of some parts: joined by commas, a capital in front, a full stop at the end."""
    text = parts if isinstance(parts, str) else ", ".join(parts)
    head = "IJ" if text.startswith("ij") else text[:1].upper()
    return head + text[len(head) :] + ("" if text.endswith((".", "!", "?")) else ".") if text else ""


@cache
def _environment(folder: Path) -> _Sandbox:
    # autoescape is set outright: select_autoescape() does not know names that end in .html.j2.
    environment = _Sandbox(
        loader=FileSystemLoader(folder), autoescape=True, undefined=StrictUndefined, extensions=[_Places]
    )
    environment.globals.clear()
    environment.filters = {name: environment.filters[name] for name in _FILTERS}
    environment.filters["sentence"] = sentence
    return environment


def fill(name: str, context: Mapping[str, Plain], folder: Path = FOLDER) -> str:
    """The HTML of template `name` ("nl/referral.html.j2"); each tag carries its place in `data-place`.

    Raises `ReportError` with the line for whatever is wrong in the template: a misspelt name, broken
    syntax, something the sandbox refuses, or a page that does not end.
    """
    try:
        return _limited(_environment(folder).get_template(name).generate(dict(context)), name)
    except TemplateNotFound as error:
        raise ReportError("no-template", name, "Dit sjabloon bestaat niet.") from error
    except TemplateSyntaxError as error:
        raise ReportError("syntax", name, f"Het sjabloon klopt niet: {error.message}.", error.lineno) from error
    except (TemplateError, TypeError, ValueError, ArithmeticError, RecursionError, LookupError) as error:
        line = _line(error.__traceback__, folder / name)
        raise ReportError("template", name, f"Het sjabloon kan niet worden ingevuld: {error}.", line) from error


def _limited(pieces: Iterator[str], name: str) -> str:
    kept, length = [], 0
    for piece in pieces:
        kept.append(piece)
        length += len(piece)
        if length > LONGEST_OUTPUT:
            raise ReportError("too-long", name, f"Het sjabloon maakt meer dan {LONGEST_OUTPUT} tekens.")
    return "".join(kept)


def _line(trace: TracebackType | None, file: Path) -> int:
    line = 1
    while trace is not None:
        if trace.tb_frame.f_code.co_filename == str(file):
            line = trace.tb_lineno
        trace = trace.tb_next
    return line
