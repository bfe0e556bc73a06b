"""A log that tells what failed and where, and nothing a visitor typed."""

from __future__ import annotations

import logging
import threading
import traceback
from types import TracebackType
from typing import Any

_log = logging.getLogger(__name__)


def keep_values_out_of_logs() -> None:
    """From now on log records name an exception's type and place, never its message.

    A message may quote what a visitor typed. It is done where records are made, because
    Streamlit gives each of its many loggers a handler of its own.
    """
    make_record = logging.getLogRecordFactory()
    if not getattr(make_record, "without_values", False):

        def without_values(*args: Any, **kwargs: Any) -> logging.LogRecord:
            return _without_values(make_record(*args, **kwargs))

        without_values.without_values = True  # type: ignore[attr-defined]
        logging.setLogRecordFactory(without_values)
        threading.excepthook = _log_thread_exception


def _without_values(record: logging.LogRecord) -> logging.LogRecord:
    if record.exc_info and record.exc_info[1]:
        # A formatter prints exc_text as it stands when there is no exc_info to format.
        record.exc_text = type_and_place(record.exc_info[1])
        record.exc_info = None
        if record.name == "asyncio":  # it writes the failed task, exception and all, below its first line
            record.msg, record.args = record.getMessage().split("\n", 1)[0], ()
    if isinstance(record.msg, BaseException):
        record.msg = type_and_place(record.msg)
    if isinstance(record.args, tuple):
        record.args = tuple(type(a).__name__ if isinstance(a, BaseException) else a for a in record.args)
    return record


def _log_thread_exception(args: threading.ExceptHookArgs) -> None:
    if args.exc_value and not issubclass(args.exc_type, SystemExit):
        _log.error("A thread failed", exc_info=args.exc_value)


def type_and_place(error: BaseException) -> str:
    """The exception and those it came from, as types and code places, without any message."""
    lines = []
    seen: set[int] = set()
    cause: BaseException | None = error
    while cause is not None and id(cause) not in seen:
        seen.add(id(cause))
        lines.append(f"{type(cause).__qualname__} (message withheld)")
        lines += _places(cause.__traceback__)
        cause = cause.__cause__ or cause.__context__
    return "\n".join(lines)


def _places(tb: TracebackType | None, most: int = 12) -> list[str]:
    frames = [(frame.f_code, line) for frame, line in traceback.walk_tb(tb)][-most:]
    return [f"  {code.co_filename}:{line} in {code.co_name}" for code, line in frames]
