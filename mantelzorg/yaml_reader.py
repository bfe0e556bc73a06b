"""Reads YAML strictly: what an author sees is what the program gets, or it is refused with a place and a reason.

YAML 1.1 turns `no` into False and `22:30` into 1350, lets the last of two equal keys win, and can build
any Python object. This reader works on the parser's events, so nothing is built that is not asked for.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

import yaml
from yaml.parser import Parser
from yaml.reader import Reader
from yaml.scanner import Scanner

from mantelzorg import yaml_text
from mantelzorg.problems import ContentError, Mark, Problem
from mantelzorg.yaml_events import Builder, LimitPassedError, Path

__all__ = ["Document", "Path", "read"]


@dataclass(frozen=True)
class Document:
    """What a file says, and where it says it.

    `data` consists of dict (keys are text), list, str, int, float and None; all text is in Unicode form NFC.
    `marks` gives the place of each value by its path, `key_marks` the place of each key; the root is `()`.
    """

    file: str
    data: object
    marks: Mapping[Path, Mark]
    key_marks: Mapping[Path, Mark]


def read(data: bytes, file: str) -> Document:
    """Read one YAML document. `file` is only used to name the place of a problem.

    Raises:
        ContentError: with every problem that could be found; after a syntax error the rest cannot be read.
    """
    text = yaml_text.decode(data, file)
    problems = yaml_text.text_problems(text, file)
    parsed = yaml_text.parseable(text)
    builder = Builder(file, parsed, problems)
    events = _Events(parsed)
    try:
        for event in events:
            builder.feed(event)
    except LimitPassedError:
        pass
    except yaml.MarkedYAMLError as error:
        problems += yaml_text.syntax_problems(error, parsed, file, problems)
    except Exception:
        # PyYAML lets ValueError and others escape, for instance for "\Uffffffff". Never show those to an author.
        place = events.get_mark()
        what = "Dit bestand kan niet als YAML worden gelezen; de lezer liep hier vast."
        problems.append(Problem(file, Mark(place.line + 1, place.column + 1), "unreadable", what))
    if problems:
        raise ContentError(problems)
    return Document(file, builder.root, builder.marks, builder.key_marks)


class _Events(Reader, Scanner, Parser):
    """PyYAML up to its events: no composer, resolver or constructor."""

    def __init__(self, text: str) -> None:
        Reader.__init__(self, text)
        Scanner.__init__(self)
        Parser.__init__(self)

    def __iter__(self) -> Iterator[yaml.Event]:
        while self.check_event():
            yield self.get_event()  # type: ignore[no-untyped-call]
